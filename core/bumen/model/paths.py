"""Fields beyond a record: in its lines, and in what it or they refer to.

`lines.product.category` is the category of the product of any of a document's lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement

from bumen.model.describe import Described, fields_of, lines_of
from bumen.remember import remembered

Test = Callable[[Any], ColumnElement[bool]]
"""Tells what must be true of a column."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step leads from a model to another: to its lines, or to what it refers to."""

    name: str
    target: type[Any]
    to_lines: bool


@dataclass(frozen=True, kw_only=True)
class Path:
    """A path leads from a model to a field, in so many steps; none for a field of its own."""

    name: str
    steps: tuple[Step, ...]
    field: Described

    @property
    def in_lines(self) -> bool:
        """Whether it leads through a document's lines."""
        return any(step.to_lines for step in self.steps)

    @property
    def to_lines(self) -> tuple[Step, ...]:
        """The steps as far as a document's lines; none where it does not lead through lines."""
        places = [place for place, step in enumerate(self.steps, 1) if step.to_lines]
        return self.steps[: places[0]] if places else ()

    @property
    def from_lines(self) -> Path:
        """The path as it goes on from a line."""
        return replace(self, steps=self.steps[len(self.to_lines) :])

    @property
    def described(self) -> Described:
        """The field it leads to, under the name of the path."""
        return replace(self.field, name=self.name, key=self.name) if self.steps else self.field


@remembered
def path_of(model: type[Any], name: str) -> Path:
    """Return the path of that name from a model; KeyError where it leads nowhere."""
    *names, last = name.split(".")
    steps: list[Step] = []
    here = model
    for one in names:
        steps.append(_step(here, one))
        here = steps[-1].target
    return Path(name=name, steps=tuple(steps), field=fields_of(here)[last])


def reached(model: type[Any], path: Path, test: Test) -> ColumnElement[bool]:
    """Return whether a record leads to a value that passes the test."""
    return _reached(model, path.steps, path.field.key, test)


def unreached(model: type[Any], path: Path) -> ColumnElement[bool]:
    """Return whether a record leads to no value: the last field, or the way to it, is empty.

    Where the path leads through lines, whether one of them does.
    """
    if path.steps and path.steps[0].to_lines:
        rest = replace(path, steps=path.steps[1:])
        relation = getattr(model, path.steps[0].name)
        found: ColumnElement[bool] = relation.any(unreached(path.steps[0].target, rest))
        return found
    return ~reached(model, path, lambda column: column.is_not(None))


def _step(model: type[Any], name: str) -> Step:
    if name in (owned := lines_of(model)):
        return Step(name=name, target=owned[name], to_lines=True)
    target = fields_of(model)[name].target
    if target is None:
        raise KeyError(name)
    return Step(name=name, target=target, to_lines=False)


def _reached(model: Any, steps: Sequence[Step], key: str, test: Test) -> ColumnElement[bool]:
    if not steps:
        return test(getattr(model, key))
    first, relation = steps[0], getattr(model, steps[0].name)
    inner = _reached(first.target, steps[1:], key, test)
    found: ColumnElement[bool] = relation.any(inner) if first.to_lines else relation.has(inner)
    return found
