"""Whoever is late is asked again from the start when it is sent back; one trouble is no other's."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bumen.approvals import ApprovalRequest, Seat, escalate_late, send_to
from bumen.delivering import ask_superiors
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AskPerson, WorkingHours
from tests.core.approvals.office import NOW, Office, latest


def late(office: Office, **more: str) -> int:
    """Submit a petition for which lin has two hours, and then wu."""
    due = WorkingHours(2)
    people = [AskPerson(office.ids[name]) for name in ("lin", "wu")]
    office.rule(*(AllOf(one, due=due) for one in people))
    return office.asked(**more)


def test_sending_back_begins_anew_for_who_was_late(office: Office) -> None:
    office.place("lin", superior="boss")
    petition = late(office)
    with office.at_work():
        escalate_late(at=latest(petition).due_at)
    office.say(petition, by="lin")

    office.do(send_to, petition, by="wu", stage=0)

    with office.at_work():
        request = latest(petition)
        seat = next(one for one in session().query(Seat) if one.stage == 0)
        assert (seat.escalated_at, seat.escalated_to_id) == (None, None)
        assert request.due_at == seat.due_at == NOW + timedelta(hours=3)


def test_one_request_that_cannot_go_on_keeps_no_other(office: Office) -> None:
    office.place("lin", superior="boss")
    bad, good = late(office), office.asked()
    with office.at_work() as unit:
        of_bad = update(Seat).where(Seat.record_id == bad, Seat.stage == 0)
        unit.session.execute(of_bad.values(due="unheard of", due_at=None))
        unit.session.execute(
            update(ApprovalRequest).values(due_at=datetime.now(UTC) - timedelta(days=1))
        )
        of_good = update(Seat).where(Seat.record_id == good, Seat.stage == 0)
        unit.session.execute(of_good.values(due_at=datetime.now(UTC) - timedelta(days=1)))

    ask_superiors(office.host)

    with office.at_work() as unit:
        seats = unit.session.query(Seat).where(Seat.record_id == good, Seat.stage == 0)
        assert seats.one().escalated_to_id == office.ids["boss"]
