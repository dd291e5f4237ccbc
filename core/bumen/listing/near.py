"""Whether words are met soon in a list: then its first rows are looked at, and no index is asked.

A word that a quarter of a million records have leads to a quarter of a million records, though the
first page shows 25. Going through the list in its order finds those 25 at once; but it would go
through all of it for a word that only the last have. So it goes a little way, and then it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bumen.listing.asked import Listing
from bumen.listing.conditions import Wheres
from bumen.listing.order import Order
from bumen.model.describe import Kind
from bumen.resource import Resource
from bumen.search import Sought
from bumen.unit_of_work import current

NEAR = 2000
"""So many rows of the list are looked at, from where the page begins."""
_GRADED = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DECIMAL, Kind.DATE, Kind.MOMENT})


def met_soon(
    resource: type[Resource],
    listing: Listing,
    wheres: Wheres,
    *,
    order: Order,
    ranges: Sequence[ColumnElement[bool]],
    rows: int,
) -> list[int] | None:
    """Return the ids of a page where it is full of what is met soon; None where it is not."""
    if not wheres.sought or len(ranges) > 1 or not _is_graded(order):
        return None
    plain, by = [*wheres.others, *ranges], order.by(backwards=listing.is_backwards)
    nearest = select(order.column.label("place")).where(*plain).order_by(*by).limit(NEAR).subquery()
    down = order.downwards is not listing.is_backwards
    here = [_up_to(order, nearest, down=down), *plain, *_looked_at(wheres.sought)]
    query = select(resource.model.id).where(*here).order_by(*by).limit(rows)
    found = list(current().session.scalars(query))
    return found if len(found) == rows else None


def _is_graded(order: Order) -> bool:
    """Whether few rows stand at the same place, and all of them at one."""
    return not order.may_be_empty and order.field.kind in _GRADED


def _up_to(order: Order, nearest: Any, *, down: bool) -> ColumnElement[bool]:
    """Say that a row stands no further than the last of the nearest."""
    last = select((func.min if down else func.max)(nearest.c.place)).scalar_subquery()
    found: ColumnElement[bool] = order.column >= last if down else order.column <= last
    return found


def _looked_at(sought: Sequence[Sought]) -> list[ColumnElement[bool]]:
    """Return what is asked of each row, and before that of none: whether to look at any."""
    return [*(one.is_frequent() for one in sought), *(one.looked_at() for one in sought)]
