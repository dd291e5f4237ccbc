"""What the API gives beside a record's own values, described: by what the record's model keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import bumen.web.outline as outlines
import bumen.web.record_api.described as about
from bumen.documents.activities import ACTIVITY, DONE
from bumen.documents.asked import Asked
from bumen.documents.discussion import COMMENT
from bumen.documents.tags import LONGEST_TAG
from bumen.model import Keeps
from bumen.printing.sending import DISPATCH, PAPER
from bumen.resource import Resource
from bumen.web.approvals.deeds import DEEDS
from bumen.web.described import BINARY, JSON, NUMBER, TEXT, Schema, many, thing
from bumen.web.house import printouts_of
from bumen.web.record_api.discussion import FOLLOW


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
    media: str = JSON
    answered: Schema | None = None
    """What it answers; None for the record itself."""
    answered_as: str = JSON

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


_READ = thing({"ids": many(NUMBER)}, required=["ids"])
_COMMENT, _ACTIVITY = "comments/{comment_id}", "activities/{activity_id}"
_FILES = thing({"file": many(BINARY)}, required=["file"])
_TAGS = thing({"tags": many({**TEXT, "maxLength": LONGEST_TAG})}, required=["tags"])
_FILE, _PRINTOUT = "attachments/{file_id}", "printouts/{name}"
_ROUTES: Mapping[Keeps, tuple[Route, ...]] = {
    Keeps.FILES: (
        Route(method="get", path="attachments", answered=about.FILES),
        Route(
            method="post",
            path="attachments",
            body=_FILES,
            status="201",
            is_keyed=True,
            writes=True,
            media="multipart/form-data",
            answered=about.ATTACHED,
        ),
        Route(method="get", path=_FILE, answered=BINARY, answered_as="application/octet-stream"),
        Route(method="delete", path=_FILE, writes=True, answered=about.DELETED),
    ),
    Keeps.TAGS: (
        Route(method="get", path="tags", answered=about.TAGS),
        Route(method="put", path="tags", body=_TAGS, writes=True, answered=about.TAGS),
    ),
    Keeps.DISCUSSION: (
        Route(method="get", path="comments", answered=about.COMMENTS),
        Route(
            method="post",
            path="comments",
            asked=COMMENT,
            status="201",
            is_keyed=True,
            answered=about.COMMENT,
        ),
        Route(method="put", path=_COMMENT, asked=COMMENT, answered=about.COMMENT),
        Route(method="delete", path=_COMMENT, answered=about.DELETED),
        Route(method="post", path="comments/read", body=_READ, answered=about.READ),
        Route(method="get", path="followers", answered=about.FOLLOWERS),
        Route(method="put", path="followers", asked=FOLLOW, answered=about.FOLLOWERS),
    ),
    Keeps.ACTIVITIES: (
        Route(method="get", path="activities", answered=about.ACTIVITIES),
        Route(
            method="post",
            path="activities",
            asked=ACTIVITY,
            status="201",
            is_keyed=True,
            answered=about.ACTIVITY,
        ),
        Route(method="put", path=_ACTIVITY, asked=ACTIVITY, answered=about.ACTIVITY),
        Route(method="delete", path=_ACTIVITY, answered=about.DELETED),
        Route(
            method="post",
            path=f"{_ACTIVITY}/done",
            asked=DONE,
            is_keyed=True,
            answered=about.ACTIVITY,
        ),
    ),
}
_PRINTED = (
    Route(method="get", path="printouts", answered=about.PRINTOUTS),
    Route(
        method="post",
        path=f"{_PRINTOUT}/attach",
        asked=PAPER,
        status="201",
        is_keyed=True,
        writes=True,
        answered=about.FILE,
    ),
    Route(
        method="post",
        path=f"{_PRINTOUT}/mail",
        asked=DISPATCH,
        status="202",
        is_keyed=True,
        writes=True,
        answered=about.MAILED,
    ),
)


def trail_of(resource: type[Resource]) -> Iterator[Route]:
    """Yield what programs may ask of a resource's records beside their values."""
    if resource.model.in_history:
        yield Route(method="get", path="history", answered=about.HISTORY)
    if resource.copies and "create" in resource.can:
        sent = outlines.write_schema_of(resource, changing=False)
        sent.pop("required", None)
        yield Route(method="post", path="copy", body=sent, status="201", is_keyed=True, writes=True)
    if getattr(getattr(resource.model, "workflow", None), "approvals", None):
        yield Route(method="get", path="approvals", answered=about.APPROVALS)
        yield Route(method="get", path="approvals/preview", answered=about.FORESEEN)
        for deed in DEEDS.values():
            asked = Asked(deed.name, deed.asked)
            yield Route(method="post", path=f"approvals/{deed.name}", asked=asked, is_keyed=True)
    if printouts_of(resource):
        yield from _PRINTED
    for part in sorted(resource.model.keeps):
        yield from _ROUTES.get(part, ())
