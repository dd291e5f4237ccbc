"""What the pages of a resource show: the list, the record, the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import load_only

from bumen.i18n import Text
from bumen.listing import Listing, page_of
from bumen.model.accounts import User
from bumen.model.describe import fields_of
from bumen.resource import READ, WRITE, Lines, Related, Resource
from bumen.unit_of_work import session
from bumen.web.cells import Cell, Cells, Column, columns_of, columns_of_lines, screen_endpoint
from bumen.web.forms import ArgumentsForm, RecordForm
from bumen.web.house import actions_of, related_of
from bumen.web.list_address import SIZES, ListAddress
from bumen.web.lookups import equip
from bumen.web.security import allowed
from bumen.web.store import Store

MOST_RELATED = 10
_MADE_AND_CHANGED = {
    "id",
    "version",
    "created_at",
    "created_by_id",
    "changed_at",
    "changed_by_id",
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under columns, each with the address of its record ("" where there is none)."""

    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    title: Text | str = ""
    more: str = ""

    @property
    def named_by(self) -> int:
        """The place of the cell that leads to the record: the first that leads nowhere else."""
        places = range(len(self.columns))
        return next((one for one in places if self.columns[one].described.target is None), 0)


def may(resource: type[Resource], record: Any = None) -> Mapping[str, bool]:
    """Return what this person may do with a resource at all, and with a record as it is now."""
    writes = allowed(WRITE, resource.permission())
    shut = set() if record is None or resource.is_open(record) else {"change", "delete"}
    can = resource.can - shut
    return {verb: writes and verb in can for verb in ("create", "change", "delete")}


def list_page(store: Store, address: ListAddress) -> dict[str, Any]:
    """Return what a list page shows."""
    resource, listing = store.resource, address.listing
    page = store.page(listing)
    equip(address.filters.lookups())
    return {
        "title": resource.title,
        "address": address,
        "endpoint": screen_endpoint(resource),
        "table": _table(resource, page.rows),
        "page": page,
        "first": listing.page * listing.size + 1,
        "last": listing.page * listing.size + len(page.rows),
        "has_next": (listing.page + 1) * listing.size < page.count,
        "sizes": SIZES,
        "may": may(resource),
        "sortable": resource.sorted(),
    }


def show_page(store: Store, record: Any, *, typed: ArgumentsForm | None = None) -> dict[str, Any]:
    """Return what a record's page shows; `typed` is an action's form that was refused."""
    resource, cells = store.resource, Cells()
    shown = [name for name in resource.shown() if name not in _MADE_AND_CHANGED]
    return {
        "title": str(record),
        "resource": resource,
        "record": record,
        "endpoint": screen_endpoint(resource),
        "fields": cells.of(record, columns_of(resource, shown)),
        "lines": [_lines_table(lines, record, cells) for lines in resource.lines],
        "related": [one for one in (_related(r, record) for r in related_of(resource)) if one],
        "actions": _actions(resource, record, typed),
        "may": may(resource, record),
        "story": _story(record, cells),
    }


def form_page(store: Store, form: RecordForm) -> dict[str, Any]:
    """Return what the form of a new or an existing record shows."""
    record = form.record
    lines = [line for grid in form.grids for line in getattr(record, grid.short_name, ())]
    equip(form.lookups(), known=[] if record is None else [record, *lines])
    cells = Cells()
    worked_out = {grid.short_name: _worked_out(grid.lines) for grid in form.grids}
    return {
        "form": form,
        "resource": store.resource,
        "record": record,
        "endpoint": screen_endpoint(store.resource),
        "worked_out": worked_out,
        "cells": cells,
    }


def differences(form: RecordForm) -> dict[str, Any]:
    """Return what is kept now wherever the form says something else: fields, and lines whole."""
    resource, record, cells = form.resource, form.record, Cells()
    kept = RecordForm(resource, record=record)
    now, typed = kept.json(), form.json()
    other = [n for n, f in fields_of(resource.model).items() if typed.get(f.key) != now.get(f.key)]
    grids = [grid for grid in form.grids if grid.json() != kept.grid(grid.short_name).json()]
    return {
        "kept": cells.of(record, columns_of(resource, other)),
        "kept_lines": [_lines_table(grid.lines, record, cells) for grid in grids],
    }


def _table(resource: type[Resource], rows: Sequence[Any], **more: Any) -> Table:
    cells, endpoint = Cells(), screen_endpoint(resource)
    columns = columns_of(resource, resource.columns)
    shown = [(url_for(f"{endpoint}.show", ident=row.id), cells.of(row, columns)) for row in rows]
    return Table(columns=columns, rows=shown, **more)


def _lines_table(lines: type[Lines], record: Any, cells: Cells) -> Table:
    columns = columns_of_lines(lines)
    rows = [("", cells.of(line, columns)) for line in getattr(record, lines.name)]
    return Table(title=getattr(lines, "title", ""), columns=columns, rows=rows)


def _worked_out(lines: type[Lines]) -> list[Column]:
    return [column for column in columns_of_lines(lines) if column.described.name in lines.shown]


def _related(related: Related, record: Any) -> Table | None:
    """Return the first records of another resource that refer to this one, if they may be read."""
    resource = related.resource
    if not allowed(READ, resource.permission()):
        return None
    key = fields_of(resource.model)[related.by].key
    query = page_of(resource, Listing(size=MOST_RELATED + 1, columns=tuple(resource.columns)))
    rows = session().scalars(query.where(getattr(resource.model, key) == record.id)).all()
    more = ""
    if len(rows) > MOST_RELATED and related.by in resource.filtered():
        narrowed = {f"filter.{related.by}": record.id}
        more = url_for(f"{screen_endpoint(resource)}.list", **narrowed)
    return _table(resource, rows[:MOST_RELATED], title=resource.title, more=more)


def _actions(
    resource: type[Resource], record: Any, typed: ArgumentsForm | None
) -> list[ArgumentsForm]:
    """Return the forms of what may be done now; the one that was refused as it was typed."""
    possible = [
        action
        for action in actions_of(resource)
        if action.possible(record) and allowed(action.name, resource.permission())
    ]
    return [
        typed if typed is not None and typed.action is action else ArgumentsForm(action)
        for action in possible
    ]


def _story(record: Any, cells: Cells) -> dict[str, str]:
    """Return when and by whom a record was made and changed."""
    wanted = {one for one in (record.created_by_id, record.changed_by_id) if one is not None}
    query = select(User).where(User.id.in_(wanted))
    named = load_only(User.id, User.first_name, User.last_name, User.username)
    people = (
        {one.id: _name_of(one) for one in session().scalars(query.options(named))} if wanted else {}
    )
    return {
        "created_at": cells.formats.moment(record.created_at),
        "created_by": people.get(record.created_by_id, ""),
        "changed_at": cells.formats.moment(record.changed_at),
        "changed_by": people.get(record.changed_by_id, ""),
    }


def _name_of(user: User) -> str:
    return " ".join(part for part in (user.first_name, user.last_name) if part) or str(
        user.username
    )
