"""The inbox as the OpenAPI document tells programs of it."""

from __future__ import annotations

from typing import Any

from bumen.i18n import translator
from bumen.inbox import Kind, Tab
from bumen.web.described import (
    DAY,
    FLAG,
    MOMENT,
    NAMED,
    NUMBER,
    TEXT,
    in_path,
    in_query,
    listed,
    maybe,
    one_of,
    operation,
    thing,
)

_ = translator(__file__, "bumen")

_LINE = thing(
    {
        "kind": one_of(one.value for one in Kind),
        "id": NUMBER,
        "text": TEXT,
        "resource": maybe(TEXT),
        "record": maybe(NAMED),
        "at": MOMENT,
        "due_on": maybe(DAY),
        "late": FLAG,
        "seen": FLAG,
        "who": maybe(NAMED),
        "instead_of": maybe(NAMED),
        "request_id": NUMBER,
        "opinion_needed": thing({"yes": FLAG, "no": FLAG}),
    }
)
_LEFT = thing({"count": NUMBER})


def describe_inbox(spec: Any, base: str) -> None:
    """Describe the inbox: what waits, and putting it away."""
    asked = (in_query("tab", one_of(tab.value for tab in Tab)), in_query("after"))
    every = operation(listed(_LINE, next=maybe(TEXT)), *asked, summary=str(_("Inbox")))
    spec.path(path=f"{base}/", operations={"get": every})
    spec.path(path=f"{base}/notices/seen", operations={"post": operation(_LEFT)})
    one = {"post": operation(_LEFT, in_path("ident"))}
    spec.path(path=f"{base}/notices/{{ident}}/seen", operations=one)
    spec.path(path=f"{base}/activities/{{ident}}/done", operations=one)
