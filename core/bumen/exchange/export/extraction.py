"""A list as a sheet: the columns, filters, order and record rules that its reader sees it by.

The database is asked once, and the rows come as they are written: memory stays the same however
many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select

from bumen.errors import BusinessError
from bumen.exchange.export.sheet import Heading, Sheet, Value, heading_of, plainly
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.listing import Listing, columns_of, whole_of
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

MOST_ROWS = 100_000
"""The most rows one export from a screen has; the command line has no limit."""
_AT_ONCE = 500

Getter = Callable[[Any], Value]


class TooManyRows(BusinessError):
    """The refusal of an export that would take too long."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "This list has more than %(most)s rows, too many for one file. "
                "Filter it, then export it in parts.",
                most=f"{most:,}",
            )
        )


def sheet_of(resource: type[Resource], listing: Listing) -> Sheet:
    """Return a whole list as a sheet; what cannot be asked for is `Malformed`."""
    known, formats = fields_of(resource.model), formats_here()
    columns = [one for one in map(known.__getitem__, columns_of(resource, listing)) if _shows(one)]
    getters = [_getter(column, plainly(column.kind, formats)) for column in columns]
    return Sheet(
        title=str(resource.title),
        headings=[_heading(column) for column in columns],
        rows=_rows(whole_of(resource, listing), getters),
    )


def refuse_too_many(resource: type[Resource], listing: Listing) -> None:
    """Refuse a list with more than `MOST_ROWS` rows: `TooManyRows`."""
    beyond = whole_of(resource, listing).offset(MOST_ROWS).limit(1)
    if session().scalars(beyond).first() is not None:
        raise TooManyRows(MOST_ROWS)


def _shows(column: Described) -> bool:
    return not column.about.secret and column.kind is not Kind.PICTURE


def _heading(column: Described) -> Heading:
    return heading_of(column.about.label, column.column.type, kind=column.kind)


def _getter(column: Described, plain: Callable[[Any], Value]) -> Getter:
    name = column.name
    return lambda record: plain(getattr(record, name))


def _rows(query: Select[Any], getters: Sequence[Getter]) -> Iterator[list[Value]]:
    for record in session().scalars(query.execution_options(yield_per=_AT_ONCE)):
        yield [get(record) for get in getters]
