"""How a record came to where it stands, and until when it should go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bumen.company.people import full_name_of
from bumen.documents.movements import BEGINNING, Movement, movements_of
from bumen.documents.moving import due_of, flow_of
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.resource import Resource
from bumen.unit_of_work import session
from bumen.values import Choice
from bumen.web.pages.panels import Panel
from bumen.workflow import Workflow

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage is a step a record took: where to, who took it when, and what they said."""

    name: str
    step: Text | str
    state: Choice | str
    at: str
    by: str
    instead_of: str
    opinion: str
    was_late: bool


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A journey is all the steps a record took, the last first, and when the next is due.

    `last` is the one by which it came to where it stands; after it there may be words of some.
    """

    stages: Sequence[Stage]
    last: Stage | None
    due: str
    is_overdue: bool


def journey_of(resource: type[Resource], record: Any) -> Journey | None:
    """Return how a record came to where it stands; None where there is nothing to tell."""
    if getattr(resource.model, "workflow", None) is None:
        return None
    moved = list(session().scalars(movements_of(resource.key(), record.id)))
    steps = [one for one in moved if not one.is_word]
    due_at = steps[-1].due_at if steps else due_of(record, flow_of(resource.model))
    if not moved and due_at is None:
        return None
    states, flow = type(record.state), resource.model.workflow
    return Journey(
        stages=[_stage(one, flow, states) for one in reversed(moved)],
        last=_stage(steps[-1], flow, states) if steps else None,
        due=formats_here().moment(due_at) if due_at else "",
        is_overdue=due_at is not None and due_at < datetime.now(UTC),
    )


def journey_panel(resource: type[Resource], record: Any) -> Panel | None:
    """Return the panel that tells it on a record's page."""
    journey = journey_of(resource, record)
    if journey is None:
        return None
    return Panel(template="bumen/record/journey.html", values={"journey": journey})


def _stage(moved: Movement, workflow: Workflow, states: type[Choice]) -> Stage:
    step = workflow.transitions.get(moved.step)
    taken = _("Begun") if moved.step == BEGINNING else moved.step
    known = {state.value: state for state in states}
    return Stage(
        name=moved.step,
        step=step.label if step else taken,
        state=known.get(moved.to_state, moved.to_state),
        at=formats_here().moment(moved.at),
        by=full_name_of(moved.by) if moved.by else str(_("The system")),
        instead_of=full_name_of(moved.instead_of) if moved.instead_of else "",
        opinion=moved.opinion or "",
        was_late=moved.was_late,
    )
