"""Lists of what refers to a record: a customer's orders, the employees of a department."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from bumen.listing import MOST_COUNTED, Listing, page_of, wheres_of
from bumen.model.describe import fields_of
from bumen.resource import READ, Related
from bumen.unit_of_work import session
from bumen.visibility import as_seen, hidden_fields
from bumen.web.cells import screen_endpoint
from bumen.web.pages.tables import Table, may, table_of
from bumen.web.security import allowed

MOST_RELATED = 10


def related_table(related: Related, record: Any) -> Table | None:
    """Return the first records of another resource that refer to this one, if they may be read."""
    related = replace(related, resource=as_seen(related.resource))
    resource = related.resource
    if not allowed(READ, resource.permission()) or related.by in hidden_fields(resource):
        return None
    key = fields_of(resource.model)[related.by].key
    columns = tuple(name for name in resource.columns if name != related.by)
    query = page_of(resource, Listing(size=MOST_RELATED + 1, columns=columns))
    rows = session().scalars(query.where(getattr(resource.model, key) == record.id)).all()
    return table_of(
        resource,
        rows[:MOST_RELATED],
        names=columns,
        count=_count(related, record) if len(rows) > MOST_RELATED else str(len(rows)),
        more=_all_of(related, record) if len(rows) > MOST_RELATED else "",
        new=_new_of(related, record),
    )


def _count(related: Related, record: Any) -> str:
    """Return how many there are, counted no further than people care."""
    model = related.resource.model
    key = fields_of(model)[related.by].key
    theirs = getattr(model, key) == record.id
    found = select(model.id).where(theirs, *wheres_of(related.resource, Listing()))
    capped = found.limit(MOST_COUNTED + 1).subquery()
    count = session().scalar(select(func.count()).select_from(capped)) or 0
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


def _all_of(related: Related, record: Any) -> str:
    """Return the address of the list narrowed to the record; "" where it cannot be."""
    resource = related.resource
    if related.by not in resource.filtered():
        return ""
    narrowed: dict[str, Any] = {f"filter.{related.by}": str(record.id)}
    return url_for(f"{screen_endpoint(resource)}.list", **narrowed)


def _new_of(related: Related, record: Any) -> str:
    """Return the address of a form that begins with the record; "" for who may make none."""
    resource = related.resource
    if not may(resource)["create"] or related.by not in resource.written():
        return ""
    key = fields_of(resource.model)[related.by].key
    begun: dict[str, Any] = {key: str(record.id)}
    return url_for(f"{screen_endpoint(resource)}.add", **begun)
