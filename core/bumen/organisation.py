"""Who stands where in a company: asked of the department that keeps its employees.

The host knows people who sign in; departments, posts and superiors are master data. Whoever needs
them (approvals, record rules) asks here and gets along without an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from bumen.hooks import hookspec
from bumen.unit_of_work import ask


@dataclass(frozen=True, kw_only=True)
class Position:
    """A position is where somebody stands in the company of the unit of work.

    `superior` and `manager` are ids of users: the own superior, and who manages the department
    (of the department above, where it is oneself). The texts are labels of records; `record` is the
    employee, to be led to.
    """

    user_id: int
    employee: str
    department: str = ""
    post: str = ""
    region: str = ""
    superior: int | None = None
    manager: int | None = None
    superior_name: str = ""
    record: Any = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Reach:
    """A reach is whose records count as somebody's own, and what lies further: queries of ids.

    `people` are the employees who are oneself or below, `colleagues` those of the own departments
    and below, `departments` these departments, `regions` the own regions and below.
    """

    people: Select[Any]
    colleagues: Select[Any]
    departments: Select[Any]
    regions: Select[Any]


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation is as what departments and regions are kept: models with a resource."""

    department: type[Any]
    region: type[Any]


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Whereabouts are the departments and regions somebody works in, and those above: ids."""

    departments: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()


@hookspec
def bumen_organisation() -> Organisation | None:
    """Tell which models departments and regions are, for settings that name some of them.

    Asked by the forms of such settings. The first answer wins.
    """


@hookspec
def bumen_whereabouts_of(user_id: int) -> Whereabouts | None:
    """Tell in which departments and regions a user (its id) works, with all that lie above.

    Asked when a rule of the company counts for some of them only. The first answer wins.
    """


@hookspec
def bumen_reach_of(user_id: int) -> Reach | None:
    """Tell how far a user (its id) reaches: queries for employees, departments and regions.

    Asked for every list of records that belong to somebody. Only builds queries, runs none. The
    first answer wins.
    """


@hookspec
def bumen_position_of(user_id: int) -> Position | None:
    """Tell where a user (its id) stands in the company; None for somebody who is not known.

    Asked when somebody's superior, department or region counts. The first answer wins.
    """


@hookspec
def bumen_positions_of(user_ids: Collection[int]) -> Mapping[int, Position] | None:
    """Tell where several users (their ids) stand, by id, however many they are in one go.

    Asked by lists of people; who manages a department need not be told. Answers add up.
    """


def positions_of(user_ids: Collection[int]) -> dict[int, Position]:
    """Return where people stand, by the ids of their users; who is not known is left out."""
    found: dict[int, Position] = {}
    for answer in ask(bumen_positions_of, user_ids=user_ids):
        found = {**answer, **found}
    return found


def organisation() -> Organisation | None:
    """Return as what departments and regions are kept; None when no department keeps any."""
    answers: list[Organisation] = ask(bumen_organisation)
    return answers[0] if answers else None


def whereabouts_of(user_id: int) -> Whereabouts:
    """Return where somebody works; nowhere when no department knows."""
    answers: list[Whereabouts] = ask(bumen_whereabouts_of, user_id=user_id)
    return answers[0] if answers else Whereabouts()


def position_of(user_id: int) -> Position | None:
    """Return where somebody stands; None when no department knows."""
    answers: list[Position] = ask(bumen_position_of, user_id=user_id)
    return answers[0] if answers else None


def superiors_of(user_id: int) -> Iterator[int]:
    """Yield the users above somebody, nearest first; ends at the top and on a circle."""
    passed = {user_id}
    position = position_of(user_id)
    while position and position.superior is not None and position.superior not in passed:
        yield position.superior
        passed.add(position.superior)
        position = position_of(position.superior)
