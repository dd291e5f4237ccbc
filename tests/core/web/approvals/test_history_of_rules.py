"""The history of settings tells in words who is asked for approval, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bumen.approvals import ApprovalRule
from bumen.testing.people import Login
from bumen.unit_of_work import session
from tests.core.approvals.office import Office
from tests.core.web.approvals.test_rule_pages import AWAY, NEW, RULES, sent
from tests.core.web.browsing import forms_in

HISTORY = "/company/history/"


def _reading(login: Login, language: str) -> Any:
    """Return the browser of an administrator who reads a language."""
    return login("admin", language=language)


def test_who_a_rule_asks_is_told_in_words_from_what_to_what(office: Office, login: Login) -> None:
    client = _reading(login, "en")
    client.post(NEW, data=sent(office))
    with office.at_work():
        ident = session().scalars(select(ApprovalRule.id)).one()
    fewer = {"step.0": "", "who.0": "", "step.1": "", "who.1": ""}

    client.post(f"{RULES}{ident}", data=sent(office, **fewer))

    page = client.get(f"{HISTORY}?kind=approvals").text
    changed, made = page.split("history-entry ")[1:3]
    assert "1. huang\n2. Clerk or lin, within Working hours: 8" in made
    assert "1. huang\n2. Clerk or lin" in changed.partition("history-arrow")[0]
    assert ">huang</span>" in changed.partition("history-arrow")[2]


def test_a_rule_is_told_without_words_of_machines(office: Office, login: Login) -> None:
    client = _reading(login, "en")
    client.post(NEW, data=sent(office))

    page = client.get(f"{HISTORY}?kind=approvals").text

    for words in ("Petitions", "Asked for", "Amount"):
        assert f">{words}</span>" in page
    told = page[page.index("<main") : page.index("</main>")]
    for machine in ("petitions.petitions", ">asked<", ">amount<"):
        assert machine not in told


def test_an_absence_tells_who_is_away_who_stands_in_and_the_days_as_they_are_read(
    office: Office, login: Login
) -> None:
    days = {"first_day": "2030-11-05", "last_day": "2030-11-08"}
    login("lin").post(AWAY, data={**days, "substitute_id": str(office.ids["huang"])})

    page = _reading(login, "zh-TW").get(f"{HISTORY}?kind=absences").text

    assert ">lin</span>" in page
    assert ">huang</span>" in page
    assert "2030/11/5 – 2030/11/8" in page
    assert "2030-11-05" not in page


def test_many_entries_take_no_more_statements_than_one(
    office: Office, login: Login, statements: Callable[[], list[str]]
) -> None:
    client = login("admin")
    client.post(NEW, data=sent(office))
    client.get(HISTORY)
    statements()
    client.get(HISTORY)
    one = len(statements())
    for name in ("lin", "wu"):
        client.post(NEW, data=sent(office, **{"person.2": str(office.ids[name])}))
    statements()

    client.get(HISTORY)

    assert len(statements()) <= one


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("since=2026-02-02&until=2026-02-01", "until"),
        ("since=2026-02-02&until=never", "until"),
        ("since=x&until=2026-02-01", "since"),
    ],
)
def test_days_that_cannot_be_asked_for_are_told_at_their_box_with_the_form_kept(
    office: Office, login: Login, asked: str, wrong: str
) -> None:
    answer = login("admin").get(f"{HISTORY}?kind=approvals&{asked}")

    [form] = [one for one in forms_in(answer) if "since" in one.boxes]
    sent = dict(one.split("=") for one in asked.split("&"))
    assert answer.status_code == 400
    assert f'id="history-{wrong}-errors"' in answer.text
    others = {"since", "until"} - {wrong}
    assert not any(f"history-{one}-errors" in answer.text for one in others)
    assert {**sent, "kind": "approvals"} == {name: form.fields[name] for name in (*sent, "kind")}
