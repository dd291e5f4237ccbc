"""What a record's page shows."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import load_only

from bumen.listing import Listing, page_of
from bumen.model.accounts import User
from bumen.model.describe import fields_of
from bumen.resource import READ, Related, Resource
from bumen.unit_of_work import session
from bumen.web.cells import Cells, columns_of, screen_endpoint
from bumen.web.forms import ArgumentsForm
from bumen.web.house import actions_of, related_of
from bumen.web.pages.tables import Table, lines_table, may, table_of
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
        "lines": [lines_table(lines, record, cells) for lines in resource.lines],
        "related": [one for one in (_related(r, record) for r in related_of(resource)) if one],
        "actions": _actions(resource, record, typed),
        "may": may(resource, record),
        "story": _story(record, cells),
    }


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
    return table_of(resource, rows[:MOST_RELATED], title=resource.title, more=more)


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
