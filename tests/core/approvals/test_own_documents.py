"""Nobody decides about their own document, nor chooses who does."""

from datetime import timedelta

import pytest

from bumen.approvals import Place, add_signer, be_away, hand_over, seats_of
from bumen.approvals.errors import NotAsked, OwnDocument, PersonIsUnfit
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AskPerson
from tests.core.approvals.office import NOW, Office, request_now, user


def away(office: Office, name: str, substitute: str) -> None:
    """Let somebody be away today and tomorrow."""
    with office.at_work(name):
        be_away(
            user(name),
            substitute_id=office.ids[substitute],
            first_day=NOW.date(),
            last_day=NOW.date() + timedelta(days=1),
        )


def submitted(office: Office, *, author: str, by: str) -> int:
    """Let somebody write a petition and another submit it."""
    petition = office.petition(by=author)
    office.act("ask", petition, by=by)
    return petition


@pytest.mark.parametrize("author", ["wang", "huang"])
def test_nobody_decides_by_way_of_whose_document_it_is(office: Office, author: str) -> None:
    away(office, "lin", author)
    away(office, author, "chen")
    petition = submitted(office, author=author, by="wang")

    with pytest.raises(NotAsked):
        office.say(petition, by="chen")
    office.say(petition, by="lin")

    assert office.state(petition) == "granted"


def test_a_substitute_before_whose_document_it_is_decides(office: Office) -> None:
    away(office, "lin", "chen")
    away(office, "chen", "wang")

    petition = office.asked(by="wang")
    office.say(petition, by="chen")

    assert office.state(petition) == "granted"


def test_an_administrator_does_not_hand_over_the_own_document(office: Office) -> None:
    petition = office.asked(by="admin")
    with office.at_work():
        seat = session().scalars(seats_of(request_now(petition))).one().id
    chen = office.ids["chen"]

    with pytest.raises(OwnDocument):
        office.do(hand_over, petition, by="admin", user_id=chen, seat_id=seat, administers=True)

    assert office.waiting(petition) == {"lin"}


def test_who_wrote_it_does_not_decide_what_another_submits(office: Office) -> None:
    office.place("wang", superior="wu")
    petition = submitted(office, author="lin", by="wang")

    assert office.seats(petition) == [(0, "wu", "asked")]
    with pytest.raises(NotAsked):
        office.say(petition, by="lin")


def test_who_wrote_it_is_asked_by_nobody(office: Office) -> None:
    petition = submitted(office, author="huang", by="wang")
    huang = office.ids["huang"]

    with pytest.raises(PersonIsUnfit):
        office.do(add_signer, petition, by="lin", user_id=huang, place=Place.AFTER)
    with pytest.raises(PersonIsUnfit):
        office.do(hand_over, petition, by="lin", user_id=huang)


def test_who_wrote_it_does_not_step_in_where_nobody_is_named(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["admin"])))
    petition = submitted(office, author="lin", by="admin")
    assert office.seats(petition) == []

    with pytest.raises(NotAsked):
        office.say(petition, by="lin")
    office.say(petition, by="wu")

    assert office.state(petition) == "granted"
