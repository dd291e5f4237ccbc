"""Analyses, their kept views and their letters as the OpenAPI document tells programs of them."""

from __future__ import annotations

from typing import Any

from bumen.reporting.mailing import Rhythm
from bumen.web.described import (
    DAY,
    FLAG,
    NAMED,
    NUMBER,
    TEXT,
    WORTH,
    in_path,
    in_query,
    listed,
    many,
    mapping,
    maybe,
    one_of,
    operation,
    single,
    thing,
)
from bumen.web.jobs.described import BEGUN, PLAN
from bumen.web.saved_views import SAVED

ASKED = ("rows", "columns", "measures", "period", "compare", "filters", "q", SAVED)
"""What the address of an analysis says, beside conditions."""
_OFFERED = thing({"name": TEXT, "label": TEXT, "kind": TEXT})
ABOUT = {
    "name": TEXT,
    "title": TEXT,
    "resource": TEXT,
    "day": TEXT,
    "dimensions": many(_OFFERED),
    "measures": many(_OFFERED),
    "arguments": many(TEXT),
}
"""What an analysis offers."""
_MEMBER = many(thing({"value": WORTH, "label": TEXT}))
_CELL = {"values": mapping(WORTH), "before": mapping(WORTH), "change": mapping(WORTH)}
_TOTALS = many(thing(_CELL))
ANSWER = thing(
    {
        **ABOUT,
        "asked": mapping({"oneOf": [TEXT, many(TEXT)]}),
        "compared_with": maybe(many(DAY)),
        "rows": _MEMBER,
        "columns": _MEMBER,
        "result": many(thing({"row": NUMBER, "column": NUMBER, **_CELL})),
        "row_totals": _TOTALS,
        "column_totals": _TOTALS,
        "total": thing(_CELL),
        "more": FLAG,
    }
)
"""What an analysis answers: its members, and by their places what each cell comes to."""
_QUERY = {**TEXT, "description": "What stands in the address of the report behind `?`."}
_VIEW_SENT = {"name": TEXT, "query": _QUERY, "shared": FLAG, "preferred": FLAG}
_VIEW = thing({"id": NUMBER, **_VIEW_SENT, "mine": FLAG, "owner": TEXT})
_RHYTHM = one_of(one.value for one in Rhythm)
_WHICH = {"query": _QUERY, "view": {**NUMBER, "description": "The id of a kept view."}}
_MAIL_SENT = {**_WHICH, "rhythm": _RHYTHM, "to": many(NUMBER)}
_MAIL = thing(
    {
        **PLAN["properties"],
        "id": TEXT,
        "rhythm": maybe(_RHYTHM),
        "to": NAMED,
        "query": maybe(_QUERY),
    }
)
_CHOICE = thing({"value": _RHYTHM, "label": TEXT})


def describe_views(spec: Any, base: str) -> None:
    """Describe the kept views of an analysis."""
    ident, one = in_path("number"), single(_VIEW)
    made = operation(one, sent=thing(_VIEW_SENT, required=["name", "query"]), status="201")
    spec.path(path=base, operations={"get": operation(listed(_VIEW)), "post": made})
    deeds = {
        "put": operation(one, ident, sent=thing(_VIEW_SENT)),
        "delete": operation(thing({"message": TEXT}), ident),
    }
    spec.path(path=f"{base}{{number}}", operations=deeds)


def describe_mails(spec: Any, base: str) -> None:
    """Describe what is sent of an analysis by mail."""
    ident, one = in_path("mail", TEXT), thing({"id": TEXT, "result": _MAIL})
    every = operation(listed(_MAIL, rhythms=many(_CHOICE), people=many(NAMED)))
    sent = thing(_MAIL_SENT, required=["rhythm"])
    made = operation(listed(_MAIL, left_alone=many(NAMED)), sent=sent, status="201")
    spec.path(path=base, operations={"get": every, "post": made})
    now = operation(BEGUN, sent=thing(_WHICH), status="202")
    spec.path(path=f"{base}now", operations={"post": now})
    deeds = {
        "get": operation(one, ident),
        "put": operation(one, ident, sent=thing({"rhythm": _RHYTHM, "enabled": FLAG})),
        "delete": operation(thing({"id": TEXT}), ident),
    }
    spec.path(path=f"{base}{{mail}}", operations=deeds)


def asked_of_analysis() -> list[dict[str, Any]]:
    """Return the arguments of an analysis as OpenAPI tells them."""
    return [in_query(one) for one in ASKED]
