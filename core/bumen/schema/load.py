"""Reading what people wrote through a schema: typed values, or every mistake at its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from bumen.errors import InvalidInput, Malformed
from bumen.i18n import Text, translator
from bumen.schema.values import TextValue

_ = translator(__file__, "bumen")


def loaded(schema: Schema, values: Any, *, partial: bool = False) -> dict[str, Any]:
    """Return the typed values; `InvalidInput` names every mistake by its place.

    `partial` is for changes: what is not given stays as it is.
    """
    if not isinstance(values, Mapping):
        raise Malformed(_("The request must be a JSON object."))
    try:
        found: dict[str, Any] = schema.load(dict(values), partial=_partial(schema, partial=partial))
    except ValidationError as wrong:
        raise InvalidInput(flat(wrong.messages)) from None
    return found


def first_said(wrong: ValidationError) -> Text | str:
    """Return the first message about a single value: marshmallow keeps one, or a list of them."""
    return flat(wrong.messages)[""][0]


def said_text(text: Any, *, field: str, length: int) -> str:
    """Return a text that stands by itself, as a field keeps it; `InvalidInput` names `field`."""
    try:
        found = TextValue(length=length, pattern=None, required=True).deserialize(text)
    except ValidationError as wrong:
        raise InvalidInput({field: [first_said(wrong)]}) from None
    return str(found)


def flat(messages: Any, place: str = "") -> dict[str, list[Text | str]]:
    """Return nested messages by their place: {"lines": {0: {"price": […]}}} → lines.0.price."""
    if isinstance(messages, Mapping):
        found: dict[str, list[Text | str]] = {}
        for key, inner in messages.items():
            where = place if key == "_schema" else f"{place}.{key}".lstrip(".")
            found |= flat(inner, where)
        return found
    return {place: list(messages) if isinstance(messages, list) else [messages]}


def _partial(schema: Schema, *, partial: bool) -> Any:
    """Only the record itself may be partial: a line is always given whole."""
    return tuple(schema.fields) if partial else False
