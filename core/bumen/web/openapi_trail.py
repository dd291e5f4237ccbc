"""What the API gives beside a record's own values, described: by what the record's model keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import bumen.web.outline as outlines
from bumen.documents.activities import ACTIVITY, DONE
from bumen.documents.asked import Asked
from bumen.documents.discussion import COMMENT
from bumen.documents.tags import LONGEST_TAG
from bumen.model import Keeps
from bumen.printing.sending import DISPATCH, PAPER
from bumen.resource import Resource
from bumen.web.approvals.deeds import DEEDS
from bumen.web.house import printouts_of
from bumen.web.record_api.discussion import FOLLOW

_IDS = {"type": "array", "items": {"type": "integer"}}


@dataclass(frozen=True, kw_only=True)
class Route:
    """A route is one thing programs may ask of a record, by method and path below the record's."""

    method: str
    path: str
    asked: Asked | None = None
    body: Mapping[str, Any] | None = None
    status: str = "200"
    is_keyed: bool = False
    """Whether a repeated request with one key is done once."""
    writes: bool = False
    """Whether it asks for the right to change the record."""
    media: str = "application/json"

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """What its path asks for beside the record."""
        names = re.findall(r"{(\w+)}", self.path)
        whole = {"in": "path", "required": True}
        return [
            {**whole, "name": one, "schema": {"type": "string" if one == "name" else "integer"}}
            for one in names
        ]

    @property
    def sent(self) -> dict[str, Any] | None:
        """The body it takes, if it takes one."""
        if self.asked is None:
            return None if self.body is None else dict(self.body)
        schema: dict[str, Any] = outlines.asked_schema_of(self.asked.arguments)
        return schema


_READ = {"type": "object", "properties": {"ids": _IDS}, "required": ["ids"]}
_COMMENT, _ACTIVITY = "comments/{comment_id}", "activities/{activity_id}"
_BINARIES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_FILES = {"type": "object", "properties": {"file": _BINARIES}, "required": ["file"]}
_WORDS = {"type": "array", "items": {"type": "string", "maxLength": LONGEST_TAG}}
_TAGS = {"type": "object", "properties": {"tags": _WORDS}, "required": ["tags"]}
_FILE = "attachments/{file_id}"
_ROUTES: Mapping[Keeps, tuple[Route, ...]] = {
    Keeps.FILES: (
        Route(method="get", path="attachments"),
        Route(
            method="post",
            path="attachments",
            body=_FILES,
            status="201",
            is_keyed=True,
            writes=True,
            media="multipart/form-data",
        ),
        Route(method="get", path=_FILE),
        Route(method="delete", path=_FILE, writes=True),
    ),
    Keeps.TAGS: (
        Route(method="get", path="tags"),
        Route(method="put", path="tags", body=_TAGS, writes=True),
    ),
    Keeps.DISCUSSION: (
        Route(method="get", path="comments"),
        Route(method="post", path="comments", asked=COMMENT, status="201", is_keyed=True),
        Route(method="put", path=_COMMENT, asked=COMMENT),
        Route(method="delete", path=_COMMENT),
        Route(method="post", path="comments/read", body=_READ),
        Route(method="get", path="followers"),
        Route(method="put", path="followers", asked=FOLLOW),
    ),
    Keeps.ACTIVITIES: (
        Route(method="get", path="activities"),
        Route(method="post", path="activities", asked=ACTIVITY, status="201", is_keyed=True),
        Route(method="put", path=_ACTIVITY, asked=ACTIVITY),
        Route(method="delete", path=_ACTIVITY),
        Route(method="post", path=f"{_ACTIVITY}/done", asked=DONE, is_keyed=True),
    ),
}


_PRINTOUT = "printouts/{name}"
_PRINTED = (
    Route(method="get", path="printouts"),
    Route(
        method="post",
        path=f"{_PRINTOUT}/attach",
        asked=PAPER,
        status="201",
        is_keyed=True,
        writes=True,
    ),
    Route(
        method="post",
        path=f"{_PRINTOUT}/mail",
        asked=DISPATCH,
        status="202",
        is_keyed=True,
        writes=True,
    ),
)


def trail_of(resource: type[Resource]) -> Iterator[Route]:
    """Yield what programs may ask of a resource's records beside their values."""
    if resource.model.in_history:
        yield Route(method="get", path="history")
    if resource.copies and "create" in resource.can:
        anything = {"type": "object"}
        yield Route(
            method="post", path="copy", body=anything, status="201", is_keyed=True, writes=True
        )
    if getattr(getattr(resource.model, "workflow", None), "approvals", None):
        yield Route(method="get", path="approvals")
        yield Route(method="get", path="approvals/preview")
        for deed in DEEDS.values():
            asked = Asked(deed.name, deed.asked)
            yield Route(method="post", path=f"approvals/{deed.name}", asked=asked, is_keyed=True)
    if printouts_of(resource):
        yield from _PRINTED
    for part in sorted(resource.model.keeps):
        yield from _ROUTES.get(part, ())
