"""What becomes of a request is told in the history of its document, which is sealed."""

from datetime import timedelta

from sqlalchemy import select

from bumen.approvals import Place, add_signer, escalate_late, hand_over, send_to
from bumen.documents.history import HistoryEntry, broken_histories
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AskPerson, WorkingHours
from tests.core.approvals.office import Office, latest


def told(office: Office) -> list[tuple[str, str]]:
    """Return what the history tells of requests, and with which words."""
    with office.at_work():
        query = select(HistoryEntry).where(HistoryEntry.action.startswith("approval."))
        found = session().scalars(query.order_by(HistoryEntry.number))
        return [(one.action, one.opinion or "") for one in found]


def test_what_people_do_with_a_request_is_told_in_the_history(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"])), AllOf(AskPerson(office.ids["wu"])))
    petition, ids = office.asked(), office.ids

    office.do(add_signer, petition, by="lin", user_id=ids["chen"], place=Place.AFTER)
    office.say(petition, by="lin")
    office.do(hand_over, petition, by="chen", user_id=ids["huang"], opinion="You know it.")
    office.do(send_to, petition, by="huang", stage=0, opinion="Look again.")

    assert [action for action, _said in told(office)] == [
        "approval.added_after",
        "approval.handed_over",
        "approval.sent_back",
    ]
    assert [said.rpartition(" ")[2] for _action, said in told(office)][1:] == ["it.", "again."]
    with office.host.database.engine.connect() as connection:
        assert not list(broken_histories(connection, office.host.departments.signet))


def test_who_is_asked_in_addition_is_told_in_the_history(office: Office) -> None:
    office.place("lin", superior="boss")
    office.rule(AllOf(AskPerson(office.ids["lin"]), due=WorkingHours(2)))
    petition = office.asked()

    with office.at_work():
        escalate_late(at=latest(petition).due_at + timedelta(minutes=1))

    [(action, said)] = told(office)
    assert action == "approval.escalated"
    assert "lin" in said
    assert "boss" in said
