"""Regulations as the OpenAPI document tells programs of them."""

from __future__ import annotations

from typing import Any

from bumen.fulfilment import Means
from bumen.regulations.coverage import Cover
from bumen.web.described import (
    DAY,
    MOMENT,
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

_REGULATION = {"id": NUMBER, "code": TEXT, "title": TEXT}
_EDITION = {
    "number": NUMBER,
    "valid_from": maybe(DAY),
    "valid_to": maybe(DAY),
    "published_at": maybe(MOMENT),
    "note": TEXT,
}
_CLAUSE = {"id": NUMBER, "number": TEXT, "text": TEXT, "demands": many(TEXT)}
_CHAPTER = thing({"number": TEXT, "title": TEXT, "clauses": many(thing(_CLAUSE))})
_WHOLE = thing(
    {
        **_REGULATION,
        "versions": many(thing(_EDITION)),
        "version": thing({**_EDITION, "chapters": many(_CHAPTER)}),
    }
)
_FULFILMENT = {
    "means": one_of(one.value for one in Means),
    "resource": maybe(TEXT),
    "name": TEXT,
    "label": TEXT,
}
_COVERED = thing(
    {
        **_CLAUSE,
        "cover": one_of(one.value for one in Cover),
        "fulfilled_by": many(thing(_FULFILMENT)),
        "missing": many(TEXT),
    }
)
_TIMES = ("times", "documents", "in_time", "late", "waiting_late", "by_substitutes")
_PERSON = thing({"id": maybe(NUMBER), "label": TEXT, "times": NUMBER})
_SHOWN = {**dict.fromkeys(_TIMES, NUMBER), "people": many(_PERSON)}
_EVIDENCE = thing({**_CLAUSE, **_SHOWN, "parts": many(thing({**_FULFILMENT, **_SHOWN}))})


def describe_regulations(spec: Any, base: str, *, shows_evidence: bool) -> None:
    """Describe the documents of rules, and to whom it is shown that they are kept, that."""
    spec.path(f"{base}/", operations={"get": operation(listed(thing(_REGULATION)))})
    one = operation(single(_WHOLE), in_path("ident"), in_query("version", NUMBER))
    spec.path(f"{base}/{{ident}}", operations={"get": one})
    if shows_evidence:
        spec.path(f"{base}/coverage", operations={"get": operation(listed(_COVERED))})
        days = [in_query(name, DAY) for name in ("since", "until")]
        shown = operation(listed(_EVIDENCE, since=DAY, until=DAY), *days)
        spec.path(f"{base}/evidence", operations={"get": shown})
