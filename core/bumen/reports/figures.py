"""Figures: one number with a name, told for a period, for everybody or for one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.types import Integer, TypeEngine

from bumen.i18n import Text
from bumen.listing import Condition, Days, Listing, exact_sum, wheres_of, within
from bumen.model.describe import fields_of
from bumen.model.paths import path_of, reached
from bumen.reports.dimensions import hidden_paths
from bumen.resource import Resource
from bumen.scopes import Scope
from bumen.unit_of_work import current, today
from bumen.visibility import as_seen


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose number is meant: a person's or a department's, by id; else the company's."""

    person_id: int | None = None
    department_id: int | None = None

    @property
    def is_everybodys(self) -> bool:
        """Whether the whole company is meant."""
        return self.person_id is None and self.department_id is None


EVERYBODYS = Whose()
Target = Callable[[Days, Whose], Decimal | None]
"""Tells what should be reached in a span of days, and by whom; None where nobody has said."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """A figure is a number with a name, and a sentence that says what it counts.

    It is the sum of `of` (an amount, a quantity, a number of the record's), or, without it, the
    number of records, of those that fulfil `only` and whose `day` lies in the period. Without a
    `day` it is a balance: what there is now, such as what customers owe. `past` is a day that must
    have passed, such as the day something was due. `person` and
    `department` lead from a record to whom and where it counts for, as in `salesperson` and
    `salesperson.department`. `target` tells what should be reached in which days, and by whom: the
    company, a department, a person. `less_is_better` of complaints and costs.
    """

    name: str
    title: Text
    in_words: Text
    resource: type[Resource]
    day: str = ""
    of: str = ""
    only: Sequence[Condition] = ()
    past: str = ""
    person: str = ""
    department: str = ""
    target: Target | None = None
    less_is_better: bool = False

    @property
    def key(self) -> str:
        """What it is called among all: `sales.turnover`."""
        return f"{self.resource.plugin()}.{self.name}"

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What is true of the records that count, seen from today."""
        if not self.past:
            return tuple(self.only)
        return (*self.only, Condition(field=self.past, operator="lt", value=today().isoformat()))

    @property
    def is_balance(self) -> bool:
        """Whether it tells what there is now, and not what came about in a period."""
        return not self.day

    def is_alike(self, other: Figure) -> bool:
        """Whether another is told of the same records by the same day, so by one statement."""
        mine = (self.resource, self.day, tuple(self.only), self.past)
        return mine == (other.resource, other.day, tuple(other.only), other.past)

    @property
    def stored(self) -> TypeEngine[Any]:
        """The type of its number as a field would have it."""
        return fields_of(self.resource.model)[self.of].column.type if self.of else Integer()


def is_seen(figure: Figure, whose: Whose = EVERYBODYS) -> bool:
    """Whether whoever works now sees the fields a figure is made of, and what says whose it is."""
    names = {figure.day, figure.past, figure.of, *(one.field for one in figure.only)}
    names |= {figure.person} if whose.person_id is not None else set()
    names |= {figure.department} if whose.department_id is not None else set()
    return not hidden_paths(figure.resource, names - {""})


def is_seen_whole(figure: Figure) -> bool:
    """Whether whoever works now sees the records of the whole company that it counts."""
    unit, resource = current(), figure.resource
    if resource.scope is None or unit.user is None:
        return True
    return unit.may(Scope.COMPANY, resource.permission())


def figure_in(figure: Figure, days: Days, *, whose: Whose = EVERYBODYS) -> Select[Decimal]:
    """Select what a figure comes to in a span of days: for everybody, a person, a department."""
    query = chosen(figure, number_of(figure), days)
    return query.where(*(of_whom(figure, path, ident) for path, ident in paths_of(figure, whose)))


def paths_of(figure: Figure, whose: Whose) -> Iterator[tuple[str, int]]:
    """Yield by which paths, and to which ids, records lead that are counted for somebody."""
    if whose.person_id is not None:
        yield figure.person, whose.person_id
    if whose.department_id is not None:
        yield figure.department, whose.department_id


def chosen(figure: Figure, what: Any, days: Days) -> Select[Any]:
    """Select something of the records that count in these days, of those that are seen."""
    resource = as_seen(figure.resource)
    listing = Listing(conditions=figure.conditions)
    wheres = [*wheres_of(resource, listing)]
    wheres += [] if figure.is_balance else [within(resource, figure.day, days)]
    return select(what).select_from(resource.model).where(*wheres)


def number_of(figure: Figure) -> Any:
    """Return what is added up, or counted."""
    model = figure.resource.model
    return exact_sum(getattr(model, figure.of)) if figure.of else func.count(model.id)


def of_whom(figure: Figure, path: str, ident: int) -> Any:
    """Return what is true of the records that count for a person, or for a department."""
    if not path:
        raise ValueError(f"{figure.key} is nobody's in particular")
    model = figure.resource.model
    return reached(model, path_of(model, path), lambda column: column == ident)
