"""How long a list is, as far as people care, and what its amounts come to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from bumen.listing.asked import Listing
from bumen.listing.conditions import wheres_of
from bumen.listing.sums import exact_sum
from bumen.resource import Resource

MOST_COUNTED = 10_000
"""Lists count this far; one more stands for "more than that"."""


def count_of(resource: type[Resource], listing: Listing) -> Select[int]:
    """Count the rows of the whole list, up to one more than `MOST_COUNTED`."""
    rows = select(resource.model.id).where(*wheres_of(resource, listing))
    return select(func.count()).select_from(rows.limit(MOST_COUNTED + 1).subquery())


def totals_of(resource: type[Resource], listing: Listing) -> Select[Any]:
    """Count as `count_of` does, and add up each of the resource's totals in the same statement.

    The columns are the count, then the sums. Where the count is capped the sums are not those of
    the list: adding up millions of rows for a page would cost more than the page.
    """
    model = resource.model
    amounts = [getattr(model, name).label(name) for name in resource.totals]
    rows = select(model.id, *amounts).where(*wheres_of(resource, listing))
    found = rows.limit(MOST_COUNTED + 1).subquery()
    sums = [exact_sum(found.c[name]).label(name) for name in resource.totals]
    columns: list[Any] = [func.count(), *sums]
    return select(*columns).select_from(found)


def is_capped(count: int) -> bool:
    """Whether there are more rows than were counted."""
    return count > MOST_COUNTED
