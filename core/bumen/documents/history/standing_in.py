"""In whose place something is done: whoever decides for somebody who is away acts for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Absentee:
    """An absentee is a person (the id of a user, and a name) whom another acts for."""

    id: int
    name: str

    def to_json(self) -> dict[str, int | str]:
        """Return it as JSON values."""
        return {"id": self.id, "label": self.name}


_absentee: ContextVar[Absentee | None] = ContextVar("bumen_absentee", default=None)


@contextmanager
def acting_for(absentee: Absentee | None) -> Iterator[None]:
    """Do something in somebody's place, or in nobody's: movements and the history tell whose."""
    token = _absentee.set(absentee)
    try:
        yield
    finally:
        _absentee.reset(token)


def absentee_now() -> Absentee | None:
    """Return in whose place things are done now, if in anybody's."""
    return _absentee.get()
