"""What is remembered of trips: a flow with everything a flow can declare."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from bumen import (
    Argument,
    Choice,
    Deadline,
    Document,
    Text,
    Tone,
    User,
    Workflow,
    WorkingDays,
    WorkingHours,
    field,
    transition,
)
from trips.texts import _


class TripState(Choice):
    """How far a trip has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    SUBMITTED = "submitted", _("Submitted"), Tone.ACTIVE
    ALLOWED = "allowed", _("Allowed"), Tone.GOOD
    REFUSED = "refused", _("Refused"), Tone.BAD
    OVER = "over", _("Over"), Tone.GOOD


def lacks_purpose(trip: Trip) -> Text | None:
    """Say that a trip needs a purpose before anybody is asked."""
    return None if trip.purpose else _("Please say what the trip is for.")


def is_ones_own(trip: Trip, *, by: User) -> Text | None:
    """Say that nobody allows their own trip."""
    return _("Nobody allows their own trip.") if trip.created_by_id == by.id else None


class Trip(Document):
    """A trip is somebody away on business."""

    __tablename__ = "trips_trip"
    workflow = Workflow(
        transition(
            "submit",
            {TripState.DRAFT, TripState.REFUSED},
            TripState.SUBMITTED,
            label=_("Submit"),
            guard=lacks_purpose,
        ),
        transition(
            "allow",
            {TripState.SUBMITTED},
            TripState.ALLOWED,
            label=_("Allow"),
            opinion=True,
            who=is_ones_own,
            due=WorkingHours(8),
            clauses=("T1.1", "T1.2"),
        ),
        transition(
            "refuse", {TripState.SUBMITTED}, TripState.REFUSED, label=_("Refuse"), opinion=True
        ),
        transition(
            "finish",
            {TripState.ALLOWED},
            TripState.OVER,
            label=_("Finish"),
            arguments=(Argument("days", Integer(), label=_("Days")),),
            confirm=_("Is everybody back?"),
        ),
        deadlines=(Deadline(TripState.ALLOWED, WorkingDays(5)),),
    )

    state: Mapped[TripState] = field(label=_("Status"), default=TripState.DRAFT, readonly=True)
    destination: Mapped[str] = field(String(80), label=_("Destination"))
    purpose: Mapped[str | None] = field(String(200), label=_("Purpose"))
    days: Mapped[int | None] = field(Integer, label=_("Days"), readonly=True)
