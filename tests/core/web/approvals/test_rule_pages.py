"""Administrators write down who is asked; people write down who decides for them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bumen.approvals import Absence, ApprovalRule
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import Login
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AnyOf, AskPerson, AskRole, WorkingHours
from petitions.models import Post
from tests.core.approvals.office import Office
from tests.core.web.browsing import form_in
from tests.core.web.looking import look_at

RULES = "/company/approvals/"
NEW = f"{RULES}petitions.petitions/asked/new"
AWAY = "/company/absences/"


def token_in(stranger: Any) -> str:
    """Return the token of somebody who has not signed in."""
    return form_in(stranger.get("/login/"), has="password").fields["csrf_token"]


def sent(office: Office, **more: str) -> dict[str, str]:
    """Return a form that asks huang, then one of the clerks and lin within eight hours."""
    return {
        "title": "Large ones",
        "valid_from": "2026-01-01",
        "rank": "5",
        "amount_field": "amount",
        "amount_from": "1,000",
        "step.0": "2",
        "who.0": "role:petitions.clerk",
        "ask.0": "any",
        "due.0": "8",
        "unit.0": "hours",
        "step.1": "2",
        "who.1": "person",
        "person.1": str(office.ids["lin"]),
        "ask.1": "any",
        "step.2": "1",
        "who.2": "person",
        "person.2": str(office.ids["huang"]),
        "ask.2": "all",
        "who.3": "",
        **more,
    }


def test_a_rule_is_written_and_followed(office: Office, login: Login) -> None:
    client = login("admin")

    assert client.post(NEW, data=sent(office)).status_code == 303

    with office.at_work():
        rule = session().scalars(select(ApprovalRule)).one()
        clerk = AskRole("petitions.clerk")
        either = AnyOf(clerk, AskPerson(office.ids["lin"]), due=WorkingHours(8))
        assert rule.stages == (AllOf(AskPerson(office.ids["huang"])), either)
    assert office.waiting(office.asked(amount=1000)) == {"huang"}
    assert "Large ones" in client.get(RULES).text


def test_a_rule_is_shown_as_it_is_kept_and_changed(office: Office, login: Login) -> None:
    client = login("admin")
    client.post(NEW, data=sent(office))
    with office.at_work():
        ident = session().scalars(select(ApprovalRule.id)).one()

    assert 'value="Large ones"' in client.get(f"{RULES}{ident}").text
    changed = sent(office, title="Very large ones", amount_from="5000")
    assert client.post(f"{RULES}{ident}", data=changed).status_code == 303
    assert office.waiting(office.asked(amount=1000)) == {"lin"}

    assert client.post(f"{RULES}{ident}/delete").status_code == 303
    assert client.get(f"{RULES}{ident}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"valid_from": ""},
        {"valid_from": "yesterday"},
        {"valid_until": "2020-01-01"},
        {"amount_field": "granted"},
        {"amount_from": "a lot"},
        {"amount_to": "10"},
        {"rank": "-1"},
        {"rank": "9" * 40},
        {"who.0": "role:nobody.there"},
        {"who.0": "field:amount"},
        {"who.0": "rubbish"},
        {"who.0": "superior:99"},
        {"person.1": "99999999"},
        {"person.1": "9" * 40},
        {"due.0": "soon"},
        {"step.0": "²"},
        {"step.0": "9" * 5000},
        {"person.1": "9" * 5000},
        {"who.0": "superior:" + "9" * 5000},
        {"who.0": "", "who.1": "", "who.2": ""},
        {"department_id": "99999"},
        {"department_id": "Sales"},
        {"region_id": "9" * 40},
    ],
)
def test_what_does_not_fit_is_told_and_nothing_kept(
    office: Office, login: Login, wrong: dict[str, str]
) -> None:
    answered = login("admin").post(NEW, data=sent(office, **wrong))

    kept = answered.status_code == 303
    with office.at_work():
        rules = len(session().scalars(select(ApprovalRule)).all())
    assert (answered.status_code, rules) == ((303, 1) if kept else (422, 0))
    assert kept == ("step.0" in wrong)


@pytest.mark.parametrize(("name", "status"), [("lin", 403), ("wang", 403), (None, 302)])
def test_nobody_but_administrators_sees_rules(
    office: Office, login: Login, client: Any, name: str | None, status: int
) -> None:
    browser = login(name) if name else client
    form = sent(office) if name else sent(office, csrf_token=token_in(client))

    assert browser.get(RULES).status_code == status
    assert browser.post(NEW, data=form).status_code == status


def test_another_companys_rule_does_not_exist(office: Office, login: Login) -> None:
    ident = office.rule(AllOf(AskPerson(office.ids["lin"])))
    make_company(office.host, code="CN01", plugins=office.host.registry.plugins)
    make_administrator(office.host, "ben", company="CN01")

    for url in (f"{RULES}{ident}", f"{RULES}{ident}/delete"):
        assert login("ben").post(url, data=sent(office)).status_code == 404


def test_a_rule_knows_its_department_whatever_that_is_called(office: Office, login: Login) -> None:
    office.place("wang", department="Sales")
    client, ident = login("admin"), office.department("Sales")["department_id"]

    assert client.post(NEW, data=sent(office, department_id=str(ident))).status_code == 303

    with office.at_work():
        rule = session().scalars(select(ApprovalRule)).one()
        assert (rule.department, rule.department_id) == ("Sales", ident)
        session().get_one(Post, ident).name = "Sales and marketing"
        for post in session().scalars(select(Post).where(Post.department == "Sales")):
            post.department = "Sales and marketing"
    assert "Sales and marketing" in client.get(RULES).text
    assert office.waiting(office.asked(amount=1000)) == {"huang"}
    assert office.waiting(office.asked(by="chen", amount=1000)) == {"lin"}


def test_the_conditions_of_a_rule_read_as_sentences(office: Office, login: Login) -> None:
    client = login("admin", language="en")
    clerk = {"role": "petitions.clerk", "amount_to": "5,000"}
    client.post(NEW, data=sent(office, **clerk))

    page = client.get(RULES).text

    assert "Amount is at least NT$1,000 and below NT$5,000." in page
    assert "Whoever submits holds the role" in page


def test_a_rule_is_taken_away_only_after_a_question(office: Office, login: Login) -> None:
    client = login("admin", language="en")
    ident = office.rule(AllOf(AskPerson(office.ids["lin"])), title="Mine")

    page = client.get(RULES).text

    assert f'data-bs-target="#drop-{ident}"' in page
    assert "Take the rule “Mine” away?" in page


def test_many_rules_take_no_more_statements_than_one(
    office: Office, login: Login, statements: Callable[[], list[str]]
) -> None:
    client = login("admin")
    office.rule(AllOf(AskPerson(office.ids["lin"])))
    client.get(RULES)
    statements()
    client.get(RULES)
    one = len(statements())
    for name in ("wu", "huang"):
        office.rule(AllOf(AskPerson(office.ids[name])))
    statements()

    client.get(RULES)

    assert len(statements()) <= one


def test_people_write_down_who_decides_for_them(office: Office, login: Login) -> None:
    client, today = login("lin"), date.today()  # noqa: DTZ011
    form = {
        "substitute_id": str(office.ids["wu"]),
        "first_day": (today - timedelta(days=2)).isoformat(),
        "last_day": (today + timedelta(days=2)).isoformat(),
    }

    assert client.post(AWAY, data=form).status_code == 303
    assert client.post(AWAY, data=form).status_code == 422
    assert "wu" in client.get(AWAY).text
    with office.at_work():
        ident = session().scalars(select(Absence.id)).one()

    assert login("wang").post(f"{AWAY}{ident}/delete").status_code == 403
    assert client.post(f"{AWAY}{ident}/delete").status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"substitute_id": ""},
        {"substitute_id": "99999999"},
        {"substitute_id": "9" * 30},
        {"first_day": "2026-13-01"},
        {"first_day": "2026-12-02", "last_day": "2026-12-01"},
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(
    office: Office, login: Login, wrong: dict[str, str]
) -> None:
    good = {"substitute_id": str(office.ids["wu"])} | dict.fromkeys(
        ("first_day", "last_day"), "2026-12-24"
    )

    answered = login("lin").post(AWAY, data=good | wrong)

    assert answered.status_code == 422


def test_another_line_is_added_without_losing_what_was_typed(office: Office, login: Login) -> None:
    client = login("admin")

    page = look_at(client.post(NEW, data={**sent(office), "more": "1"}))

    lines = sum(name.startswith("who.") for name in sent(office)) + 1
    assert len(list(page.every("fieldset", of="approval-step"))) == lines
    assert page.one("input", name="title").attributes["value"] == "Large ones"
    with office.at_work():
        assert session().scalars(select(ApprovalRule)).all() == []
