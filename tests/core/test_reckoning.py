"""Deadlines that run are worked out again when the company counts otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from bumen.documents.flow_settings import DeadlineUnit
from bumen.documents.movements import BEGINNING
from bumen.documents.settling import Settled, settle_state
from bumen.documents.working_calendar import drop_day, keep_day, keep_week, take_over_holidays
from bumen.documents.working_days import CalendarDay
from bumen.host import Host
from bumen.registry import Candidate
from tests.core.travelling import PLUGINS, Agency
from trips.resources import Trips

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten o'clock in Taipei."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def agency(host: Host) -> Agency:
    return Agency.opened(host)


def settle(agency: Agency, state: str, amount: int | None, *, hours: bool = False) -> None:
    """Settle how long trips may stay in a state."""
    unit = DeadlineUnit.HOURS if hours else DeadlineUnit.DAYS
    with agency.host.unit_of_work(company=agency.company.code, by="bob"):
        settle_state(Trips, state, Settled(amount=amount, unit=unit))


def in_the_agency(agency: Agency, deed: Any, *given: Any, **named: Any) -> Any:
    """Keep something of the calendar."""
    with agency.host.unit_of_work(company=agency.company.code, by="bob"):
        return deed(*given, **named)


def due(agency: Agency, trip: int) -> datetime | None:
    """Return until when a trip should leave the state it stands in."""
    return agency.movements(trip)[-1].due_at


def at(day: int, hour: int, *, month: int = 11) -> datetime:
    """Return an hour of a day, by the clocks of Taipei."""
    return datetime(2026, month, day, hour - 8, tzinfo=UTC)


def test_a_deadline_that_is_settled_counts_for_what_stands_there_already(agency: Agency) -> None:
    with time_machine.travel(MONDAY, tick=False):
        trip = agency.trip("submit")

        settle(agency, "submitted", 3)
        assert due(agency, trip) == at(26, 18)
        settle(agency, "submitted", 4, hours=True)
        assert due(agency, trip) == at(23, 15)
        settle(agency, "submitted", 0)
        assert due(agency, trip) is None


def test_what_has_left_a_state_keeps_its_deadline(agency: Agency) -> None:
    with time_machine.travel(MONDAY, tick=False):
        settle(agency, "submitted", 3)
        trip = agency.trip("submit", "allow")

        settle(agency, "submitted", 1)

    submitted, allowed = agency.movements(trip)
    assert submitted.due_at == at(26, 18)
    assert allowed.was_due_at == at(26, 18)


def test_records_that_never_moved_are_counted_from_when_they_were_made(agency: Agency) -> None:
    with time_machine.travel(MONDAY, tick=False):
        settle(agency, "draft", 0)
        trip = agency.trip()
        assert agency.movements(trip) == []

    with time_machine.travel(at(25, 12), tick=False):
        settle(agency, "draft", 1)

    [begun] = agency.movements(trip)
    assert (begun.step, begun.at, begun.due_at) == (BEGINNING, MONDAY, at(24, 18))


def test_holidays_and_other_hours_move_what_runs(agency: Agency) -> None:
    with time_machine.travel(MONDAY, tick=False):
        settle(agency, "submitted", 1)
        trip = agency.trip("submit")
        assert due(agency, trip) == at(24, 18)

        in_the_agency(agency, keep_day, date(2026, 11, 24), works=False, name="Closed")
        assert due(agency, trip) == at(25, 18)
        in_the_agency(agency, keep_week, weekdays=[1, 4], hours="08:00-12:00")
        assert due(agency, trip) == at(26, 12)
        with agency.host.unit_of_work(company=agency.company.code, by="bob") as unit:
            drop_day(unit.session.query(CalendarDay).one().id)
        in_the_agency(agency, keep_week, weekdays=[1, 2], hours="08:00-12:00")
        assert due(agency, trip) == at(24, 12)


def test_official_holidays_move_what_runs(agency: Agency) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 2, 0, tzinfo=UTC), tick=False):
        settle(agency, "submitted", 1)
        trip = agency.trip("submit")
        assert due(agency, trip) == datetime(2027, 1, 1, 10, tzinfo=UTC)

        assert in_the_agency(agency, take_over_holidays, 2027, language="en") > 0

    assert due(agency, trip) == datetime(2027, 1, 4, 10, tzinfo=UTC)


def test_other_companies_keep_their_deadlines(agency: Agency, host: Host) -> None:
    there = Agency.opened(host, "CN01", people=("cai", "dai"))
    with time_machine.travel(MONDAY, tick=False):
        trip = there.trip("submit")
        before = due(there, trip)

        settle(agency, "submitted", 9)
        in_the_agency(agency, keep_week, weekdays=[7], hours="08:00-12:00")

    assert due(there, trip) == before
