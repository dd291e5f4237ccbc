"""Putting checked values into records and their lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from bumen.errors import InvalidInput
from bumen.i18n import Text, translator
from bumen.model.describe import Kind, fields_of
from bumen.records.references import References
from bumen.remember import remembered
from bumen.resource import Lines, Resource

_ = translator(__file__, "bumen")


def started(model: type[Any]) -> Any:
    """Return a new record with its defaults, so that services find them already."""
    record = model()
    for name, value in _defaults(model):
        setattr(record, name, value)
    return record


@remembered
def _defaults(model: type[Any]) -> tuple[tuple[str, Any], ...]:
    mapper: Mapper[Any] = inspect(model)
    defaults = ((name, column.default) for name, column in mapper.columns.items())
    return tuple(
        (name, default.arg)
        for name, default in defaults
        if isinstance(default, ScalarElementColumnDefault)
    )


def fill(
    record: Any, resource: type[Resource], given: Mapping[str, Any], references: References
) -> None:
    """Set everything that is given on a record, its lines included."""
    _set(record, resource.model, given, references)
    for lines in filled_lines(resource, given):
        _fill_lines(record, lines, given[lines.name], references)


def filled_lines(resource: type[Resource], given: Mapping[str, Any]) -> list[type[Lines]]:
    """Return the kinds of lines that are given."""
    return [lines for lines in resource.lines if lines.name in given]


def _set(record: Any, model: type[Any], given: Mapping[str, Any], references: References) -> None:
    for described in fields_of(model).values():
        if described.key not in given:
            continue
        value = given[described.key]
        if described.kind is Kind.REFERENCE:
            setattr(record, described.name, references.get(described, value))
        if value is not None or described.column.nullable or described.about.filled:
            setattr(record, described.key, value)


def _fill_lines(
    record: Any, lines: type[Lines], given: list[dict[str, Any]], references: References
) -> None:
    """Match lines by id within this document only; a foreign id does not exist here."""
    there = {line.id: line for line in getattr(record, lines.name) if line.id is not None}
    kept: list[Any] = []
    wrong: dict[str, list[Text | str]] = {}
    for place, values in enumerate(given):
        ident = values.get("id")
        line = started(lines.model) if ident is None else there.pop(ident, None)
        if line is None:
            wrong[f"{lines.name}.{place}.id"] = [_("There is no such line in this document.")]
            continue
        _set(line, lines.model, values, references)
        line.position = place
        kept.append(line)
    if wrong:
        raise InvalidInput(wrong)
    setattr(record, lines.name, kept)
