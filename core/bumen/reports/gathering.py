"""Records gathered by dimensions, as one SELECT of both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased, load_only

from bumen.listing import (
    Days,
    Listing,
    RoughSum,
    exact_sum,
    exact_whole,
    true_of_line,
    wheres_of,
    within,
    written,
)
from bumen.model.describe import Kind, naming_columns
from bumen.model.paths import Path, Step, path_of
from bumen.reports.analyses import Working
from bumen.reports.dimensions import Key
from bumen.reports.questions import Checked
from bumen.unit_of_work import current
from bumen.visibility import as_seen

COUNT = "count"
_MANY = {Kind.REFERENCE, Kind.TEXT}
"""Kinds that can have any number of values: the largest come first."""


def parts_of(asked: Checked) -> list[str]:
    """Return what is added up for the measures: paths, and `COUNT` for the number of records."""
    found: dict[str, None] = {}
    for measure in asked.measures:
        if measure.working is not Working.COUNT:
            found[measure.source(by_lines=asked.by_lines)] = None
        if measure.working is not Working.SUM:
            found[COUNT] = None
    return list(found)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A reading is which records are looked at, and which groups come before larger ones.

    `days` limit the records beside the listing; `first` are values of the first key.
    """

    listing: Listing
    days: Days | None = None
    first: frozenset[Any] = frozenset()


def gathered(
    asked: Checked, keys: Sequence[Key], reading: Reading, *, limit: int, with_whole: bool = False
) -> Select[Any]:
    """Select a row for each group of records: what its keys refer to, their values, the parts.

    The records are those that whoever works now sees; where lines are looked at, only those of
    them that the conditions on lines are true of. Where a key can have any number of values,
    the largest groups come first; of days, the latest. `with_whole` has each row tell what all
    groups come to, those beyond the limit as well.
    """
    resource = as_seen(asked.analysis.resource)
    narrowed = [one for one in reading.listing.conditions if asked.is_of_lines(one)]
    in_lines = bool(narrowed) or any(key.path.in_lines for key in keys)
    tree = _Tree(resource.model, only_with_lines=in_lines)
    limits = [true_of_line(resource, one, tree.entity(asked.lines)) for one in narrowed]
    values = [_value(tree.column(key.path), key) for key in keys]
    query = select(*_columns(tree, asked, values, with_whole=with_whole))
    query = query.select_from(resource.model)
    for join, is_outer in tree.joins:
        query = query.join(join, isouter=is_outer)
    query = query.where(*_wheres(asked, reading), *limits).group_by(*values)
    if any(key.kind in _MANY for key in keys):
        leads = [_leads(values[0], reading.first)] if reading.first else []
        query = query.order_by(*leads, _size(tree, parts_of(asked)[0]).desc(), *values)
    elif any(key.span for key in keys):
        query = query.order_by(*(value.desc() for value in values))
    return _with_names(keys, query.limit(limit))


def _columns(
    tree: _Tree, asked: Checked, values: Sequence[Any], *, with_whole: bool
) -> Iterator[Any]:
    """Yield the values of the keys, the parts of a group, and those of all groups."""
    names, by_lines = parts_of(asked), asked.by_lines
    yield from (value.label(f"key_{place}") for place, value in enumerate(values))
    for place, name in enumerate(names):
        yield _part(tree, name, by_lines=by_lines).label(f"part_{place}")
    for place, name in enumerate(names if with_whole else ()):
        yield _whole(tree, name).label(f"whole_{place}")


def _wheres(asked: Checked, reading: Reading) -> list[ColumnElement[bool]]:
    resource = as_seen(asked.analysis.resource)
    rest = [one for one in reading.listing.conditions if not asked.is_of_lines(one)]
    wheres = wheres_of(resource, replace(reading.listing, conditions=tuple(rest)))
    if reading.days is not None:
        wheres.append(within(resource, asked.analysis.day, reading.days))
    return wheres


def _leads(value: Any, first: frozenset[Any]) -> Any:
    """Return what sorts the groups of these values before all others."""
    known = [one for one in first if one is not None]
    is_one = or_(value.in_(known), value.is_(None)) if None in first else value.in_(known)
    return case((is_one, 0), else_=1)


class _Tree:
    """The tables that paths lead by, each joined once."""

    def __init__(self, model: type[Any], *, only_with_lines: bool) -> None:
        self.joins: list[tuple[Any, bool]] = []
        self._known: dict[tuple[str, ...], Any] = {(): model}
        self._only_with_lines = only_with_lines

    def column(self, path: Path) -> Any:
        """Return the column a path leads to."""
        return getattr(self.entity(path.steps), path.field.key)

    def entity(self, steps: Sequence[Step]) -> Any:
        """Return the table that steps lead to."""
        here: tuple[str, ...] = ()
        for step in steps:
            there = (*here, step.name)
            if there not in self._known:
                target = aliased(step.target)
                relation = getattr(self._known[here], step.name).of_type(target)
                is_outer = not (step.to_lines and self._only_with_lines)
                self.joins.append((relation, is_outer))
                self._known[there] = target
            here = there
        return self._known[here]

    @property
    def model(self) -> Any:
        """The model of the records."""
        return self._known[()]


def _value(column: Any, key: Key) -> Any:
    if key.span is None:
        return column
    company = current().company
    zone = company.timezone if company else "UTC"
    return written(column, key.span, zone=zone if key.kind is Kind.MOMENT else None)


def _part(tree: _Tree, name: str, *, by_lines: bool) -> Any:
    if name == COUNT:
        ident = tree.model.id
        return func.count(ident.distinct() if by_lines else ident)
    return exact_sum(tree.column(path_of(tree.model, name)))


def _whole(tree: _Tree, name: str) -> Any:
    """Return what all groups come to together, where that is the sum of its parts."""
    if name == COUNT:
        return func.sum(func.count(tree.model.id)).over()
    return exact_whole(tree.column(path_of(tree.model, name)))


def _size(tree: _Tree, name: str) -> Any:
    """Return how large a group is, near enough to tell the largest."""
    if name == COUNT:
        return func.count()
    return RoughSum(tree.column(path_of(tree.model, name)))


def _with_names(keys: Sequence[Key], counted: Select[Any]) -> Select[Any]:
    """Join what the keys refer to, with just the columns that name it."""
    found = counted.subquery()
    targets = list(_targets(keys))
    query = select(*(target for _place, target in targets), *found.c).select_from(found)
    for place, target in targets:
        query = query.outerjoin(target, target.id == found.c[f"key_{place}"])
        query = query.options(load_only(*naming_columns(target)))
    return query


def _targets(keys: Sequence[Key]) -> Iterator[tuple[int, Any]]:
    for place, key in enumerate(keys):
        if key.path.field.target is not None:
            yield place, aliased(key.path.field.target)
