"""Programs see who is asked, and say yes and no, as people do on pages."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.testing.makers import make_company, make_user
from bumen.testing.people import Login
from bumen.workflow import AllOf, AskPerson
from tests.core.approvals.office import Office

BASE = "/api/v1/petitions/petitions"


def post(client: FlaskClient, petition: int, deed: str, **values: Any) -> Any:
    """Do something with the request of a petition."""
    return client.post(f"{BASE}/{petition}/approvals/{deed}", json=values)


def test_it_is_told_who_has_decided_and_who_is_next(readers: Office, login: Login) -> None:
    readers.rule(AllOf(AskPerson(readers.ids["lin"])), AllOf(AskPerson(readers.ids["wu"])))
    petition = readers.asked()
    assert post(login("lin"), petition, "approve", opinion="Fine.").status_code == 200

    [found] = login("wu").get(f"{BASE}/{petition}/approvals").json["result"]

    assert (found["outcome"], found["stage"], found["may_decide"]) == (None, 1, True)
    told = [(s["person"]["label"], s["standing"]) for one in found["stages"] for s in one["seats"]]
    assert told == [("lin", "approved"), ("wu", "asked")]
    assert [one["happened"] for one in found["entries"]] == ["asked", "approved"]


def test_it_is_told_beforehand_who_will_be_asked(readers: Office, login: Login) -> None:
    petition = readers.petition()

    [found] = login("wang").get(f"{BASE}/{petition}/approvals/preview?action=ask").json["result"]

    assert found["stages"] == [[{"people": "lin", "why": None, "one_is_enough": False}]]
    assert (found["needed"], found["reasons"]) == (True, [])
    assert login("wang").get(f"{BASE}/{petition}/approvals/preview?action=no").json["result"] == []


@pytest.mark.parametrize(
    ("deed", "values", "status"),
    [
        ("approve", {"opinion": "Fine."}, 200),
        ("approve", {}, 422),
        ("refuse", {"opinion": "No."}, 200),
        ("refuse", {"opinion": 5}, 422),
        ("add", {"user_id": 999999, "place": "after"}, 422),
        ("add", {"user_id": "x", "place": "nowhere"}, 422),
        ("add", {"user_id": 2**70, "place": "after"}, 422),
        ("add", {"user_id": 2**31, "place": "after"}, 422),
        ("copy", {"user_id": 2**31}, 422),
        ("hand_over", {"user_id": 2**31}, 422),
        ("hand_over", {}, 422),
        ("send_back", {"stage": 0}, 422),
        ("copy", {"user_id": 1}, 200),
        ("remind", {}, 403),
        ("withdraw", {}, 403),
        ("unheard_of", {}, 404),
        ("approve", {"opinion": "Fine.", "request_id": 99}, 409),
    ],
)
def test_what_is_sent_is_done_or_refused(
    readers: Office, login: Login, deed: str, values: dict[str, Any], status: int
) -> None:
    petition = readers.asked()

    assert post(login("lin"), petition, deed, **values).status_code == status


def test_who_is_not_asked_is_refused(readers: Office, login: Login) -> None:
    petition = readers.asked()

    answered = post(login("wu"), petition, "approve", opinion="Fine.")

    assert answered.status_code == 403
    assert "lin" in answered.json["error"]["message"]
    assert post(login("boss"), petition, "approve", opinion="Fine.").status_code == 403


def test_another_companys_request_does_not_exist(readers: Office, app: Flask, login: Login) -> None:
    petition = readers.asked()
    make_company(readers.host, code="CN01", plugins=readers.host.registry.plugins)
    make_user(readers.host, "ben", company="CN01", roles=["core.administrator"])

    for call in (login("ben").get, login("ben").post):
        assert call(f"{BASE}/{petition}/approvals").status_code in (404, 405)
    assert post(login("ben"), petition, "approve", opinion="Fine.").status_code == 404


def test_a_repeated_word_is_said_once(readers: Office, login: Login) -> None:
    petition, client = readers.asked(), login("lin")
    key = {"Idempotency-Key": "once"}

    for _time in range(2):
        sent = {"opinion": "Fine."}
        url = f"{BASE}/{petition}/approvals/approve"
        assert client.post(url, json=sent, headers=key).status_code == 200

    assert readers.granted(petition) == 1


def test_many_requests_take_no_more_statements_than_one(
    readers: Office, login: Login, statements: Callable[[], list[str]]
) -> None:
    petition, client = readers.asked(), login("lin")
    client.get(f"{BASE}/{petition}/approvals")
    statements()
    client.get(f"{BASE}/{petition}/approvals")
    one = len(statements())
    for _time in range(2):
        readers.say(petition, by="lin", agrees=False)
        readers.act("ask", petition, by="wang")
    statements()

    assert len(client.get(f"{BASE}/{petition}/approvals").json["result"]) == 3
    assert len(statements()) <= one


def test_the_description_of_the_api_tells_of_it(readers: Office, login: Login) -> None:
    paths = login("lin").get("/api/v1/_openapi").json["paths"]

    assert f"{BASE}/{{ident}}/approvals" in paths
    assert f"{BASE}/{{ident}}/approvals/hand_over" in paths
