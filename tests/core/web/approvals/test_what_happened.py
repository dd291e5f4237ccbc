"""One event has one name: in the dialog, the flash, the history and the trail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.approvals import Absence, hand_over
from bumen.documents.history import HistoryEntry
from bumen.documents.movements import Movement
from bumen.testing.people import Login
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AnyOf, AskPerson, AskRole
from tests.core.approvals.office import Office

SHOW = "/petitions/petitions/show/{}"
PREVIEW = "/petitions/petitions/{}/approvals/preview?action=ask"


def english(browser: FlaskClient) -> FlaskClient:
    """Return a browser whose person reads English."""
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


@pytest.fixture
def two(office: Office) -> None:
    """A rule by which lin decides, and then boss."""
    office.rule(AllOf(AskPerson(office.ids["lin"])), AllOf(AskPerson(office.ids["boss"])))


def actions(office: Office, petition: int) -> list[str | None]:
    """Return what the history says was done with a petition."""
    with office.at_work():
        query = select(HistoryEntry.action).where(HistoryEntry.record_id == petition)
        told = query.where(HistoryEntry.resource == "petitions.petitions")
        return list(session().scalars(told.order_by(HistoryEntry.number)))


@pytest.mark.usefixtures("two")
def test_every_word_is_in_the_trail_and_the_record_stays_where_it_is(office: Office) -> None:
    petition = office.asked()
    office.say(petition, by="lin")
    office.say(petition, by="boss")

    with office.at_work():
        moved = list(session().scalars(select(Movement).order_by(Movement.id)))

    assert [(one.step, one.to_state, one.by_id, one.is_word) for one in moved] == [
        ("ask", "asked", office.ids["wang"], False),
        ("grant", "asked", office.ids["lin"], True),
        ("grant", "granted", office.ids["boss"], False),
    ]
    assert [one.left_at is None for one in moved] == [False, False, True]
    assert actions(office, petition)[-2:] == ["grant", "grant"]


@pytest.mark.usefixtures("two")
def test_whoever_sends_something_is_told_whose_turn_it_is(office: Office, login: Login) -> None:
    petition, wang = office.petition(), english(login("wang"))

    said = wang.post(
        f"/petitions/petitions/{petition}/actions/ask", data={"version": 1}, follow_redirects=True
    )

    assert "Submit: it is now up to lin." in said.text


def test_it_is_said_that_one_of_several_is_enough(office: Office, login: Login) -> None:
    office.rule(AnyOf(AskPerson(office.ids["lin"]), AskPerson(office.ids["boss"])))
    wang, petition = english(login("wang")), office.petition()

    assert "One of them is enough" in wang.get(PREVIEW.format(petition)).text
    assert (
        "Clerk (one of them is enough)" in english(login("admin")).get("/company/approvals/").text
    )


@pytest.mark.usefixtures("two")
def test_a_substitute_is_named_before_it_is_their_turn(office: Office, login: Login) -> None:
    on = datetime.now(UTC).date()
    with office.at_work("boss"):
        pair = {"user_id": office.ids["boss"], "substitute_id": office.ids["huang"]}
        days = {"first_day": on - timedelta(days=2), "last_day": on + timedelta(days=2)}
        session().add(Absence(**pair, **days))
    petition, wang = office.petition(), english(login("wang"))

    assert "boss, today huang for boss" in wang.get(PREVIEW.format(petition)).text
    office.act("ask", petition, by="wang")
    assert "today huang for boss" in wang.get(SHOW.format(petition)).text


@pytest.mark.parametrize(
    ("to", "told"), [("huang", "approval.handed_over_beyond"), ("chen", "approval.handed_over")]
)
def test_handing_over_to_somebody_without_the_role_is_told(
    office: Office, to: str, told: str
) -> None:
    office.rule(AllOf(AskRole("petitions.clerk")), valid_from=date(2020, 1, 1))
    petition = office.asked()
    office.give("chen", ["petitions.clerk"])

    office.do(hand_over, petition, by="lin", user_id=office.ids[to])

    assert actions(office, petition)[-1] == told


def test_the_form_warns_before_it_is_handed_over(office: Office, login: Login) -> None:
    page = english(login("lin")).get(SHOW.format(office.asked())).text

    assert "This step asks for: Clerk." in page
    assert 'required aria-required="true"' in page
