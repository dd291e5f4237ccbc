"""Pages of an inbox: lines of several kinds in one order, the newest first, without counting them.

A page ends with a mark, the place of its last line; the next page begins behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, or_

from bumen.inbox.items import Item, Kind
from bumen.unit_of_work import session
from bumen.values import BIGGEST_ID

PAGE = 30
_MOST_DIGITS = len(str(BIGGEST_ID))


@dataclass(frozen=True, kw_only=True)
class Source:
    """Lines of one kind: what is read, in which order, and what each row becomes."""

    kind: Kind
    query: Select[Any]
    moment: Any
    ident: Any
    line: Callable[[Any], Item]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The place of a line in an inbox."""

    at: datetime
    kind: Kind
    id: int

    def __str__(self) -> str:
        micros = (self.at - _EPOCH) // _MICROSECOND
        return f"{micros}-{self.kind}-{self.id}"

    @classmethod
    def read(cls, told: str) -> Self | None:
        """Read a mark out of an address; None when it is none."""
        parts = told.split("-")
        kinds = {kind.value: kind for kind in Kind}
        if len(parts) != len(("at", "kind", "id")) or parts[1] not in kinds:
            return None
        if not all(_is_number(one) for one in (parts[0], parts[2])):
            return None
        micros, ident = int(parts[0]), int(parts[2])
        if micros > _LATEST or ident > BIGGEST_ID:
            return None
        return cls(at=_EPOCH + micros * _MICROSECOND, kind=kinds[parts[1]], id=ident)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of an inbox; `next` is the mark the next one begins behind, "" on the last."""

    items: list[Item]
    next: str = ""


def page_of(sources: Sequence[Source], *, after: Mark | None, size: int = PAGE) -> Page:
    """Read the lines behind a mark: one statement for each source."""
    found = [item for source in sources for item in _read(source, after, size + 1)]
    found.sort(key=_order)
    items = found[:size]
    if len(found) <= size:
        return Page(items=items)
    last = items[-1]
    return Page(items=items, next=str(Mark(at=last.at, kind=last.kind, id=last.id)))


def _is_number(told: str) -> bool:
    return told.isascii() and told.isdigit() and len(told) <= _MOST_DIGITS


def _read(source: Source, after: Mark | None, most: int) -> list[Item]:
    query = source.query.order_by(None).order_by(source.moment.desc(), source.ident.desc())
    if after is not None:
        query = query.where(_behind(source, after))
    return [source.line(row) for row in session().scalars(query.limit(most)).unique()]


def _behind(source: Source, after: Mark) -> ColumnElement[bool]:
    """Return what comes behind a mark: at one moment kinds follow each other by name."""
    earlier: ColumnElement[bool] = source.moment < after.at
    same: ColumnElement[bool] = source.moment == after.at
    if source.kind.value < after.kind.value:
        return earlier
    if source.kind.value > after.kind.value:
        return or_(earlier, same)
    return or_(earlier, and_(same, source.ident < after.id))


def _order(item: Item) -> tuple[int, str, int]:
    return (-((item.at - _EPOCH) // _MICROSECOND), item.kind.value, -item.id)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = datetime.resolution
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
