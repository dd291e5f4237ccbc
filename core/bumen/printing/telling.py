"""What a template is told of a record: texts in the reader's language, and nothing that acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bumen.formats import Formats
from bumen.model import OF_EVERY_RECORD
from bumen.model.describe import Described, Kind, fields_of
from bumen.printing.capitals import in_capitals
from bumen.printouts import Printout
from bumen.reading import sums_of
from bumen.resource import Lines, Resource
from bumen.values import Choice, MoneyType
from bumen.visibility import as_seen, hidden_beyond, whole_of

_NUMBERS = {Kind.NUMBER, Kind.DECIMAL}
_KEPT_ASIDE = OF_EVERY_RECORD | {"state"}
"""What a record keeps for itself, and a paper of everything does not show."""


def told_of(
    resource: type[Resource], record: Any, printout: Printout, *, formats: Formats
) -> dict[str, Any]:
    """Return what a template is told of a record: as whoever prints it may see it.

    What is hidden is empty, so that a template may name it all the same.
    """
    narrowed, whole = as_seen(resource, record), fields_told(whole_of(resource))
    fields = {name: whole[name] for name in fields_told(narrowed)}
    sums = [name for name in sums_of(narrowed) if name in fields]
    empty = dict.fromkeys(whole, "")
    doc = empty | {name: _text(one, record, formats) for name, one in fields.items()}
    more = printout.values(record) if printout.values is not None else {}
    return {
        "name": str(record),
        "doc": doc,
        "label": {name: str(one.about.label) for name, one in whole.items()},
        "facts": [_named(fields[one], doc[one]) for one in _facts(fields, doc, without=sums)],
        "sums": [_named(fields[one], doc[one]) for one in sums],
        "exact": dict.fromkeys(whole) | {name: _exact(one, record) for name, one in fields.items()},
        "capitals": empty | _capitals(fields.values(), record, formats),
        "lines": _tables(narrowed, record, formats),
        "of": _beyond(narrowed, record, printout.also, formats),
        **{name: plain(value, formats) for name, value in more.items()},
    }


def plain(value: Any, formats: Formats) -> Any:
    """Return a value as a template may have it: texts, whole numbers, lists of them; no objects."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Choice):
        return str(value.label)
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return formats.amount(value)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Mapping):
        return {str(name): plain(one, formats) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, formats) for one in value]
    return str(value)


def fields_told(resource: type[Resource]) -> dict[str, Described]:
    """Return the fields of a record that a template is told of."""
    every = fields_of(resource.model)
    return {
        name: every[name]
        for name in resource.shown()
        if not every[name].about.secret and every[name].kind is not Kind.PICTURE
    }


def _facts(
    fields: Mapping[str, Described], doc: Mapping[str, str], *, without: Iterable[str]
) -> list[str]:
    """Return what a paper of everything shows above the lines: whatever says something."""
    hidden = _KEPT_ASIDE.union(without)
    return [name for name in fields if name not in hidden and doc[name]]


def _named(field: Described, text: str) -> dict[str, str]:
    return {"name": field.name, "label": str(field.about.label), "text": text}


def _text(field: Described, record: Any, formats: Formats, *, in_line: bool = False) -> str:
    value = getattr(record, field.name)
    return "" if value in (None, "") else formats.value(field, value, in_line=in_line)


def _exact(field: Described, record: Any) -> Any:
    """Return a value as programs write it, for templates that ask whether there is any."""
    value = getattr(record, field.name)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal | date):
        return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()
    return value if isinstance(value, int) else str(getattr(value, "value", value))


def _capitals(fields: Iterable[Described], record: Any, formats: Formats) -> dict[str, str]:
    """Return every amount of money written out, in languages that do so."""
    return {
        one.name: in_capitals(amount, currency=formats.currency, language=formats.language)
        for one in fields
        if isinstance(one.column.type, MoneyType)
        and (amount := getattr(record, one.name)) is not None
    }


def _tables(narrowed: type[Resource], record: Any, formats: Formats) -> dict[str, Any]:
    """Return the tables of a record's lines; one that is hidden has no rows."""
    seen = {one.name: one for one in narrowed.lines}
    every = whole_of(narrowed).lines
    return {one.name: _table(one, seen.get(one.name), record, formats) for one in every}


def _table(
    whole: type[Lines], seen: type[Lines] | None, record: Any, formats: Formats
) -> dict[str, Any]:
    known = fields_of(whole.model)
    names = (*seen.fields, *seen.shown) if seen else ()
    rows = getattr(record, whole.name) if seen else ()
    written = [_column(known[name], rows, formats) for name in names]
    empty = dict.fromkeys((*whole.fields, *whole.shown), "")
    return {
        "title": str(whole.title),
        "columns": [
            {
                "name": name,
                "label": str(known[name].about.label),
                "is_number": known[name].kind in _NUMBERS,
            }
            for name in names
        ],
        "rows": [
            empty | dict(zip(names, told, strict=True)) for told in zip(*written, strict=True)
        ],
        "exact": [
            dict.fromkeys(empty) | {name: _exact(known[name], row) for name in names}
            for row in rows
        ],
    }


def _column(column: Described, rows: Sequence[Any], formats: Formats) -> list[str]:
    """Write a column of a table; amounts below each other have the same number of places."""
    if not isinstance(column.column.type, MoneyType):
        return [_text(column, row, formats, in_line=True) for row in rows]
    amounts = [getattr(row, column.name) for row in rows]
    whole = formats.counts_whole(one for one in amounts if one is not None)
    return ["" if one is None else formats.amount(one, whole=whole) for one in amounts]


def _beyond(
    resource: type[Resource], record: Any, also: Sequence[str], formats: Formats
) -> dict[str, dict[str, str]]:
    """Return what `also` names of what the record refers to: "" for what is hidden or not there."""
    hidden, told = hidden_beyond(resource, also), dict[str, dict[str, str]]()
    for path in also:
        reference, _dot, name = path.partition(".")
        other = getattr(record, reference, None)
        shown = other is not None and path not in hidden and reference in resource.shown()
        text = _text(fields_of(type(other))[name], other, formats) if shown else ""
        told.setdefault(reference, {})[name] = text
    return told
