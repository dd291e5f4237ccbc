"""What the rows of a list may be gathered by: a choice, a reference, a flag, a span of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bumen.model.describe import Described, Kind, fields_of
from bumen.remember import remembered
from bumen.resource import Resource

_PLAIN = {Kind.CHOICE, Kind.REFERENCE, Kind.FLAG}
_TIMES = {Kind.DATE, Kind.MOMENT}


class Span(StrEnum):
    """How far the days reach that are gathered into one group."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class GroupKey:
    """A key is a field rows are gathered by; days and moments by a span of time."""

    field: Described
    span: Span | None = None

    @property
    def name(self) -> str:
        """What an address calls it: `state`, `ordered_on.month`."""
        return f"{self.field.name}.{self.span}" if self.span else self.field.name


@remembered
def group_keys(resource: type[Resource]) -> Mapping[str, GroupKey]:
    """Return what a list may be grouped by: what is declared, or all that makes sense.

    Days and moments are offered by month, quarter, year and day, where no span is named.
    """
    names = resource.grouped or (*resource.filtered(), *resource.columns)
    return _keys(resource, tuple(names))


@remembered
def every_group_key(resource: type[Resource]) -> Mapping[str, GroupKey]:
    """Return what a list may be grouped by, and what its views gather by."""
    by = [view.by for view in resource.views if hasattr(view, "by")]
    return MappingProxyType({**_keys(resource, tuple(by)), **group_keys(resource)})


def fields_grouped(resource: type[Resource]) -> list[str]:
    """Return the names of the fields a list or its views may be grouped by."""
    return list(dict.fromkeys(key.field.name for key in every_group_key(resource).values()))


def _keys(resource: type[Resource], names: tuple[str, ...]) -> Mapping[str, GroupKey]:
    known = fields_of(resource.model)
    found: dict[str, GroupKey] = {}
    for name in names:
        field, _dot, span = name.partition(".")
        if not known[field].about.secret:
            found.update((key.name, key) for key in _of(known[field], span))
    return MappingProxyType(found)


def _of(field: Described, span: str) -> Iterator[GroupKey]:
    if field.kind in _PLAIN and not span:
        yield GroupKey(field=field)
    if field.kind in _TIMES:
        spans = [Span(span)] if span else [Span.MONTH, Span.QUARTER, Span.YEAR, Span.DAY]
        yield from (GroupKey(field=field, span=one) for one in spans)
