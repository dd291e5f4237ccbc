"""What many records that are made together share: asked for the first of them, and written once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class _Batch:
    """What is shared so far, and what is still to be written of it."""

    records: Sequence[Any] = ()
    among: frozenset[int] = frozenset()
    known: dict[Hashable, Any] = field(default_factory=dict)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def close(self) -> None:
        """Write what waits, and forget all: whoever asks next asks anew."""
        waiting, self.closing = self.closing, []
        self.known.clear()
        for deed in waiting:
            deed()


_batch: ContextVar[_Batch | None] = ContextVar("bumen_together", default=None)


@contextmanager
def together(count: int, records: Sequence[Any] = ()) -> Iterator[None]:
    """Make so many records: what they share is asked once. Who fails here undoes all of them.

    `records` are those that are there already, such as those that are deleted together.
    """
    if count < 2:
        yield
        return
    batch = _Batch(records=records, among=frozenset(map(id, records)))
    token = _batch.set(batch)
    try:
        yield
        batch.close()
    finally:
        _batch.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """Do something that may be undone by itself: nothing is shared with what goes on around it."""
    batch = _batch.get()
    if batch is None:
        yield
        return
    batch.close()
    token = _batch.set(None)
    try:
        yield
    finally:
        _batch.reset(token)


def is_together() -> bool:
    """Whether many records are being made."""
    return _batch.get() is not None


def shared(key: Hashable, ask: Callable[[], T]) -> T:
    """Ask what is the same for all records that are made together; alone, each asks for itself.

    Whoever asks promises that making these records does not change the answer.
    """
    batch = _batch.get()
    if batch is None:
        return ask()
    if key not in batch.known:
        batch.known[key] = ask()
    found: T = batch.known[key]
    return found


def beside(record: Any) -> Sequence[Any]:
    """Return all records that the same is done with together, this one among them."""
    batch = _batch.get()
    return [record] if batch is None or id(record) not in batch.among else batch.records


def at_the_end(deed: Callable[[], None]) -> None:
    """Write something once all records that are made together are there; alone, at once."""
    batch = _batch.get()
    if batch is None:
        deed()
    else:
        batch.closing.append(deed)
