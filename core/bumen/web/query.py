"""What a list is asked for in the address: Flask-AppBuilder's `q`, read strictly."""

from __future__ import annotations

import json
from typing import Any

import prison
from werkzeug.datastructures import MultiDict

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.listing import Condition, Listing

_ = translator(__file__, "bumen")

LONGEST = 20_000
_KNOWN = {
    "filters",
    "order_column",
    "order_direction",
    "page",
    "page_size",
    "after",
    "before",
    "columns",
    "search",
}


def listing_of(arguments: MultiDict[str, str]) -> Listing:
    """Return what `?q=(…)` asks for, in Rison or JSON; `Malformed` says what is wrong with it.

    (filters:!((col:state,opr:eq,value:draft)),order_column:number,order_direction:desc,
    page:0,page_size:25,columns:!(number,total),search:'words')

    `after:'…'` and `before:'…'` take the tokens `next` and `previous` of an answer, in place of
    `page`, for the same filters and the same order.
    """
    for name in arguments:
        if name not in ("q", "_l_"):
            raise _wrong(name, _("There is no such part of a list's query."))
    asked = _read(arguments.get("q", ""))
    for name in asked:
        if name not in _KNOWN:
            raise _wrong(name, _("There is no such part of a list's query."))
    return Listing(
        conditions=tuple(_condition(one) for one in _list(asked, "filters")),
        search=_text(asked, "search"),
        order=_order(asked),
        page=_number(asked, "page", default=0),
        size=_number(asked, "page_size", default=25),
        after=_text(asked, "after"),
        before=_text(asked, "before"),
        columns=tuple(_names(asked, "columns")),
    )


def _read(text: str) -> dict[str, Any]:
    if not text:
        return {}
    if len(text) > LONGEST:
        raise _wrong("q", _("The query is too long."))
    for reader in (prison.loads, json.loads):
        try:
            found = reader(text)
        except Exception:  # noqa: S112, BLE001  # whatever a reader stumbles over is not its language
            continue
        if isinstance(found, dict):
            return {str(key): value for key, value in found.items()}
    raise _wrong("q", _("The query is neither Rison nor JSON."))


def _condition(one: Any) -> Condition:
    if not isinstance(one, dict) or not isinstance(one.get("col"), str):
        raise _wrong("filters", _("A condition needs a column, an operator and a value."))
    if not isinstance(one.get("opr"), str) or "value" not in one:
        raise _wrong("filters", _("A condition needs a column, an operator and a value."))
    return Condition(field=one["col"], operator=one["opr"], value=one["value"])


def _order(asked: dict[str, Any]) -> str:
    direction = asked.get("order_direction", "asc")
    if direction not in ("asc", "desc"):
        raise _wrong("order_direction", _("The direction must be “asc” or “desc”."))
    column = _text(asked, "order_column")
    if column.startswith("-"):
        raise _wrong("order_column", _("The list cannot be sorted by “%(name)s”.", name=column))
    return f"-{column}" if column and direction == "desc" else column


def _number(asked: dict[str, Any], name: str, *, default: int) -> int:
    value = asked.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(name, _("This must be a whole number."))
    return value


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name, _("This must be a text."))
    return value


def _names(asked: dict[str, Any], name: str) -> list[str]:
    names = _list(asked, name)
    if not all(isinstance(one, str) for one in names):
        raise _wrong(name, _("This must be a list of names."))
    return names


def _list(asked: dict[str, Any], name: str) -> list[Any]:
    value = asked.get(name, [])
    if not isinstance(value, list):
        raise _wrong(name, _("This must be a list."))
    return value


def _wrong(place: str, message: Any) -> Malformed:
    return Malformed(message, fields={place: [message]})
