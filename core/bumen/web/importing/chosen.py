"""What was chosen on the page on which columns are matched to fields, as a mapping says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bumen.errors import InvalidInput
from bumen.i18n import Text, translator
from bumen.web.importing.matching import BETWEEN
from bumen.web.importing.said import Content, is_other, plain, said_of

_ = translator(__file__, "bumen")

_KEPT = ("resource", "encoding", "delimiter", "sheet")
_KEPT_OF_LINES = ("file", "encoding", "delimiter", "sheet")
_NOT_ASKED = ("choices", "resource")
_BETWEEN_WORDS = re.compile(r"[,，、;；]")
Headers = Mapping[str, Sequence[str]]
"""The columns of second files, by the lines that come from them."""


def content_sent(
    sent: Any, *, before: Content | None, header: Sequence[str], seconds: Headers
) -> Content:
    """Return the mapping that was chosen on the page; what it does not ask for stays as it was."""
    old = dict(said_of(before or {}))
    content: Content = {name: value for name, value in (before or {}).items() if name in _KEPT}
    content |= {"fields": {}}
    wrong: dict[str, list[Text]] = {}
    for place, name, said in _every(sent, old, header, seconds):
        if not _put(content, name, said):
            wrong[place] = [_("Another column becomes this field already.")]
    for name, said in old.items():
        if is_other(said) and f"without.{name}" not in sent:
            _put(content, name, said)
    if wrong:
        raise InvalidInput(wrong)
    for lines, columns in seconds.items():
        told = (before or {}).get("lines", {}).get(lines, {})
        if columns:
            _set_apart(content, lines, sent, told)
        else:  # the file cannot be read yet
            content.setdefault("lines", {})[lines] = told
    content |= _choices(sent, header)
    return content


def _every(
    sent: Any, old: Mapping[str, Content], header: Sequence[str], seconds: Headers
) -> Iterator[tuple[str, str, Content]]:
    """Yield what every column of every file becomes, with its place on the page, and constants."""
    for lines, columns in {"": header, **seconds}.items():
        yield from _chosen(sent, old, columns, f"{lines}/" if lines else "")
    constants = zip(sent.getlist("constant_field"), sent.getlist("constant_value"), strict=False)
    for name, value in constants:
        if name and value:
            yield "constants", name, {"constant": value}


def _set_apart(content: Content, lines: str, sent: Any, before: Content) -> None:
    """Say which file lines come from, how it is read, and which columns belong together."""
    told = content.setdefault("lines", {}).setdefault(lines, {"fields": {}})
    told |= {name: before[name] for name in _KEPT_OF_LINES if name in before}
    pairs = zip(sent.getlist(f"{lines}/theirs"), sent.getlist(f"{lines}/ours"), strict=False)
    told["match"] = {theirs: ours for theirs, ours in pairs if theirs and ours}


def _choices(sent: Any, header: Sequence[str]) -> Content:
    """Return what is to become of records that are there, and of rows that belong together."""
    found: Content = {"existing": sent.get("existing", "refuse")}
    if sent.get("repeated", "refuse") != "refuse":
        found["repeated"] = sent["repeated"]
    if keys := [name for name in sent.getlist("key") if name]:
        found["key"] = keys
    if group := [name for name in sent.getlist("group") if name in header]:
        found["group_by"] = group
    if null := _words(sent.get("null", "")):
        found["null"] = null
    return found


def _chosen(
    sent: Any, old: Mapping[str, Content], header: Sequence[str], before: str
) -> Iterator[tuple[str, str, Content]]:
    for number, column in enumerate(header):
        place = f"{before}to.{number}"
        if column and (name := sent.get(place, "")):
            was = old.get(name, {})
            same = was.get("column") == column
            kept = {k: v for k, v in was.items() if same and k in _NOT_ASKED}
            asked = _settings(sent, f"{before}{{}}.{number}", was if same else None)
            yield place, name, {"column": column, **kept, **asked}


def _settings(sent: Any, place: str, was: Content | None) -> Content:
    """Return how a column is read; what depends on its field counts while that is the same."""
    found: Content = {}
    if value := sent.get(place.format("default"), ""):
        found["default"] = value
    if value := sent.get(place.format("dates"), ""):
        found["dates"] = value.split(BETWEEN)
    number = sent.get(place.format("number"), "")
    if number[:1] in (".", ",") and number not in ("", ".,"):
        found["decimal"] = number[0]
        found |= {} if number == ",." else {"thousands": number[1:]}
    if place.format("fraction") in sent:
        found["fraction"] = True
    if was is not None:
        found |= {"by": by} if (by := sent.get(place.format("by"), "")) else {}
        found |= _codes(sent, place.format("codes"), was.get("choices") or {})
    return found


def _codes(sent: Any, place: str, before: Content) -> Content:
    """Return which words of the file mean what; nothing where the page did not ask."""
    asked = {name[len(place) + 1 :]: name for name in sent if name.startswith(f"{place}.")}
    if not asked:
        return {}
    typed = {"true": True, "false": False}
    found = {code: value for code, value in before.items() if plain(value) not in asked}
    for value, name in asked.items():
        found |= dict.fromkeys(_words(sent[name]), typed.get(value, value))
    return {"choices": found or None}


def _words(text: str) -> list[str]:
    return [word for one in _BETWEEN_WORDS.split(text) if (word := one.strip())]


def _put(content: Content, name: str, said: Content) -> bool:
    """Put a field into a mapping; False when it is there already."""
    lines, dot, inner = name.partition(".")
    place = content["fields"]
    if dot:
        every = content.setdefault("lines", {})
        place = every.setdefault(lines, {"fields": {}})["fields"]
    if (inner or lines) in place:
        return False
    place[inner or lines] = {key: value for key, value in said.items() if value is not None}
    return True
