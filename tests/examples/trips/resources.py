"""What people see of trips."""

from datetime import date
from typing import Any

from bumen import Resource, User, dated, next_number, step
from trips.models import Trip
from trips.texts import _


def plan(trip: Trip, *, by: User | None, on: date) -> None:
    """Begin a trip."""
    trip.number = next_number("T{000}", kind="trips.trip", on=on)


def refuse(trip: Trip, *, by: User, opinion: str) -> None:
    """Refuse a trip."""
    trip.move("refuse", by=by, opinion=opinion)


def finish(trip: Trip, *, by: User, days: int) -> None:
    """Note how long a trip took."""
    trip.move("finish", by=by)
    trip.days = days


class Trips(Resource):
    """Business trips."""

    model: Any = Trip
    title = _("Trips")
    columns = ("number", "destination", "state")
    actions = (
        step(Trip.workflow, "submit"),
        step(Trip.workflow, "allow"),
        step(Trip.workflow, "refuse", refuse),
        step(Trip.workflow, "finish", finish),
    )
    on_create = staticmethod(dated(plan))
    clauses = ("T1.0",)
