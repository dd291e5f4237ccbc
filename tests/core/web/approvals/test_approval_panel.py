"""The page of a record says who is asked and why, and takes one's word."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen.testing.people import Login
from bumen.workflow import AllOf, AskPerson
from tests.core.approvals.office import Office
from tests.core.web.browsing import form_in

BASE = "/petitions/petitions"


def page(client: FlaskClient, petition: int) -> str:
    """Return the page of a petition."""
    answered = client.get(f"{BASE}/show/{petition}")
    assert answered.status_code == 200
    return answered.text


def send(client: FlaskClient, petition: int, deed: str, **values: Any) -> Any:
    """Send a form of the panel."""
    return client.post(f"{BASE}/{petition}/approvals/{deed}", data=values)


def two_steps(office: Office) -> int:
    """Submit a petition that lin decides first, then wu."""
    office.rule(AllOf(AskPerson(office.ids["lin"])), AllOf(AskPerson(office.ids["wu"])))
    return office.asked()


def test_the_panel_offers_the_answer_to_who_is_asked_alone(readers: Office, login: Login) -> None:
    petition = two_steps(readers)

    assert "approval-word" in page(login("lin"), petition)
    assert "approval-word" not in page(login("wu"), petition)
    assert "approval-word" not in page(login("wang"), petition)


def test_the_last_yes_is_sent_from_the_page(readers: Office, login: Login) -> None:
    petition = two_steps(readers)

    assert send(login("lin"), petition, "approve", opinion="Fine.").status_code == 303
    assert send(login("wu"), petition, "approve", opinion="Also fine.").status_code == 303

    assert readers.state(petition) == "granted"
    assert "Also fine." in page(login("wang"), petition)


def test_what_was_typed_stays_when_it_is_refused(readers: Office, login: Login) -> None:
    petition = two_steps(readers)
    ident = readers.ids["lin"]

    answered = send(login("lin"), petition, "add", user_id=ident, place="after", opinion="Who?")

    assert answered.status_code == 422
    added, handed, word = (
        form_in(answered, sends=f"/approvals/{deed}").fields
        for deed in ("add", "hand_over", "approve")
    )
    assert (added["opinion"], added["user_id"]) == ("Who?", str(ident))
    assert (handed["opinion"], handed["user_id"], word["opinion"]) == ("", "", "")
    assert re.findall(r'name="place" value="(\w+)" checked', answered.text) == ["after"]


def test_a_refused_opinion_stays_beside_the_answers(readers: Office, login: Login) -> None:
    petition = two_steps(readers)
    client = login("lin")

    stale = {"request_id": "9999", "opinion": "Never mind."}
    answered = send(client, petition, "approve", **stale)

    assert answered.status_code == 409
    assert form_in(answered, sends="/approvals/approve").fields["opinion"] == "Never mind."


def test_who_submitted_reminds_and_withdraws(readers: Office, login: Login) -> None:
    petition = two_steps(readers)
    client = login("wang")

    assert send(client, petition, "remind").status_code == 303
    assert send(client, petition, "remind").status_code == 409
    assert send(client, petition, "withdraw").status_code == 303

    assert readers.state(petition) == "draft"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_draft_says_who_will_be_asked(
    readers: Office, login: Login, headers: dict[str, str]
) -> None:
    petition = readers.petition()
    client = login("wang")
    address = f"{BASE}/{petition}/approvals/preview"
    assert address in page(client, petition)

    answered = client.get(address, headers=headers)

    assert answered.status_code == 200
    assert "lin" in answered.text


@pytest.mark.parametrize("deed", ["approve", "unheard_of", "remind"])
def test_whoever_may_not_see_it_gets_nothing_done(readers: Office, login: Login, deed: str) -> None:
    petition = two_steps(readers)

    answered = send(login("boss"), petition, deed, opinion="Fine.")

    assert answered.status_code == 403
    assert readers.waiting(petition) == {"lin"}
