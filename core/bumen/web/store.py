"""How screens reach records: Flask-AppBuilder's model interface, which never commits here.

What Flask-AppBuilder's store does in a transaction of its own for every operation happens here
in the unit of work of the request; whoever opened that commits it, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask_appbuilder.models.filters import Filters
from flask_appbuilder.models.sqla.interface import SQLAInterface

from bumen.errors import NotFound
from bumen.listing import (
    Condition,
    Listing,
    count_of,
    gathered,
    groups_of,
    is_capped,
    page_of,
    totals_of,
    turned,
)
from bumen.reading import one_of
from bumen.records import change_record, create_record, delete_record, run_action
from bumen.records.constraints import explained
from bumen.resource import Action, Resource
from bumen.unit_of_work import current, session
from bumen.values import BIGGEST_ID
from bumen.visibility import as_seen
from bumen.web.grouped import Group, Groups
from bumen.web.reached import read_one

__all__ = ["Group", "Groups", "Page", "Store"]

_MOST_DIGITS = len(str(BIGGEST_ID))


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page is some rows of a list, and how long the list is as far as people care.

    `next` and `previous` are what to go on `after` and back `before`; "" where the list ends.
    """

    rows: Sequence[Any]
    count: int
    next: str = ""
    previous: str = ""
    totals: Mapping[str, Decimal] | None = None
    """What the resource's totals come to over the whole list; None for lists too long for that."""

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return is_capped(self.count)


class Store(SQLAInterface):
    """The records of one resource, in the company and the unit of work of the request."""

    def __init__(self, resource: type[Resource]) -> None:
        super().__init__(resource.model)
        self.declared = resource

    @property
    def resource(self) -> type[Resource]:
        """The resource as whoever works now meets it."""
        return as_seen(self.declared)

    @property
    def session(self) -> Any:
        """The session of the unit of work that runs now."""
        return session()

    def page(self, listing: Listing) -> Page:
        """Return a page of the list: one statement to count and add up, one for the rows.

        The last page has as many rows as are left when one comes to it from the first.
        """
        count, totals = self._counted(listing)
        if listing.last and not is_capped(count):
            listing = replace(listing, size=count % listing.size or listing.size)
        found = session().scalars(page_of(self.resource, listing, ahead=1, counted=count)).all()
        page = turned(self.resource, listing, found)
        return Page(
            rows=page.rows, count=count, next=page.next, previous=page.previous, totals=totals
        )

    def groups(self, listing: Listing) -> Groups:
        """Return the groups of the list, `listing.group` says by what, with one statement."""
        rows = session().execute(groups_of(self.resource, listing)).all()
        found = gathered(self.resource, listing, rows)
        return Groups(self.resource, listing, found, is_capped=len(rows) > len(found))

    def totals(self, listing: Listing) -> Mapping[str, Decimal] | None:
        """Return what the resource's totals come to over the list; None for lists too long."""
        return self._counted(listing)[1]

    def _counted(self, listing: Listing) -> tuple[int, Mapping[str, Decimal] | None]:
        names = tuple(self.resource.totals)
        if not names:
            return session().scalar(count_of(self.resource, listing)) or 0, {}
        count, *sums = session().execute(totals_of(self.resource, listing)).one()
        return count, None if is_capped(count) else dict(zip(names, sums, strict=True))

    def one(self, ident: int) -> Any:
        """Return a record with its lines and the names of what it refers to, or `NotFound`."""
        found = self.get(ident)
        if found is None:
            raise NotFound
        return found

    def readable(self, ident: int) -> Any:
        """Return a record as `one` does, also to whoever is asked to decide about it."""
        return read_one(self.declared, ident)

    def create(self, values: Mapping[str, Any]) -> Any:
        """Make a record from JSON-shaped values."""
        return create_record(self.resource, values, by=current().user)

    def change(self, record: Any, values: Mapping[str, Any], *, version: int) -> Any:
        """Change a record as it was at this version."""
        return change_record(self.resource, record, values, by=current().user, version=version)

    def act(self, record: Any, action: Action, values: Mapping[str, Any], *, version: int) -> Any:
        """Do something with a record as it was at this version."""
        by, name = current().user, action.name
        return run_action(
            self.resource, record, name, values, by=by, version=version, actions=[action]
        )

    def get(self, id: Any, *_filters: Any, **_options: Any) -> Any:  # noqa: A002  # its own name
        """Return a record, or None: another company's is as if it did not exist."""
        written = str(id) if isinstance(id, int | str) else ""
        if not written.isdecimal() or len(written) > _MOST_DIGITS or int(written) > BIGGEST_ID:
            return None
        return session().scalar(one_of(self.resource, int(written)))

    def query(
        self,
        filters: Filters | None = None,
        order_column: str = "",
        order_direction: str = "",
        page: int | None = None,
        page_size: int | None = None,
        **_options: Any,
    ) -> tuple[int, Sequence[Any]]:
        """Return the count and a page, asked for in Flask-AppBuilder's way."""
        listing = Listing(
            conditions=_conditions(filters),
            order=f"-{order_column}" if order_direction == "desc" else order_column,
            page=page or 0,
            size=page_size or Listing.size,
        )
        found = self.page(listing)
        return found.count, found.rows

    def query_count(self, query: Any, filters: Filters | None = None, *_: Any, **__: Any) -> int:
        """Return how many there are, counted no further than people care."""
        return (
            session().scalar(count_of(self.resource, Listing(conditions=_conditions(filters)))) or 0
        )

    def add(self, item: Any, commit: bool = False) -> None:  # noqa: FBT001, FBT002  # its own way
        """Write a new record as part of the unit of work; never commits."""
        with explained(self.resource):
            session().add(item)
            session().flush()

    def edit(self, item: Any, commit: bool = False) -> None:  # noqa: FBT001, FBT002
        """Write a changed record as part of the unit of work; never commits."""
        with explained(self.resource):
            session().flush()

    def delete(self, item: Any, commit: bool = False) -> None:  # noqa: FBT001, FBT002
        """Delete a record as part of the unit of work, as its resource does; never commits."""
        delete_record(self.resource, item, by=current().user)

    def delete_all(self, items: Sequence[Any]) -> None:
        """Delete records as part of the unit of work, as their resource does; never commits."""
        for item in items:
            self.delete(item)


def _conditions(filters: Filters | None) -> tuple[Condition, ...]:
    """Say Flask-AppBuilder's filters in our words, to be checked like anybody's."""
    if filters is None:
        return ()
    return tuple(
        Condition(field=one.column_name, operator=one.arg_name or "", value=value)
        for one, values in filters.get_filters_values()
        for value in (values if isinstance(values, list) else [values])
    )
