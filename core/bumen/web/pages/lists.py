"""What a list page shows."""

from __future__ import annotations

from typing import Any

from bumen.web.cells import screen_endpoint
from bumen.web.list_address import SIZES, ListAddress
from bumen.web.lookups import equip
from bumen.web.pages.tables import may, table_of
from bumen.web.store import Store


def list_page(store: Store, address: ListAddress) -> dict[str, Any]:
    """Return what a list page shows."""
    resource, listing = store.resource, address.listing
    page = store.page(listing)
    equip(address.filters.lookups())
    return {
        "title": resource.title,
        "address": address,
        "endpoint": screen_endpoint(resource),
        "table": table_of(resource, page.rows),
        "page": page,
        "first": listing.page * listing.size + 1,
        "last": listing.page * listing.size + len(page.rows),
        "has_next": (listing.page + 1) * listing.size < page.count,
        "sizes": SIZES,
        "may": may(resource),
        "sortable": resource.sorted(),
    }
