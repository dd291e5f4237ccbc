"""Deadlines that run are worked out again when what they were worked out from has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, update

from bumen.documents.movements import BEGINNING, Movement, key_of
from bumen.documents.moving import flow_of
from bumen.documents.working_days import working_time
from bumen.model.describe import beginning_of, fields_of
from bumen.unit_of_work import current, session
from bumen.values import Choice
from bumen.workflow.working_time import WorkingTime

Rows = Select[int, str, datetime, datetime | None]
"""Movements: the id, the state it led to, when, and until when that should be left."""
_AT_ONCE = 500


def calendar_has_changed() -> None:
    """Work out again every deadline that runs in the company: its working days are others now."""
    session().flush()
    open_in = select(Movement.resource).where(Movement.left_at.is_(None)).distinct()
    for key in sorted(session().scalars(open_in)):
        resource = current().neighbours.resource_called(key)
        if resource is not None and hasattr(resource.model, "workflow"):
            _reckon(resource.model)
    current().neighbours.calendar_changed()


def deadline_has_changed(model: type[Any], state: Choice) -> None:
    """Work out again until when the records of a model should leave a state they stand in."""
    session().flush()
    _reckon(model, [state])
    if state == beginning_of(model) and flow_of(model).due(state) is not None:
        _begin_counting(model, state)


def _reckon(model: type[Any], states: Iterable[Choice] | None = None) -> None:
    every = list(fields_of(model)["state"].choices or ())
    counted = [one for one in every if flow_of(model).due(one)] if states is None else [*states]
    calendar = _calendar(_standing(key_of(model), counted))
    if calendar is not None:
        for rows in _some(_standing(key_of(model), counted)):
            _write(model, rows, calendar)


def _standing(key: str, states: Iterable[Choice]) -> Rows:
    """Select where records stand in these states, or have been given time anywhere."""
    here = Movement.to_state.in_([one.value for one in states])
    columns = (Movement.id, Movement.to_state, Movement.at, Movement.due_at)
    running = or_(here, Movement.due_at.is_not(None))
    return select(*columns).where(Movement.resource == key, Movement.left_at.is_(None), running)


def _calendar(rows: Rows) -> WorkingTime | None:
    """Return when the company works since the earliest of some movements; None without any."""
    earliest: datetime | None = session().scalar(rows.with_only_columns(func.min(Movement.at)))
    return None if earliest is None else working_time(since=earliest.date())


def _some(rows: Rows) -> Iterator[list[Any]]:
    """Yield rows some at a time, so that no number of them is too many."""
    last = 0
    while True:
        query = rows.where(Movement.id > last).order_by(Movement.id).limit(_AT_ONCE)
        found = list(session().execute(query))
        if not found:
            return
        yield found
        last = found[-1].id


def _write(model: type[Any], rows: list[Any], calendar: WorkingTime) -> None:
    """Write what has changed, with one statement for all that end at the same moment."""
    ending: dict[datetime | None, list[int]] = defaultdict(list)
    states = {one.value: one for one in fields_of(model)["state"].choices or ()}
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


def _begin_counting(model: type[Any], state: Choice) -> None:
    """Write down where records stand that have never moved: nothing was due there until now."""
    key = key_of(model)
    known = select(Movement.record_id).where(Movement.resource == key)
    still = select(model.id, model.created_at, model.created_by_id).where(
        model.state == state, model.id.not_in(known)
    )
    rows = list(session().execute(still.order_by(model.id)))
    if rows:
        calendar = working_time(since=min(row.created_at for row in rows).date())
        session().add_all(_begun(model, row, state, calendar) for row in rows)
        session().flush()


def _begun(model: type[Any], row: Row[Any], state: Choice, calendar: WorkingTime) -> Movement:
    due = flow_of(model).due(state)
    return Movement(
        resource=key_of(model),
        record_id=row.id,
        step=BEGINNING,
        from_state="",
        to_state=state.value,
        at=row.created_at,
        by_id=row.created_by_id,
        due_at=None if due is None else calendar.ends(due, since=row.created_at),
    )
