"""How long a list is, as far as people care, and what its amounts come to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select, union

from bumen.listing.asked import Listing
from bumen.listing.conditions import parted
from bumen.listing.sums import exact_sum
from bumen.resource import Resource

MOST_COUNTED = 10_000
"""Lists count this far; one more stands for "more than that"."""


def count_of(resource: type[Resource], listing: Listing) -> Select[int]:
    """Count the rows of the whole list, up to one more than `MOST_COUNTED`."""
    rows = _some(select(resource.model.id), resource, listing)
    return select(func.count()).select_from(rows.subquery())


def totals_of(resource: type[Resource], listing: Listing) -> Select[Any]:
    """Count as `count_of` does, and add up each of the resource's totals in the same statement.

    The columns are the count, then the sums. Where the count is capped the sums are not those of
    the list: adding up millions of rows for a page would cost more than the page.
    """
    model = resource.model
    amounts = [getattr(model, name).label(name) for name in resource.totals]
    found = _some(select(model.id, *amounts), resource, listing).subquery()
    sums = [exact_sum(found.c[name]).label(name) for name in resource.totals]
    columns: list[Any] = [func.count(), *sums]
    return select(*columns).select_from(found)


def _some(rows: Select[Any], resource: type[Resource], listing: Listing) -> Any:
    """Select rows of the list, up to one more than are counted.

    Where a word is sought in several places, as many by each: so it need not be known of all that
    one finds whether another finds it, too.
    """
    wheres, most = parted(resource, listing), MOST_COUNTED + 1
    if len(wheres.sought) != 1:
        return rows.where(*wheres.every()).limit(most)
    by_place = [one.subquery() for one in wheres.sought[0].found_by_place()]
    each = [
        rows.join(known, known.c[0] == resource.model.id).where(*wheres.others).limit(most)
        for known in by_place
    ]
    if len(each) == 1:
        return each[0]
    return union(*(select(one.subquery()) for one in each)).limit(most)


def is_capped(count: int) -> bool:
    """Whether there are more rows than were counted."""
    return count > MOST_COUNTED
