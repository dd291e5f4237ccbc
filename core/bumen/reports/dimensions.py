"""What an analysis offers whoever reads it: its dimensions one by one, and its measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Integer
from sqlalchemy.types import TypeEngine

from bumen.i18n import Text
from bumen.listing import Span
from bumen.model.describe import Kind
from bumen.model.paths import Path, path_of
from bumen.remember import remembered
from bumen.reports.analyses import Analysis, Measure, Working
from bumen.resource import READ, Resource
from bumen.unit_of_work import current
from bumen.visibility import hidden_beyond, hidden_fields

_PLAIN = {Kind.CHOICE, Kind.REFERENCE, Kind.FLAG, Kind.TEXT}
_TIMES = {Kind.DATE, Kind.MOMENT}
_SPANS = (Span.MONTH, Span.QUARTER, Span.YEAR, Span.DAY)
RECORD = "id"
"""The dimension that every analysis has: its records one by one."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key is what records are gathered by: a field somewhere, days and moments by a span."""

    path: Path
    label: Text
    span: Span | None = None

    @property
    def name(self) -> str:
        """What an address calls it: `lines.product`, `ordered_on.month`."""
        return f"{self.path.name}.{self.span}" if self.span else self.path.name

    @property
    def kind(self) -> Kind:
        """What sort of value records are gathered by."""
        return self.path.field.kind


def dimensions_of(analysis: Analysis) -> Mapping[str, Key]:
    """Return by what whoever works now may gather the records, by name."""
    every = every_dimension(analysis)
    names = {key.path.name: {key.path.name} for key in every.values()}
    names[RECORD] = set(analysis.resource.model.named_by)
    hidden = hidden_paths(analysis.resource, set().union(*names.values()))
    return {
        name: key
        for name, key in every.items()
        if not names[key.path.name] & hidden and _may_look(key.path)
    }


def measures_of(analysis: Analysis) -> Mapping[str, Measure]:
    """Return what whoever works now may have measured, by name."""
    sources = {name for one in analysis.measures for name in (one.of, one.in_lines) if name}
    hidden = hidden_paths(analysis.resource, sources)
    return {one.name: one for one in analysis.measures if not {one.of, one.in_lines} & hidden}


def stored_type(analysis: Analysis, measure: Measure) -> TypeEngine[Any]:
    """Return the type of a measure as a field would have it."""
    if measure.working is Working.COUNT:
        return Integer()
    return path_of(analysis.resource.model, measure.of).field.column.type


def hidden_paths(resource: type[Resource], names: set[str]) -> frozenset[str]:
    """Return which paths lead by fields that whoever works now does not see."""
    if not current().field_rules():
        return frozenset()
    own = hidden_fields(resource)
    mine = {one for one in names if {".".join(part) for part in _beginnings(one)} & own}
    return frozenset(mine) | hidden_beyond(resource, names)


@remembered
def every_dimension(analysis: Analysis) -> Mapping[str, Key]:
    """Return all that an analysis may be gathered by, whoever reads it."""
    found: dict[str, Key] = {}
    for one in analysis.dimensions:
        path = path_of(analysis.resource.model, one.path)
        label = one.label or path.field.about.label
        found.update((key.name, key) for key in _of(path, label))
    found[RECORD] = _records(analysis.resource)
    return MappingProxyType(found)


def _records(resource: type[Resource]) -> Key:
    """Return the key of the records themselves: a number is told by what it is made of."""
    path = path_of(resource.model, RECORD)
    itself = replace(path.field, kind=Kind.REFERENCE, target=resource.model)
    return Key(path=replace(path, field=itself), label=resource.title)


def _of(path: Path, label: Text) -> Iterator[Key]:
    if path.field.kind in _PLAIN:
        yield Key(path=path, label=label)
    elif path.field.kind in _TIMES:
        yield from (Key(path=path, label=label, span=span) for span in _SPANS)
    else:
        raise ValueError(f"{path.name}: records cannot be gathered by it")


def _beginnings(name: str) -> Iterator[list[str]]:
    parts = name.split(".")
    return (parts[:far] for far in range(1, len(parts) + 1))


def _may_look(path: Path) -> bool:
    """Whether somebody may read what a path looks into, where another resource shows it."""
    unit = current()
    others = (unit.neighbours.resource_of(step.target) for step in path.steps if not step.to_lines)
    return all(other is None or unit.may(READ, other.permission()) for other in others)
