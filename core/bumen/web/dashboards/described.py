"""Dashboards as the OpenAPI document tells programs of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bumen.web.analyses.described import ANSWER
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
    thing,
)
from bumen.web.figure_api import ABOUT_FIGURE

_DASHBOARD = thing({"name": TEXT, "title": TEXT})
_PLACED = {"key": TEXT, "title": TEXT, "hidden": FLAG}
_FIGURE = {
    **ABOUT_FIGURE["properties"],
    "kind": one_of(["figure", "glance", "to_do"]),
    "value_kind": ABOUT_FIGURE["properties"]["kind"],
    **dict.fromkeys(("value", "so_far", "month_before", "year_before", "target"), WORTH),
    **dict.fromkeys(("reached", "attained"), WORTH),
    "months": many(thing({"month": DAY, "value": WORTH})),
    "of_person_id": maybe(NUMBER),
}
_GLANCE = {"query": mapping(TEXT), "report": ANSWER}
_ANY_OF = {"oneOf": [TEXT, many(TEXT)]}
_TO_DO = {"resource": TEXT, "filters": mapping(_ANY_OF), "records": many(NAMED), "more": FLAG}
_CARD = thing({**_PLACED, **_FIGURE, **_GLANCE, **_TO_DO})
_CARDS = thing({"result": many(_CARD)})


def describe_dashboards(spec: Any, base: str, *, modes: Sequence[str]) -> None:
    """Describe dashboards; `modes` are for whom cards may be arranged.

    What a card tells depends on its `kind`: a figure, a report at a glance, or what is to be done.
    """
    place = in_path("place", TEXT)
    moved = thing({"key": TEXT, "hidden": FLAG}, required=["key"])
    sent = thing({"cards": many(moved), "arrange": one_of(modes)}, required=["cards"])
    deeds = {
        "get": operation(_CARDS, place),
        "put": operation(_CARDS, place, sent=sent),
        "delete": operation(_CARDS, place, in_query("arrange", one_of(modes))),
    }
    spec.path(f"{base}/", operations={"get": operation(listed(_DASHBOARD))})
    spec.path(f"{base}/{{place}}", operations=deeds)
