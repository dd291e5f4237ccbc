"""What cards show: each record of a page with its picture and a few of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from bumen.model.describe import fields_of
from bumen.reading import address_of
from bumen.resource import Resource
from bumen.views import Cards
from bumen.web.cells import Cell, Cells, columns_of, screen_endpoint
from bumen.web.list_address import ListAddress
from bumen.web.pages.lists import frame_page
from bumen.web.pages.paging import paging
from bumen.web.pages.rows import pictured_in
from bumen.web.store import Store


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A tile is one record: its name and code, its picture if it has one, and some fields."""

    name: str
    code: str
    src: str
    href: str
    cells: Sequence[Cell]


def cards_page(store: Store, address: ListAddress) -> tuple[str, dict[str, Any]]:
    """Return what cards show."""
    resource = store.resource
    cards = cards_view(resource)
    shown = (*resource.model.named_by, *cards.shows)
    known = fields_of(resource.model)
    columns = tuple(name for name in dict.fromkeys(shown) if name in known)
    page = store.page(replace(address.listing, columns=columns))
    return "bumen/views/cards.html", frame_page(store, address) | paging(address, page) | {
        "tiles": list(_tiles(resource, cards, page.rows)),
        "pictured": bool(cards.picture),
    }


def cards_view(resource: type[Resource]) -> Cards:
    """Return the cards a resource declares."""
    return next(view for view in resource.views if isinstance(view, Cards))


def _tiles(resource: type[Resource], cards: Cards, rows: Sequence[Any]) -> Iterator[Tile]:
    endpoint, cells = screen_endpoint(resource), Cells(in_columns=True)
    columns = columns_of(resource, tuple(cards.shows))
    pictured = pictured_in(resource, cards.picture, rows) if cards.picture else ()
    for row in rows:
        code, name = _named(row)
        src = f"{address_of(resource, row, cards.picture)}?version={row.version}"
        yield Tile(
            name=name,
            code=code,
            src=src if row.id in pictured else "",
            href=url_for(f"{endpoint}.show", ident=row.id),
            cells=cells.of(row, columns),
        )


def _named(record: Any) -> tuple[str, str]:
    """Return the code and the name of a record; the code is empty where it has just a name."""
    first, *rest = [str(getattr(record, name) or "") for name in record.named_by] or [""]
    named = " ".join(part for part in rest if part)
    return (first, named) if named else ("", str(record))
