"""Whoever is asked about a record reads that one record, whatever their rights say; no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bumen.activation.service import switch
from bumen.approvals import Absence, hand_over, withdraw
from bumen.documents.attachments import attach_file
from bumen.model.accounts import Permission, PermissionView, Role, ViewMenu
from bumen.testing.makers import make_company, make_user
from bumen.testing.people import Login
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AskPerson
from petitions.models import Petition
from petitions.resources import Petitions
from tests.core.approvals.office import Office

PAGES = "/petitions/petitions"
BASE = "/api/v1/petitions/petitions"
ONE = (
    f"{PAGES}/show/{{}}",
    f"{PAGES}/history/{{}}",
    f"{PAGES}/flow/{{}}",
    f"{PAGES}/{{}}/discussion",
    f"{BASE}/{{}}",
    f"{BASE}/{{}}/actions",
    f"{BASE}/{{}}/approvals",
    f"{BASE}/{{}}/attachments",
    f"{BASE}/{{}}/comments",
    f"{BASE}/{{}}/followers",
    f"{BASE}/{{}}/history",
    f"{BASE}/{{}}/movements",
)
"""Where one record is read."""
MANY = (
    f"{PAGES}/list/",
    f"{PAGES}/flow",
    f"{PAGES}/export?format=csv",
    f"{BASE}/",
    f"{BASE}/_info",
)
"""Where many are."""


@pytest.fixture
def petition(office: Office) -> int:
    """A petition that huang decides, who holds no role at all; then boss does."""
    office.rule(AllOf(AskPerson(office.ids["huang"])), AllOf(AskPerson(office.ids["boss"])))
    return office.asked(amount=70)


def statuses(client: FlaskClient, petition: int, places: Any = ONE) -> set[int]:
    """Return how the places where a record is read answer."""
    return {client.get(one.format(petition)).status_code for one in places}


def _in_english(browser: FlaskClient) -> FlaskClient:
    """Return a browser whose person reads English."""
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def _pair(found: Session, permission: str) -> PermissionView:
    """Return what a role is granted to do something with petitions."""
    return found.scalars(
        select(PermissionView)
        .join(PermissionView.permission)
        .join(PermissionView.view_menu)
        .where(Permission.name == permission, ViewMenu.name == "petitions.Petitions")
    ).one()


def be_away(office: Office, name: str, substitute: str) -> None:
    """Let somebody decide for another these days."""
    on = date.today()  # noqa: DTZ011
    with office.at_work(name):
        days = {"first_day": on - timedelta(days=2), "last_day": on + timedelta(days=2)}
        pair = {"user_id": office.ids[name], "substitute_id": office.ids[substitute]}
        session().add(Absence(**pair, **days))


def test_whoever_is_asked_reads_the_record_and_everything_around_it(
    office: Office, login: Login, petition: int
) -> None:
    huang = _in_english(login("huang"))

    assert statuses(huang, petition) == {200}
    assert huang.get(f"{BASE}/{petition}").json["result"]["amount"] == "70.00"
    assert "your decision is" in huang.get(f"{PAGES}/show/{petition}").text


def test_whoever_is_not_asked_or_not_yet_reads_nothing(login: Login, petition: int) -> None:
    assert statuses(login("wu"), petition) == {403}
    assert statuses(login("boss"), petition) == {403}


def test_being_asked_about_one_opens_no_other_and_no_list(
    office: Office, login: Login, petition: int
) -> None:
    other = office.petition(by="chen")
    huang = login("huang")

    assert statuses(huang, other) == {403}
    assert statuses(huang, petition, MANY) == {403}
    assert huang.get("/lookup/petitions/petitions?q=P").status_code == 403
    assert ">Petitions</a>" not in huang.get(f"{PAGES}/show/{petition}").text


def test_being_asked_changes_nothing_and_does_nothing_else(
    office: Office, login: Login, petition: int
) -> None:
    huang, version = login("huang"), {"version": 2}

    assert huang.put(f"{BASE}/{petition}", json={"amount": "1", **version}).status_code == 403
    assert huang.delete(f"{BASE}/{petition}").status_code == 403
    assert huang.post(f"{BASE}/{petition}/actions/take_back", json=version).status_code == 403
    assert huang.post(f"{PAGES}/{petition}/actions/take_back", data=version).status_code == 403
    sent = {"file": (BytesIO(b"x"), "x.txt")}
    assert huang.post(f"{BASE}/{petition}/attachments", data=sent).status_code == 403
    assert huang.get(f"{PAGES}/edit/{petition}").status_code == 403
    assert office.state(petition) == "asked"


def test_a_right_to_act_counts_for_no_record_that_only_asking_opened(
    office: Office, login: Login, petition: int
) -> None:
    office.say(petition, by="huang")
    office.say(petition, by="boss", agrees=False)
    with office.at_work("admin") as unit:
        unit.session.add(Role(name="Sender", permissions=[_pair(unit.session, "can_ask")]))
    office.give("huang", ["Sender"])
    huang = login("huang")

    page = huang.get(f"{PAGES}/show/{petition}")
    answered = huang.post(f"{PAGES}/{petition}/actions/ask", data={"version": 3})

    assert (page.status_code, answered.status_code) == (200, 403)
    assert office.state(petition) == "draft"


def test_actions_say_plainly_which_are_the_answer(
    login: Login, office: Office, petition: int
) -> None:
    told = _in_english(login("huang")).get(f"{BASE}/{petition}/actions").json

    offered = {one["name"]: one for one in told["result"]}
    assert told["only_asked"] is True
    assert {name for name, one in offered.items() if one["possible"]} == {"grant", "deny"}
    assert offered["grant"]["is_answer"] is True
    assert "your decision" in offered["take_back"]["why_not"]


@pytest.mark.parametrize("place", [f"{BASE}/{{}}/actions/grant", f"{BASE}/{{}}/approvals/approve"])
def test_the_answer_is_given_by_either_way_and_the_record_stays_open(
    office: Office, login: Login, petition: int, place: str
) -> None:
    huang = login("huang")
    version = huang.get(f"{BASE}/{petition}").json["result"]["version"]
    said = {"opinion": "Fine."} | ({"version": version} if "actions" in place else {})

    answered = huang.post(place.format(petition), json=said)

    assert answered.status_code == 200
    assert office.waiting(petition) == {"boss"}
    assert statuses(huang, petition) == statuses(login("boss"), petition) == {200}


def test_a_substitute_reads_while_they_stand_in(
    office: Office, login: Login, petition: int
) -> None:
    assert statuses(login("wu"), petition) == {403}
    be_away(office, "huang", "wu")

    assert statuses(login("wu"), petition) == {200}
    with office.at_work():
        session().execute(delete(Absence))
    assert statuses(login("wu"), petition) == {403}


def test_what_is_withdrawn_or_handed_over_is_closed_again(
    office: Office, login: Login, petition: int
) -> None:
    office.do(hand_over, petition, by="huang", user_id=office.ids["chen"])
    assert statuses(login("huang"), petition) == {403}
    office.say(petition, by="chen")
    assert statuses(login("boss"), petition) == statuses(login("chen"), petition)

    office.do(withdraw, petition, by="wang")

    assert statuses(login("boss"), petition) == {403}
    assert login("chen").get(f"{BASE}/{petition}").status_code == 403


def test_who_hands_over_from_the_page_is_led_to_the_inbox(
    office: Office, login: Login, petition: int
) -> None:
    sent = {"user_id": str(office.ids["chen"])}

    answered = login("huang").post(f"{PAGES}/{petition}/approvals/hand_over", data=sent)

    assert (answered.status_code, answered.headers["Location"]) == (303, "/inbox/")


def test_another_company_and_a_department_that_is_off_stay_closed(
    office: Office, login: Login, petition: int
) -> None:
    make_company(office.host, code="CN01", plugins=office.host.registry.plugins)
    make_user(office.host, "ben", company="CN01")
    assert statuses(login("ben"), petition) == {403}
    huang = login("huang")

    switch(office.host, company="TW01", name="petitions", enabled=False)

    assert statuses(huang, petition) == {404}
    assert "/show/" not in huang.get("/inbox/").text


def test_files_are_read_and_not_taken_away(office: Office, login: Login, petition: int) -> None:
    with office.at_work("wang"):
        record = session().get(Petition, petition)
        file = attach_file(Petitions, record, name="報價.txt", content=BytesIO(b"text")).id
    address = f"{BASE}/{petition}/attachments/{file}"

    assert login("huang").get(address).data == b"text"
    assert login("huang").delete(address).status_code == 403
    assert login("wu").get(address).status_code == 403


def test_whoever_is_asked_takes_part_in_the_discussion(
    office: Office, login: Login, petition: int
) -> None:
    said = login("huang").post(f"{BASE}/{petition}/comments", json={"text": "Why so much?"})

    assert said.status_code == 201
    assert login("wu").post(f"{BASE}/{petition}/comments", json={"text": "x"}).status_code == 403


def test_the_inbox_leads_to_it_and_shows_what_is_asked(
    office: Office, login: Login, petition: int
) -> None:
    page = login("huang").get("/inbox/").text

    assert f"{PAGES}/show/{petition}" in page
    assert "70" in page
    assert "You may not see this record." not in page


def test_reading_by_being_asked_takes_few_more_statements(
    office: Office, login: Login, petition: int, statements: Callable[[], list[str]]
) -> None:
    huang, wang = login("huang"), login("lin")
    office.give("lin", ["petitions.clerk"])
    for client in (huang, wang):
        client.get(f"{BASE}/{petition}")
    statements()
    wang.get(f"{BASE}/{petition}")
    by_right = len(statements())

    huang.get(f"{BASE}/{petition}")

    assert len(statements()) <= by_right + 2


def test_what_is_hidden_from_a_role_stays_hidden_from_who_is_asked(
    office: Office, login: Login, petition: int
) -> None:
    office.deny("amount", role="Idler")
    assert login("huang").get(f"{BASE}/{petition}").json["result"]["amount"] == "70.00"

    office.give("huang", ["Idler"])

    told = login("huang").get(f"{BASE}/{petition}").json["result"]
    assert "amount" not in told
    assert told["number"].startswith("P-")
