"""Administrators read who changed which setting of the company; others do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.activation.service import switch
from bumen.documents.history import HistoryEntry, broken_histories
from bumen.model.accounts import Role, User
from bumen.testing.makers import make_administrator, make_company, make_member, make_user
from tests.core.web.kitchens import Kitchen

PEOPLE, PAGE, API = "/company/people/", "/company/history/", "/api/v1/core/history/"
LOCKED = {"full_name": "Guest", "username": "guest", "email": "", "locale": "zh_Hant"}


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """The administrator of TW01."""
    return kitchen.scripted("cook")


def _role(kitchen: Kitchen, name: str) -> int:
    with kitchen.host.unit_of_work() as unit:
        return unit.session.scalars(select(Role.id).where(Role.name == name)).one()


def _told(browser: FlaskClient, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get(f"{API}?kind={kind}").json["result"]
    return found


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {one["field"]: (one.get("from"), one.get("to")) for one in entry["fields"]}


def test_roles_that_are_given_are_told_from_what_to_what(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    make_user(kitchen.host, "nia", company="TW01")
    data = {"full_name": "nia", "username": "nia", "roles": ["core.administrator"], "active": "y"}

    answer = cook.post(f"{PEOPLE}{kitchen.account('nia')}", data=data)

    assert answer.status_code == 302
    entry = _told(cook, "people")[0]
    assert (entry["kind"], entry["label"], entry["by"]["label"]) == ("changed", "nia", "cook")
    assert _fields(entry) == {"roles": (None, ["core.administrator"])}


def test_who_is_locked_gets_a_password_and_is_let_go_is_told_without_the_password(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    guest = f"{PEOPLE}{kitchen.account('guest')}"
    new = {"password": "four words nobody guesses", "conf_password": "four words nobody guesses"}

    answers = [
        cook.post(guest, data=LOCKED),
        cook.post(f"{guest}/password", data=new),
        cook.post(f"{guest}/go"),
    ]

    assert [one.status_code for one in answers] == [302, 302, 302]
    gone, password, locked = _told(cook, "people")[:3]
    assert (gone["kind"], gone["label"]) == ("deleted", "Guest")
    assert password["fields"] == [{"field": "password"}]
    assert _fields(locked)["active"] == (True, False)
    assert _fields(locked)["locale"] == (None, "zh_Hant")


def test_what_a_role_of_the_company_allows_is_told_by_what_came_and_what_went(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    cook.post(f"/company/roles/{_role(kitchen, 'core.administrator')}/copy", data={"name": "Chef"})
    role = _role(kitchen, "TW01: Chef")

    answer = cook.post(
        f"/company/roles/{role}", data={"name": "Chef", "may": ["kitchen.Dishes:read"]}
    )

    assert answer.status_code == 302
    changed, made = _told(cook, "roles")[:2]
    assert (made["kind"], made["label"]) == ("made", "Chef")
    assert _fields(made)["copied_from"] == (None, "core.administrator")
    gone, came = _fields(changed)["permissions"]
    assert "kitchen.Dishes:write" in gone
    assert "kitchen.Dishes:read" not in gone
    assert came is None


def test_what_a_copied_role_allows_is_read_by_lists_and_without_technical_grants(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    cook.post(f"/company/roles/{_role(kitchen, 'core.administrator')}/copy", data={"name": "Chef"})

    page = cook.get(f"{PAGE}?kind=roles").text

    assert "Dishes: See, Add, change and delete" in page
    for machine in (":get", ":this_form_get", "kitchen.Dishes:", "core.Regulations:"):
        assert machine not in page


def test_field_rules_are_told_when_they_are_made_changed_and_taken_away(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    role = _role(kitchen, "core.administrator")
    asked = {"field": "margin", "role": role, "states": []}

    for effect in ("hidden", "fixed"):
        cook.post("/company/fields/kitchen/dishes", data={**asked, "effect": effect})
    with kitchen.host.unit_of_work() as unit:
        ident = unit.session.scalars(
            select(HistoryEntry.record_id).where(HistoryEntry.resource == "core.field_rules")
        ).first()
    cook.post(f"/company/fields/{ident}/delete")

    gone, changed, made = _told(cook, "fields")
    assert (made["kind"], changed["kind"], gone["kind"]) == ("made", "changed", "deleted")
    assert _fields(made) == {
        "role_name": (None, "core.administrator"),
        "effect": (None, "hidden"),
    }
    assert _fields(changed) == {"effect": ("hidden", "fixed")}


def test_keys_are_told_without_their_secret(kitchen: Kitchen, cook: FlaskClient) -> None:
    page = cook.post("/keys/add", data={"name": "Shop", "reach": "read", "life": "30"})
    with kitchen.host.unit_of_work() as unit:
        every = unit.session.scalars(
            select(HistoryEntry).where(HistoryEntry.resource == "core.api_keys")
        ).all()
        ident = every[0].record_id
        kept = str([one.changes for one in every])
    cook.post(f"/keys/end/{ident}")

    assert page.status_code == 200
    ended, made = _told(cook, "keys")
    assert (made["kind"], ended["kind"], made["label"]) == ("made", "deleted", "Shop")
    assert _fields(made)["holder"] == (None, "cook")
    assert "bumen_" not in kept


def test_departments_that_are_switched_are_told_with_the_reason(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    switch(kitchen.host, company="TW01", name="kitchen", enabled=False, reason="Stock-taking")

    off = _told(cook, "departments")[0]
    assert (off["kind"], off["action"], off["label"], off["opinion"]) == (
        "done",
        "switched_off",
        "kitchen",
        "Stock-taking",
    )


def test_every_kind_of_setting_is_read_on_the_page_and_in_its_words(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    cook.post("/flows/working-time/", data={"weekdays": ["1", "2"], "hours": "09:00-12:00"})
    cook.post(
        "/flows/working-time/days", data={"day": "2026-12-25", "works": "no", "name": "Closed"}
    )
    cook.post(f"/company/roles/{_role(kitchen, 'core.administrator')}/copy", data={"name": "Chef"})

    page = cook.get(PAGE).text

    for words in ("Working calendar", "Closed", "Company administrator", "Chef", "Kitchen"):
        assert words in page


def test_it_is_narrowed_by_kind_person_and_days(kitchen: Kitchen, cook: FlaskClient) -> None:
    make_administrator(kitchen.host, "nia", company="TW01")
    by_nia = kitchen.scripted("nia")
    by_nia.post("/flows/working-time/", data={"weekdays": ["1"], "hours": "09:00-12:00"})
    nia = kitchen.account("nia")

    [theirs] = cook.get(f"{API}?by={nia}").json["result"]
    assert (theirs["setting"], theirs["by"]["id"]) == ("calendar", nia)
    assert cook.get(f"{API}?by={nia}&kind=people").json["result"] == []
    assert cook.get(f"{API}?since=2999-01-01").json["result"] == []
    assert cook.get(f"{API}?until=2020-01-01").json["result"] == []
    assert cook.get(f"{API}?since=2020-01-01&until=2999-01-01").json["result"]


@pytest.mark.parametrize(
    "asked",
    [
        "kind=dishes",
        "by=x",
        "by=99999999999",
        "since=tomorrow",
        "before=x",
        "what=ever",
        "since=2026-02-02&until=2026-02-01",
        "size=0",
    ],
)
def test_what_cannot_be_asked_is_refused(cook: FlaskClient, asked: str) -> None:
    assert cook.get(f"{API}?{asked}").status_code == 400


def test_pages_go_on_where_the_last_one_ended(kitchen: Kitchen, cook: FlaskClient) -> None:
    for number in range(4):
        make_user(kitchen.host, f"person{number}", company="TW01")

    numbers, before = [], ""
    while before is not None:
        answer = cook.get(f"{API}?kind=people&size=2" + (f"&before={before}" if before else ""))
        numbers += [one["number"] for one in answer.json["result"]]
        before = answer.json["next"]

    assert numbers == sorted(set(numbers), reverse=True)
    assert numbers == [one["number"] for one in _told(cook, "people")]


def test_others_do_not_read_it_nor_another_company(kitchen: Kitchen) -> None:
    make_company(kitchen.host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY")
    make_user(kitchen.host, "stranger", company="CN01", roles=["core.administrator"])
    guest, stranger = kitchen.scripted("guest"), kitchen.scripted("stranger")

    assert [guest.get(one).status_code for one in (PAGE, API)] == [403, 403]
    assert {one["label"] for one in stranger.get(API).json["result"]} == {"kitchen", "stranger"}


def test_nobody_of_another_company_is_called_by_name(kitchen: Kitchen, cook: FlaskClient) -> None:
    make_company(kitchen.host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY")
    make_user(kitchen.host, "stranger", company="CN01")

    page = cook.get(f"{PAGE}?by={kitchen.account('stranger')}").text

    assert f"#{kitchen.account('stranger')}" in page
    assert "stranger" not in page


def test_somebody_of_two_companies_is_told_in_both_and_the_chains_stay_whole(
    kitchen: Kitchen,
) -> None:
    make_company(kitchen.host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY")
    make_member(kitchen.host, "guest", company="CN01")

    with kitchen.host.unit_of_work(by="cook") as unit:
        unit.session.scalars(select(User).where(User.username == "guest")).one().active = False

    with kitchen.host.database.wide_session() as wide:
        locked = [
            one
            for one in wide.scalars(select(HistoryEntry))
            if any(field["field"] == "active" for field in one.changes["fields"])
        ]
        assert [(one.label, one.by_name) for one in locked] == [("guest", "cook")] * 2
        assert len({one.company_id for one in locked}) == len(locked)
    with kitchen.host.database.engine.connect() as connection:
        assert list(broken_histories(connection, kitchen.host.departments.signet)) == []


def test_what_is_undone_is_not_told(kitchen: Kitchen, cook: FlaskClient) -> None:
    before = len(_told(cook, "people"))
    with kitchen.host.unit_of_work(company="TW01") as unit:
        with pytest.raises(ValueError), unit.attempt():  # noqa: PT011  # ours alone
            guest = unit.session.scalars(select(User).where(User.username == "guest")).one()
            guest.active = False
            unit.session.flush()
            raise ValueError
        unit.session.refresh(guest)

    assert len(_told(cook, "people")) == before


def test_the_page_takes_as_many_statements_for_three_entries_as_for_one(
    kitchen: Kitchen, cook: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    copied = f"/company/roles/{_role(kitchen, 'core.administrator')}/copy"

    def read() -> int:
        cook.get(f"{PAGE}?kind=roles")
        statements()
        assert cook.get(f"{PAGE}?kind=roles").status_code == 200
        return len(statements())

    cook.post(copied, data={"name": "One"})
    one = read()
    cook.post(copied, data={"name": "Two"})
    cook.post(copied, data={"name": "Three"})

    assert read() <= one
