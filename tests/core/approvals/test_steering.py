"""What people who are asked do beside deciding, and who decides for them when they are away."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bumen.approvals import (
    Entry,
    Happened,
    Place,
    add_signer,
    be_away,
    copy_to,
    escalate_late,
    hand_over,
    remind,
    seats_of,
    send_to,
    withdraw,
)
from bumen.approvals.errors import (
    AlreadyDecided,
    NotAsked,
    NotYours,
    PersonIsUnfit,
    StageIsUnknown,
    TooManyReminders,
)
from bumen.documents.movements import Movement
from bumen.documents.moving import OpinionIsMissing
from bumen.notices import Notice, NoticeKind
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AskPerson, WorkingHours
from tests.core.approvals.office import NOW, Office, latest, request_now, user

TODAY = NOW.date()


def two_steps(office: Office) -> int:
    """Submit a petition that lin decides first, then wu."""
    office.rule(AllOf(AskPerson(office.ids["lin"])), AllOf(AskPerson(office.ids["wu"])))
    return office.asked()


def test_a_signer_is_added_before_oneself(office: Office) -> None:
    petition = office.asked()

    office.do(add_signer, petition, by="lin", user_id=office.ids["huang"], place=Place.BEFORE)
    assert office.waiting(petition) == {"huang"}
    with pytest.raises(NotAsked):
        office.say(petition, by="lin")
    office.say(petition, by="huang")
    office.say(petition, by="lin")

    assert office.state(petition) == "granted"


def test_a_signer_is_added_after_oneself(office: Office) -> None:
    petition = two_steps(office)

    office.do(add_signer, petition, by="lin", user_id=office.ids["huang"], place=Place.AFTER)
    office.say(petition, by="lin")
    assert office.waiting(petition) == {"huang"}
    office.say(petition, by="huang")

    assert office.waiting(petition) == {"wu"}


@pytest.mark.parametrize("name", ["wang", "lin", "wu", "stranger"])
def test_nobody_is_added_who_cannot_decide_or_does_already(office: Office, name: str) -> None:
    petition = two_steps(office)

    with pytest.raises(PersonIsUnfit):
        office.do(
            add_signer, petition, by="lin", user_id=office.ids.get(name, 9999), place=Place.AFTER
        )


def test_a_seat_is_handed_over(office: Office) -> None:
    petition = two_steps(office)

    office.do(hand_over, petition, by="lin", user_id=office.ids["huang"])
    with pytest.raises(NotAsked):
        office.say(petition, by="lin")
    office.say(petition, by="huang")

    assert office.waiting(petition) == {"wu"}


def test_an_administrator_hands_over_what_waits_for_somebody(office: Office) -> None:
    petition = two_steps(office)
    with pytest.raises(NotAsked):
        office.do(hand_over, petition, by="admin", user_id=office.ids["huang"])
    office.do(
        hand_over,
        petition,
        by="admin",
        user_id=office.ids["huang"],
        seat_id=first_seat(office, petition),
        administers=True,
    )

    assert office.waiting(petition) == {"huang"}


def test_nobody_else_hands_over_a_seat_that_is_not_their_own(office: Office) -> None:
    petition = two_steps(office)
    to = office.ids["huang"]

    with pytest.raises(NotAsked):
        office.do(hand_over, petition, by="lin", user_id=to, seat_id=9999)
    office.do(hand_over, petition, by="lin", user_id=to, seat_id=first_seat(office, petition))

    assert office.waiting(petition) == {"huang"}


def first_seat(office: Office, petition: int) -> int:
    """Return the id of the first seat of a petition's request."""
    with office.at_work():
        return session().scalars(seats_of(request_now(petition))).first().id


def test_it_is_sent_back_to_an_earlier_step(office: Office) -> None:
    petition = two_steps(office)
    office.say(petition, by="lin")

    with pytest.raises(StageIsUnknown):
        office.do(send_to, petition, by="wu", stage=1)
    office.do(send_to, petition, by="wu", stage=0, opinion="Look again.")

    assert office.seats(petition) == [(0, "lin", "asked"), (1, "wu", "later")]
    office.say(petition, by="lin")
    office.say(petition, by="wu")
    assert office.granted(petition) == 1


def test_who_submitted_withdraws_it(office: Office) -> None:
    petition = two_steps(office)

    with pytest.raises(NotYours):
        office.do(withdraw, petition, by="lin")
    office.do(withdraw, petition, by="wang")

    assert office.state(petition) == "draft"
    with pytest.raises(AlreadyDecided):
        office.say(petition, by="lin")


