"""Deadlines that run are worked out again when what they were worked out from has changed.

It is done some at a time, so that no number of them is too many: each part goes on after an id
and may be done again, as what comes out depends on nothing but the settings of the moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, update

from bumen.company.models import Company
from bumen.documents.flow_settings import READ_FLOWS
from bumen.documents.movements import BEGINNING, Movement, key_of
from bumen.documents.moving import flow_of
from bumen.documents.working_days import working_time
from bumen.model.describe import beginning_of, fields_of
from bumen.unit_of_work import company_now, current, session

AT_ONCE = 500
"""How many are worked out in one piece."""

Rows = Select[int, str, datetime, datetime | None]
"""Movements: the id, the state it led to, when, and until when that should be left."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece that was worked out: the last id in it, and how many were looked at, and changed."""

    last: int
    seen: int
    changed: int


Part = Callable[[int], Piece | None]
"""Works out the piece after an id; None when there is none any more."""


def calendar_has_changed() -> None:
    """Have every deadline that runs in the company worked out again: its working days changed."""
    session().flush()
    keep_others_waiting()
    current().neighbours.deadlines_changed(None)


def deadline_has_changed(model: type[Any]) -> None:
    """Have it worked out again until when the records of a model should leave their states."""
    session().flush()
    keep_others_waiting()
    current().neighbours.deadlines_changed(key_of(model))


def keep_others_waiting() -> None:
    """Let nobody else work out deadlines of the company, or change their settings, meanwhile."""
    company = select(Company.id).where(Company.id == company_now().id)
    session().execute(company.with_for_update(key_share=True))


def look_anew() -> None:
    """Take the settings as they are now, and stay, for the next piece."""
    session().info.pop(READ_FLOWS, None)
    session().expire_all()
    keep_others_waiting()


def parts(resource: str | None = None) -> dict[str, Part]:
    """Return what there is to work out, by name: of one resource, or of all."""
    return {
        name: part
        for model in _models(resource)
        for name, part in (
            (f"{key_of(model)}:standing", partial(_reckon, model)),
            (f"{key_of(model)}:unmoved", partial(_begin_counting, model)),
        )
        if resource is not None or part.func is _reckon
    }


def how_many(resource: str | None = None, *, limit: int | None = None) -> int:
    """Return how many deadlines there are to work out; counts no further than a limit."""
    queries: list[Any] = [_standing(model) for model in _models(resource)]
    if resource is not None:
        queries += [one for model in _models(resource) if (one := _unmoved(model)) is not None]
    return sum(_count(query.limit(limit)) for query in queries)


def _count(query: Any) -> int:
    ids = query.with_only_columns(query.selected_columns[0]).subquery()
    return session().scalar(select(func.count()).select_from(ids)) or 0


def _models(resource: str | None) -> Iterable[type[Any]]:
    """Yield the models whose records stand somewhere; the one of a resource when it is named."""
    keys: Iterable[str] = [resource] if resource is not None else []
    if resource is None:
        open_in = select(Movement.resource).where(Movement.left_at.is_(None)).distinct()
        keys = sorted(session().scalars(open_in))
    for key in keys:
        found = current().neighbours.resource_called(key)
        if found is not None and hasattr(found.model, "workflow"):
            yield found.model


def _standing(model: type[Any]) -> Rows:
    """Select where records stand that have time, or were given time."""
    every = fields_of(model)["state"].choices or ()
    here = Movement.to_state.in_([one.value for one in every if flow_of(model).due(one)])
    columns = (Movement.id, Movement.to_state, Movement.at, Movement.due_at)
    running = or_(here, Movement.due_at.is_not(None))
    return select(*columns).where(
        Movement.resource == key_of(model), Movement.left_at.is_(None), running
    )


def _reckon(model: type[Any], after: int) -> Piece | None:
    query = _standing(model).where(Movement.id > after).order_by(Movement.id).limit(AT_ONCE)
    rows = list(session().execute(query))
    if not rows:
        return None
    return Piece(last=rows[-1].id, seen=len(rows), changed=_write(model, rows))


def _write(model: type[Any], rows: list[Any]) -> int:
    """Write what has changed, with one statement for all that end at the same moment."""
    ending: dict[datetime | None, list[int]] = defaultdict(list)
    states = {one.value: one for one in fields_of(model)["state"].choices or ()}
    calendar = working_time(since=min(row.at for row in rows).date())
    for row in rows:
        state = states.get(row.to_state)
        due = flow_of(model).due(state) if state is not None else None
        ends = None if due is None else calendar.ends(due, since=row.at)
        if ends != row.due_at:
            ending[ends].append(row.id)
    for ends, idents in ending.items():
        changed = update(Movement).where(Movement.id.in_(idents), Movement.left_at.is_(None))
        session().execute(
            changed.values(due_at=ends).execution_options(synchronize_session="fetch")
        )
    return sum(map(len, ending.values()))


def _unmoved(model: type[Any]) -> Select[Any] | None:
    """Select the records that have never moved, if they should go on in time from the beginning."""
    state = beginning_of(model)
    if flow_of(model).due(state) is None:
        return None
    known = select(Movement.record_id).where(Movement.resource == key_of(model))
    columns = select(model.id, model.created_at, model.created_by_id)
    return columns.where(model.state == state, model.id.not_in(known))


def _begin_counting(model: type[Any], after: int) -> Piece | None:
    """Write down where records stand that have never moved: nothing was due there until now."""
    unmoved = _unmoved(model)
    if unmoved is None:
        return None
    some = unmoved.where(model.id > after).order_by(model.id).limit(AT_ONCE)
    rows = list(session().execute(some.with_for_update()))
    if not rows:
        return None
    session().add_all(_begun(model, row) for row in rows)
    session().flush()
    return Piece(last=rows[-1].id, seen=len(rows), changed=len(rows))


def _begun(model: type[Any], row: Row[Any]) -> Movement:
    state = beginning_of(model)
    return Movement(
        resource=key_of(model),
        record_id=row.id,
        step=BEGINNING,
        from_state="",
        to_state=state.value,
        at=row.created_at,
        by_id=row.created_by_id,
        due_at=flow_of(model).due_at(state, since=row.created_at),
    )
