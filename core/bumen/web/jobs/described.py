"""Background work and schedules as the OpenAPI document tells programs of them."""

from __future__ import annotations

from typing import Any

from bumen.jobs import RunState
from bumen.web.described import (
    BINARY,
    FLAG,
    MOMENT,
    NAMED,
    NUMBER,
    TEXT,
    in_path,
    in_query,
    listed,
    many,
    maybe,
    one_of,
    operation,
    single,
    thing,
)

_STATE = one_of(one.value for one in RunState)
_FILE = thing({"name": TEXT, "type": TEXT, "size": NUMBER, "content": TEXT})
RUN = thing(
    {
        "id": NUMBER,
        "job": TEXT,
        "title": TEXT,
        "about": TEXT,
        "state": _STATE,
        "done": NUMBER,
        "of": maybe(NUMBER),
        "now": TEXT,
        "result": TEXT,
        "error": TEXT,
        "withheld": {
            **FLAG,
            "description": "What it says is kept from who may not read what it is about.",
        },
        "created_at": MOMENT,
        "created_by": maybe(NAMED),
        "started_at": maybe(MOMENT),
        "ended_at": maybe(MOMENT),
        "due_at": MOMENT,
        "attempts": NUMBER,
        "schedule": maybe(TEXT),
        "file": maybe(_FILE),
    }
)
"""A run: `content` of its file is where that is read once the run is done."""
BEGUN = single(RUN, job=TEXT)
"""What whoever begins background work is answered: the run, and where to ask how far it is."""
_LINE = thing({"at": MOMENT, "warning": FLAG, "text": TEXT})
_RUN_WITH_LOG = {**RUN, "properties": {**RUN["properties"], "log": many(_LINE)}}
_LAST = thing({"id": NUMBER, "state": _STATE, "ended_at": maybe(MOMENT)})
_CRON = {
    **TEXT,
    "maxLength": 120,
    "example": "0 8 * * W",
    "description": "Cron's five fields by the company's clocks; W for the days it works.",
}
PLAN = thing(
    {
        "name": TEXT,
        "title": TEXT,
        "cron": _CRON,
        "times": {**TEXT, "description": "The times as people say them."},
        "enabled": FLAG,
        "next_at": maybe(MOMENT),
        "owner": maybe(TEXT),
        "planned_by": maybe(TEXT),
        "department": TEXT,
        "clauses": many(TEXT),
        "last": maybe(_LAST),
    }
)
"""A schedule."""
_ROUND = thing(
    {
        "name": TEXT,
        "title": TEXT,
        "times": TEXT,
        "last_at": maybe(MOMENT),
        "next_at": maybe(MOMENT),
        "failed": FLAG,
        "waits": many(TEXT),
    }
)
_NAMED_PLAN = thing({"id": TEXT, "result": PLAN})
_CHANGED = thing({"cron": _CRON, "enabled": FLAG})


def describe_jobs(spec: Any, base: str) -> None:
    """Describe background work."""
    one, ident = single(_RUN_WITH_LOG), in_path("ident")
    asked = (in_query("all", one_of(["1"])), in_query("before", NUMBER))
    every = operation(listed(RUN, next=maybe(NUMBER)), *asked)
    spec.path(f"{base}/", operations={"get": every})
    spec.path(f"{base}/{{ident}}", operations={"get": operation(one, ident)})
    file = operation(BINARY, ident, media="application/octet-stream")
    spec.path(f"{base}/{{ident}}/file", operations={"get": file})
    for deed in ("cancel", "retry"):
        spec.path(f"{base}/{{ident}}/{deed}", operations={"post": operation(one, ident)})


def describe_schedules(spec: Any, base: str) -> None:
    """Describe what starts by itself."""
    name = in_path("name", TEXT)
    spec.path(f"{base}/", operations={"get": operation(listed(PLAN, system=many(_ROUND)))})
    deeds = {
        "get": operation(_NAMED_PLAN, name),
        "put": operation(_NAMED_PLAN, name, sent=_CHANGED),
        "delete": operation(thing({"id": TEXT}), name),
    }
    spec.path(f"{base}/{{name}}", operations=deeds)
