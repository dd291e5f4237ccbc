"""The tags of a record, above its page."""

from __future__ import annotations

from typing import Any

from flask import url_for

from bumen.documents.tags import tag_field, tags_on
from bumen.model import Keeps
from bumen.resource import Resource
from bumen.unit_of_work import session
from bumen.web.cells import screen_endpoint
from bumen.web.pages.panels import Panel
from bumen.web.reached import may_write


def tags_panel(resource: type[Resource], record: Any) -> Panel | None:
    """Return the tags of a record, to be read and changed; None where none are kept."""
    if Keeps.TAGS not in resource.model.keeps:
        return None
    tags = list(session().scalars(tags_on(resource, record)))
    endpoint, writes = screen_endpoint(resource), may_write(resource, record)
    if not tags and not writes:
        return None
    values = {
        "tags": [(tag, _others(resource, tag.id)) for tag in tags],
        "typed": ", ".join(tag.name for tag in tags),
        "address": url_for(f"{endpoint}.retag", ident=record.id) if writes else "",
    }
    return Panel(template="bumen/record/tags.html", values=values)


def _others(resource: type[Resource], ident: int) -> str:
    """Return the address of the list of all that bear a tag; "" where lists have no such filter."""
    if tag_field(resource) is None:
        return ""
    narrowed: dict[str, Any] = {"filter.tags": str(ident)}
    return url_for(f"{screen_endpoint(resource)}.list", **narrowed)
