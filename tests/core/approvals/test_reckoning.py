"""Who is asked for approval has as much working time as before when the calendar changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import time_machine

from bumen.approvals import ApprovalRequest, seats_of
from bumen.documents.working_calendar import keep_day
from bumen.workflow import AllOf, AskPerson, WorkingDays
from tests.core.approvals.office import NOW, Office, latest

TAIPEI = ZoneInfo("Asia/Taipei")
TUESDAY, WEDNESDAY = (datetime(2026, 11, day, 18, tzinfo=TAIPEI) for day in (24, 25))


def _due(office: Office, petition: int) -> tuple[datetime | None, datetime | None]:
    with office.at_work() as unit:
        request: ApprovalRequest = latest(petition)
        seat = unit.session.scalars(seats_of(request.id)).one()
        return seat.due_at, request.due_at


def _close(office: Office) -> None:
    with office.at_work("boss"):
        keep_day(date(2026, 11, 24), works=False, name="Closed")


def test_a_holiday_gives_who_is_asked_another_day(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"]), due=WorkingDays(1)))
    with time_machine.travel(NOW, tick=False):
        petition = office.asked()
    assert _due(office, petition) == (TUESDAY, TUESDAY)

    _close(office)

    assert _due(office, petition) == (WEDNESDAY, WEDNESDAY)


def test_what_was_decided_keeps_no_deadline(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"]), due=WorkingDays(1)))
    with time_machine.travel(NOW, tick=False):
        petition = office.asked()
    office.say(petition, by="lin", at=NOW.astimezone(UTC))

    _close(office)

    assert _due(office, petition)[1] is None
