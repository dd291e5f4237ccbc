"""Mappings under a name: kept for oneself or for everybody, written and read as mapping files."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from sqlalchemy.exc import IntegrityError

from bumen.errors import Forbidden
from bumen.exchange import mapping_from
from bumen.exchange.errors import MappingIsWrong
from bumen.i18n import translator
from bumen.importing.errors import ColumnsAreUnmatched, MappingNameIsTaken
from bumen.imports import Import, KeptMapping
from bumen.imports.finding import mapping_named
from bumen.imports.models import LONGEST_NAME
from bumen.model.accounts import User
from bumen.schema import said_text
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

_BARE = re.compile(r"[A-Za-z0-9_-]+")
Content = dict[str, Any]


def keep_mapping(kept: Import, *, name: str, shared: bool, by: User) -> KeptMapping:
    """Keep the mapping of an import under a name; one's own of that name is written anew."""
    if not kept.mapping:
        raise ColumnsAreUnmatched
    mine = mapping_named(_named(name), resource=kept.resource, user_id=by.id)
    found: KeptMapping = session().scalar(mine) or KeptMapping(
        resource=kept.resource, owner_id=by.id, name=_named(name)
    )
    found.mapping, found.shared = dict(kept.mapping), shared
    try:
        with session().begin_nested():
            session().add(found)
    except IntegrityError:
        raise MappingNameIsTaken(name) from None
    return found


def drop_mapping(mapping: KeptMapping, *, by: User, administers: bool) -> None:
    """Forget a mapping; only who kept it, or an administrator, may."""
    if mapping.owner_id != by.id and not administers:
        raise Forbidden
    session().delete(mapping)
    session().flush()


def content_in(text: bytes, *, name: str) -> Content:
    """Read a mapping file that was sent; `MappingIsWrong` names every mistake at its place."""
    try:
        content = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise MappingIsWrong({"": [str(wrong)]}, file=name) from None
    return content_of(content, name=name)


def content_of(said: Any, *, name: str) -> Content:
    """Look over a mapping that was sent as values; `MappingIsWrong` names every mistake."""
    if not isinstance(said, dict):
        raise MappingIsWrong({"": [_("A mapping is a table.")]}, file=name)
    try:
        mapping_from(said, name=name)
        json.dumps(said, allow_nan=False)
    except (ValueError, TypeError, RecursionError) as wrong:
        raise MappingIsWrong({"": [str(wrong)]}, file=name) from None
    return said


def as_toml(content: Content) -> str:
    """Write a mapping as its file says it."""
    return "\n".join([*_lines(content, ()), ""])


def _lines(content: Content, place: tuple[str, ...]) -> Iterator[str]:
    within = place == ("lines",)
    tables = {
        name: one
        for name, one in content.items()
        if within or (name in _TABLES and place[-1:] != ("fields",))
    }
    for name, value in content.items():
        if name not in tables:
            yield f"{_key(name)} = {_value(value)}"
    for name, inner in tables.items():
        here = (*place, name)
        if here != ("lines",):
            yield ""
            yield f"[{'.'.join(map(_key, here))}]"
        yield from _lines(inner, here)


_TABLES = ("fields", "lines")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else _text(str(value))


def _text(value: str) -> str:
    """Write a text as JSON does: TOML reads it alike, but for one character that JSON leaves."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _named(name: str) -> str:
    return said_text(name, field="name", length=LONGEST_NAME)
