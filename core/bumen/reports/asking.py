"""Whose figures somebody may ask for: the company's, a department's, a person's, the own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from bumen.errors import NotFound
from bumen.model.paths import path_of
from bumen.organisation import Reach, position_of
from bumen.reports.figures import EVERYBODYS, Figure, Whose, is_seen, is_seen_whole
from bumen.scopes import Scope
from bumen.unit_of_work import current, session
from bumen.values import is_record_id
from bumen.visibility import seen_of


def own_person() -> int | None:
    """Return as which person (the id of an employee) whoever works now is counted, if any."""
    user = current().user
    position = None if user is None else position_of(user.id)
    return None if position is None else position.record.id


def whose_is_shown(figure: Figure, *, me: int | None) -> Whose:
    """Return whose target somebody is shown: the company's by who sees all, else the own."""
    if is_seen_whole(figure) or not figure.person:
        return EVERYBODYS
    own = Whose(person_id=me)
    return own if is_seen(figure, own) else EVERYBODYS


def check_may_ask(figure: Figure, whose: Whose) -> None:
    """Refuse to tell what is hidden, and whose records somebody does not see: `NotFound`."""
    if not is_seen(figure, whose):
        raise NotFound
    for path, ident, queries in _asked(figure, whose):
        if not path or not is_record_id(ident):
            raise NotFound
        target = path_of(figure.resource.model, path).field.target
        wheres = [] if target is None else seen_of(target)
        if target is None or not _is_among(select(target.id).where(*wheres), target, ident):
            raise NotFound
        if queries is not None and not any(_is_among(one, target, ident) for one in queries):
            raise NotFound


def _asked(figure: Figure, whose: Whose) -> Iterator[tuple[str, int, list[Any] | None]]:
    """Yield what is asked for, and the queries it must be among; None where all may be asked."""
    everything = is_seen_whole(figure)
    reach = None if everything else _reach()
    if whose.person_id is not None:
        yield figure.person, whose.person_id, None if everything else _people(figure, reach)
    if whose.department_id is not None:
        its = None if everything else _departments(figure, reach)
        yield figure.department, whose.department_id, its


def _reach() -> Reach | None:
    unit = current()
    found: Reach | None = unit.neighbours.reach_of(unit, unit.user.id)
    return found


def _people(figure: Figure, reach: Reach | None) -> list[Any]:
    if reach is None:
        return []
    return [reach.people, *([reach.colleagues] if _sees_department(figure) else [])]


def _departments(figure: Figure, reach: Reach | None) -> list[Any]:
    return [reach.departments] if reach is not None and _sees_department(figure) else []


def _sees_department(figure: Figure) -> bool:
    return bool(current().may(Scope.DEPARTMENT, figure.resource.permission()))


def _is_among(query: Any, target: Any, ident: int) -> bool:
    found = session().scalar(select(target.id).where(target.id == ident, target.id.in_(query)))
    return found is not None
