"""The flow of a document as it is drawn: where it stands, where it was, where it may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bumen.model.describe import beginning_of, fields_of
from bumen.values import Choice, Tone
from bumen.workflow import Workflow

_ASIDE = {Tone.WARNING, Tone.BAD}


class Place(StrEnum):
    """How a state stands to the one a record is in."""

    PASSED = "passed"
    CURRENT = "current"
    NEXT = "next"
    LATER = "later"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Station:
    """A station is one state of the flow, as a record sees it."""

    state: Choice
    place: Place

    @property
    def leads_aside(self) -> bool:
        """Whether it is a way out, such as cancelled, and no step on the way."""
        return self.state.tone is not None and self.state.tone in _ASIDE


def flow_of(record: Any) -> Sequence[Station]:
    """Return all states of a record's flow in their order; none for a record without a flow.

    A state counts as passed only when there is no way around it from the state records begin in.
    """
    workflow: Workflow | None = getattr(type(record), "workflow", None)
    described = fields_of(type(record)).get("state")
    if workflow is None or described is None or described.choices is None:
        return ()
    start = beginning_of(type(record))
    return [
        Station(state=state, place=_place(workflow, state, start=start, now=record.state))
        for state in described.choices
    ]


def _place(workflow: Workflow, state: Choice, *, start: Choice, now: Choice) -> Place:
    if state == now:
        return Place.CURRENT
    if any(step.target == state for step in workflow.possible(now)):
        return Place.NEXT
    if state == start or now not in workflow.reached(start, without=state):
        return Place.PASSED
    return Place.LATER if state in workflow.reached(now) else Place.CLOSED
