"""A mapping read from its file; every mistake in it is named with its place."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from bumen.exchange.dates import DATE_WORDS, read_moment
from bumen.exchange.errors import FileIsMissing, MappingIsWrong
from bumen.exchange.mapping import Existing, FieldMapping, LinesMapping, Mapping, Repeated
from bumen.exchange.sections import Mistakes, Section
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

MAX_MAPPING = 1_000_000

_SOURCES = ("column", "template", "constant")
_NO_FOLDERS = re.compile(r"(?!\.{1,2}$)[^/\\\0:]+")


def read_mapping(path: Path | str) -> Mapping:
    """Read a mapping file; `MappingIsWrong` names every mistake at its place."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = tomllib.loads(file.read(MAX_MAPPING).decode("utf-8-sig"))
    except OSError:
        raise FileIsMissing(path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise MappingIsWrong({"": [str(wrong)]}, file=path.name) from None
    return mapping_from(content, name=path.name)


def mapping_from(content: dict[str, Any], *, name: str) -> Mapping:
    """Make a mapping of what its file says."""
    mistakes: Mistakes = {}
    top = Section(content, mistakes=mistakes)
    mapping = Mapping(
        name=name,
        resource=top.required("resource"),
        key=top.texts("key"),
        existing=Existing(top.one_of("existing", [*Existing]) or Existing.REFUSE),
        repeated=Repeated(top.one_of("repeated", [*Repeated]) or Repeated.REFUSE),
        group_by=top.texts("group_by"),
        null=frozenset({"", *top.texts("null")}),
        encoding=top.text("encoding"),
        delimiter=top.text("delimiter"),
        sheet=top.text("sheet"),
        fields=_fields(top),
        lines=tuple(_lines(section) for section in top.sections("lines")),
    )
    top.close()
    if mistakes:
        raise MappingIsWrong(mistakes, file=name)
    return mapping


def _fields(section: Section) -> tuple[FieldMapping, ...]:
    found = tuple(_field(one) for one in section.sections("fields", short="column"))
    if not section.has("fields"):
        section.mistake("fields", _("Say here which column becomes which field."))
    return found


def _field(section: Section) -> FieldMapping:
    decimal = section.one_of("decimal", [".", ","]) or "."
    thousands = section.one_of("thousands", [".", ",", " ", "'", ""])
    found = FieldMapping(
        target=section.name,
        place=section.place,
        column=section.text("column"),
        template=section.text("template"),
        constant=section.scalar("constant"),
        default=section.scalar("default"),
        dates=section.texts("dates", check=_wrong_date_format),
        decimal=decimal,
        thousands=({".": ",", ",": "."}[decimal] if thousands is None else thousands),
        fraction=section.flag("fraction"),
        choices=section.table("choices"),
        resource=section.text("resource"),
        by=section.text("by"),
    )
    if sum(section.has(source) for source in _SOURCES) != 1:
        section.mistake("", _("Say exactly one of “column”, “template” and “constant”."))
    if found.thousands == decimal:
        section.mistake("thousands", _("This cannot be the decimal sign as well."))
    section.close()
    return found


def _lines(section: Section) -> LinesMapping:
    found = LinesMapping(
        name=section.name,
        place=section.place,
        file=section.text("file"),
        match={theirs: str(ours) for theirs, ours in section.table("match").items()},
        encoding=section.text("encoding"),
        delimiter=section.text("delimiter"),
        sheet=section.text("sheet"),
        fields=_fields(section),
    )
    if found.file is not None and not _NO_FOLDERS.fullmatch(found.file):
        section.mistake("file", _("Name a file that lies beside the first one, without a folder."))
    if bool(found.file) != bool(found.match):
        section.mistake("match", _("A second file needs “match”, and only a second file does."))
    section.close()
    return found


def _wrong_date_format(text: str) -> Text | None:
    """Refuse what reads no date: it must give a year, and read what it has written itself."""
    if text in DATE_WORDS:
        return None
    day = date(2026, 11, 21)
    try:
        again = read_moment(day.strftime(text), formats=[text]).date()
    except (ValueError, re.error):
        again = None
    if again == day:
        return None
    return _(
        "“%(text)s” is no format of dates. Say “iso”, “roc”, or one such as “%(example)s”.",
        text=text,
        example="%d.%m.%Y",
    )
