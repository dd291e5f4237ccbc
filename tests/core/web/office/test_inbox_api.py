"""The inbox through the API: the same lines, for programs."""

from __future__ import annotations

from datetime import date

import pytest

from bumen.testing.makers import make_user
from tests.core.web.desks import Desks

BASE = "/api/v1/core/inbox"


def test_a_program_reads_what_waits_and_whether_an_opinion_is_needed(desks: Desks) -> None:
    petition = desks.office.asked(by="wang")

    told = desks.ask("lin", f"{BASE}/").json

    [line] = told["result"]
    assert told["count"] == 1
    assert (line["kind"], line["resource"]) == ("approval", "petitions.petitions")
    assert line["record"] == {"id": petition, "label": "P-0001"}
    assert line["who"] == {"id": desks.office.ids["wang"], "label": "wang"}
    assert line["opinion_needed"] == {"yes": True, "no": True}
    assert isinstance(line["request_id"], int)


def test_a_program_puts_notices_away(desks: Desks) -> None:
    petition = desks.office.petition()
    for _each in range(3):
        desks.tell(petition, "lin")

    one = desks.ask("lin", f"{BASE}/notices/1/seen", method="POST").json
    every = desks.ask("lin", f"{BASE}/notices/seen", method="POST").json

    assert (one["count"], every["count"]) == (2, 0)


def test_a_program_does_its_own_activities_only(desks: Desks) -> None:
    activity = desks.give(desks.office.petition(), to="lin", due_on=date(2020, 1, 1))
    address = f"{BASE}/activities/{activity}/done"

    others = desks.ask("admin", address, method="POST")
    own = desks.ask("lin", address, method="POST")
    again = desks.ask("lin", address, method="POST")

    assert [one.status_code for one in (others, own, again)] == [404, 200, 409]
    assert desks.ask("lin", f"{BASE}/?tab=done").json["result"][0]["text"] == "Call back"


def test_pages_follow_each_other(desks: Desks) -> None:
    petition = desks.office.petition()
    for _each in range(31):
        desks.tell(petition, "lin")

    first = desks.ask("lin", f"{BASE}/?tab=mentions").json
    second = desks.ask("lin", f"{BASE}/?tab=mentions&after={first['next']}").json

    assert (len(first["result"]), len(second["result"]), second["next"]) == (30, 1, None)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/?tab=x", 404), ("/?after=x", 400), (f"/notices/{2**70}/seen", 404), ("/notices/9", 404)],
)
def test_nonsense_is_refused_plainly(desks: Desks, address: str, status: int) -> None:
    method = "POST" if address.endswith("seen") else "GET"

    assert desks.ask("lin", f"{BASE}{address}", method=method).status_code == status


def test_strangers_have_no_inbox(desks: Desks) -> None:
    make_user(desks.office.host, "stranger")

    assert desks.ask("stranger", f"{BASE}/").status_code == 404
    assert desks.app.test_client().get(f"{BASE}/").status_code == 401


def test_the_document_of_the_api_names_the_inbox(desks: Desks) -> None:
    paths = desks.ask("lin", "/api/v1/_openapi").json["paths"]

    assert {f"{BASE}/", f"{BASE}/notices/seen"} <= set(paths)
