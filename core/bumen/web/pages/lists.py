"""What a list page shows: the frame all views of a list share, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.web.cells import screen_endpoint
from bumen.web.house import printouts_of
from bumen.web.list_address import LIST, ListAddress
from bumen.web.pages.addresses import plainly, url_of
from bumen.web.pages.filters import conditions_held, fields_to_filter, rest_of
from bumen.web.pages.grouped import grouped_rows, written
from bumen.web.pages.paging import paging
from bumen.web.pages.rows import rows_of
from bumen.web.pages.selection import bulk_deeds_of
from bumen.web.pages.tables import may
from bumen.web.saved_views import saved_views
from bumen.web.slots import slots_at
from bumen.web.store import Store

_ = translator(__file__, "bumen")

_LOOKS = {
    LIST: (_("List"), "list"),
    "board": (_("Board"), "layout-kanban"),
    "calendar": (_("Calendar"), "calendar"),
    "chart": (_("Chart"), "chart-bar"),
    "cards": (_("Cards"), "layout-grid"),
}
_FORMATS = {"xlsx": _("Excel (XLSX)"), "csv": _("CSV")}


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way is one view a list may be looked at in, and its address."""

    name: str
    label: Text
    icon: str
    href: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """A column the list may be sorted by, and the address that does so."""

    label: Text
    href: str
    is_on: bool
    is_down: bool


def frame_page(store: Store, address: ListAddress) -> dict[str, Any]:
    """Return what the frame of a list shows, whatever view is inside it."""
    resource = store.resource
    saved = saved_views(resource)
    return {
        "title": resource.title,
        "resource": resource,
        "address": address,
        "endpoint": screen_endpoint(resource),
        "list_url": url_for(f"{screen_endpoint(resource)}.list"),
        "all_url": url_of(resource, address.unfiltered(q=None, saved=None)),
        "to": partial(url_of, resource),
        "plainly": plainly(resource),
        "asked_for": urlencode(address.query(at=None), doseq=True),
        "ways": _ways(address),
        "may": may(resource),
        "banners": slots_at(f"list.banner:{resource.key()}"),
        "exports": _exports(address),
        "saved": saved,
        "kept_view": next((one for one in saved if one.id == address.saved), None),
        "groupable": address.groupable(),
        "grouped_by": dict(address.groupable()).get(address.group, ""),
        **_narrowing(address),
    }


def list_page(store: Store, address: ListAddress) -> dict[str, Any]:
    """Return what a list shows as a table: its rows, or its groups."""
    frame, resource = frame_page(store, address), store.resource
    names = [name for name in address.columns if not fields_of(resource.model)[name].about.secret]
    shown = _groups(store, address, names) if address.group else _rows(store, address, names)
    return {
        **frame,
        **shown,
        "sorts": _sorts(address),
        "choosable": [(name, label, name in names) for name, label in address.chooseable()],
        "deeds": bulk_deeds_of(resource, frame["may"]),
        "prints": printouts_of(resource),
    }


def _rows(store: Store, address: ListAddress, names: Sequence[str]) -> dict[str, Any]:
    page = store.page(address.listing)
    table = rows_of(store.resource, page.rows, names)
    totals = written(table.columns, page.totals or {}, formats_here())
    return {"table": table, "totals": totals if any(totals) else (), **paging(address, page)}


def _groups(store: Store, address: ListAddress, names: Sequence[str]) -> dict[str, Any]:
    table = rows_of(store.resource, (), names)
    found = grouped_rows(store, address, table.columns)
    return {"table": table, "groups": found, "totals": found.totals, "where": found.where}


def _narrowing(address: ListAddress) -> dict[str, Any]:
    """Return the conditions that hold, and what others are put together with."""
    fields = fields_to_filter(address)
    held = list(conditions_held(address, fields))
    return {
        "told": address.conditions,
        "fields": list(fields.values()),
        "held": held,
        "rest": rest_of(address, held),
    }


def _sorts(address: ListAddress) -> dict[str, Sorting]:
    """Return the columns shown that sort the list, by name."""
    known, order = fields_of(address.resource.model), address.listing.order
    names = [name for name in address.columns if name in address.resource.sorted()]
    return {
        name: Sorting(
            label=known[name].about.label,
            href=url_of(address.resource, address.sorting(name)),
            is_on=order.lstrip("-") == name,
            is_down=order == f"-{name}",
        )
        for name in names
    }


def _ways(address: ListAddress) -> list[Way]:
    """Return the table and the views the resource declares."""
    names = (LIST, *(view.name for view in address.resource.views))
    return [
        Way(
            name=name,
            label=_LOOKS[name][0],
            icon=_LOOKS[name][1],
            href=url_of(address.resource, address.query(view=None if name == LIST else name)),
            is_shown=name == address.view,
        )
        for name in names
    ]


def _exports(address: ListAddress) -> list[tuple[Text, str]]:
    """Return the files the list can be taken along as."""
    endpoint = f"{screen_endpoint(address.resource)}.export"
    asked: dict[str, Any] = address.query(at=None)
    return [(label, url_for(endpoint, format=name, **asked)) for name, label in _FORMATS.items()]