def test_people_are_reminded_once_an_hour(office: Office) -> None:
    petition = office.asked()

    office.do(remind, petition, by="wang")
    with pytest.raises(TooManyReminders):
        office.do(remind, petition, by="wang")
    office.do(remind, petition, by="wang", at=NOW + timedelta(hours=1))

    assert told(office, "lin") == [NoticeKind.ASKED, NoticeKind.NEWS, NoticeKind.NEWS]


def told(office: Office, name: str) -> list[NoticeKind]:
    """Return the kinds of what somebody was told and has not done with."""
    with office.at_work():
        query = select(Notice.kind).where(
            Notice.user_id == office.ids[name], Notice.done_at.is_(None)
        )
        return list(session().scalars(query.order_by(Notice.id)))


def test_people_are_told_what_concerns_them(office: Office) -> None:
    petition = two_steps(office)
    assert (told(office, "lin"), told(office, "wu")) == ([NoticeKind.ASKED], [])

    office.say(petition, by="lin")
    assert (told(office, "lin"), told(office, "wu")) == ([], [NoticeKind.ASKED])
    office.do(copy_to, petition, by="wu", user_ids=[office.ids["boss"]])
    office.say(petition, by="wu")

    assert told(office, "boss") == [NoticeKind.NEWS]
    assert told(office, "wang") == [NoticeKind.DECIDED]
    assert told(office, "wu") == []


def test_a_substitute_decides_in_the_place_of_who_is_away(office: Office) -> None:
    petition = office.asked()
    away(office, "lin", "huang")

    office.say(petition, by="huang")

    assert office.state(petition) == "granted"
    with office.at_work():
        moved = session().scalars(select(Movement).where(Movement.step == "grant")).one()
        assert (moved.by_id, moved.instead_of_id) == (office.ids["huang"], office.ids["lin"])
        entry = session().scalars(select(Entry).where(Entry.happened == Happened.APPROVED)).one()
        assert (entry.user_id, entry.for_id) == (office.ids["huang"], office.ids["lin"])


def away(office: Office, name: str, substitute: str, *, days: tuple[int, int] = (0, 3)) -> None:
    """Let somebody be away from one day to another, counted from today."""
    with office.at_work(name):
        be_away(
            user(name),
            substitute_id=office.ids[substitute],
            first_day=TODAY + timedelta(days=days[0]),
            last_day=TODAY + timedelta(days=days[1]),
        )


def test_a_substitute_who_is_away_passes_it_on(office: Office) -> None:
    petition = office.asked()
    away(office, "lin", "huang")
    away(office, "huang", "chen")

    office.say(petition, by="chen")

    assert office.state(petition) == "granted"


def test_who_submitted_is_nobodys_substitute(office: Office) -> None:
    petition = office.asked()
    away(office, "lin", "wang")

    with pytest.raises(NotAsked):
        office.say(petition, by="wang")
    office.say(petition, by="lin")

    assert office.state(petition) == "granted"


def test_a_substitute_decides_on_the_days_that_were_named(office: Office) -> None:
    petition = office.asked()
    away(office, "lin", "huang", days=(1, 2))

    with pytest.raises(NotAsked):
        office.say(petition, by="huang")
    office.say(petition, by="huang", at=NOW + timedelta(days=2))

    assert office.state(petition) == "granted"


def test_the_superior_is_asked_in_addition_when_somebody_is_late(office: Office) -> None:
    office.place("lin", superior="boss")
    office.rule(AllOf(AskPerson(office.ids["lin"]), due=WorkingHours(2)))
    petition = office.asked()

    with office.at_work():
        late = latest(petition).due_at
        assert escalate_late(at=late - timedelta(minutes=1)) == 0
        assert escalate_late(at=late) == 1
        assert escalate_late(at=late + timedelta(days=1)) == 0
    office.say(petition, by="boss", at=late)

    assert office.state(petition) == "granted"
    assert told(office, "boss") == []


def test_an_opinion_is_asked_for_where_it_must_be_given(office: Office) -> None:
    petition = two_steps(office)

    for opinion in ("", "  "):
        with pytest.raises(OpinionIsMissing):
            office.say(petition, by="lin", opinion=opinion)

    assert office.waiting(petition) == {"lin"}


def test_what_is_decided_is_not_decided_again(office: Office) -> None:
    petition = office.asked()
    office.say(petition, by="lin")

    with pytest.raises(AlreadyDecided):
        office.say(petition, by="lin")

    assert office.granted(petition) == 1
