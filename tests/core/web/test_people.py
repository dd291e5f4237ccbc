"""Administrators make people with their companies and roles, change them, lock and delete them."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.company.models import Membership
from bumen.model.accounts import User
from bumen.testing.makers import PASSWORD, make_member, make_user
from tests.core.web.beginnings import make_deployer
from tests.core.web.browsing import send
from tests.core.web.conftest import World

NEW: dict[str, Any] = {
    "full_name": "王小明",
    "username": "ming",
    "email": "",
    "locale": "zh_Hant",
    "active": "y",
    "password": "four quite odd words",
    "conf_password": "four quite odd words",
    "place": ["TW01"],
    "roles-TW01": ["sales.salesperson", "base.viewer"],
}


@pytest.fixture
def company(world: World) -> World:
    """Two companies, and boss, who administers the deployment."""
    make_deployer(world)
    return world


def places(world: World, name: str) -> dict[str, set[str]]:
    """Where somebody works, and the roles held there."""
    query = select(Membership).join(User).where(User.username == name)
    with world.host.unit_of_work() as unit:
        return {m.company.code: {r.name for r in m.roles} for m in unit.session.scalars(query)}


def person(world: World, name: str) -> dict[str, Any]:
    """What is kept of somebody."""
    with world.host.unit_of_work() as unit:
        user = unit.session.query(User).filter_by(username=name).one()
        return {
            "id": user.id,
            "name": (user.first_name, user.last_name),
            "email": user.email,
            "active": user.active,
            "locale": user.locale,
            "everywhere": {role.name for role in user.roles},
        }


def as_kept(world: World, name: str, **changes: Any) -> dict[str, Any]:
    """What a form would send for somebody, with something changed."""
    known, where = person(world, name), places(world, name)
    roles = {f"roles-{code}": sorted(held) for code, held in where.items()}
    return {
        "full_name": known["name"][0],
        "username": name,
        "email": known["email"],
        "active": "y" if known["active"] else "",
        "place": sorted(where),
        "everywhere": sorted(known["everywhere"]),
        **roles,
        **changes,
    }


def edit(world: World, name: str, *, by: str = "boss", **changes: Any) -> Any:
    """Change somebody by the form."""
    url, sent = f"/users/edit/{person(world, name)['id']}", as_kept(world, name, **changes)
    return world.browser(by).post(url, data={n: v for n, v in sent.items() if v})


def test_a_new_person_works_where_it_was_ticked_and_signs_in(company: World) -> None:
    made = company.browser("boss").post("/users/add", data=NEW)

    assert made.status_code == 302
    assert places(company, "ming") == {"TW01": {"sales.salesperson", "base.viewer"}}
    kept = person(company, "ming")
    assert (kept["name"], kept["locale"], kept["active"]) == (("王小明", ""), "zh_Hant", True)
    browser = company.app.test_client()
    signed_in = send(browser, "/login/", username="ming", password="four quite odd words")
    assert signed_in.location == "/"
    assert browser.get("/sales/orders/list/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"full_name": "名" * 65}, "full_name"),
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "ANNA"}, "username"),
        ({"email": "nobody"}, "email"),
        ({"email": "Anna@users.invalid"}, "email"),
        ({"locale": "fr"}, "locale"),
        ({"password": "short", "conf_password": "short"}, "password"),
        ({"conf_password": "another one entirely"}, "conf_password"),
    ],
)
def test_what_is_wrong_is_told_at_its_box_and_nothing_is_kept(
    company: World, wrong: dict[str, str], field: str
) -> None:
    answer = company.browser("boss").post("/users/add", data={**NEW, **wrong})

    assert answer.status_code in (409, 422)
    assert f'id="{field}-errors"' in answer.text
    assert 'value="sales.salesperson" checked' in answer.text
    with company.host.unit_of_work() as unit:
        assert unit.session.query(User).filter_by(username="ming").count() == 0


@pytest.mark.parametrize(
    "unknown", [{"place": ["NOPE"]}, {"roles-TW01": ["sales.king"]}, {"everywhere": ["Public"]}]
)
def test_unknown_companies_and_roles_are_refused(company: World, unknown: dict[str, Any]) -> None:
    answer = company.browser("boss").post("/users/add", data={**NEW, **unknown})

    assert answer.status_code in (404, 422)
    with company.host.unit_of_work() as unit:
        assert unit.session.query(User).filter_by(username="ming").count() == 0


def test_the_form_shows_what_is_kept_and_sends_it_back_unchanged(company: World) -> None:
    make_member(company.host, "anna", company="CN01", roles=["sales.viewer"])
    before = person(company, "anna"), places(company, "anna")
    url = f"/users/edit/{before[0]['id']}"

    page = company.browser("boss").get(url)
    assert page.text.count('name="place" value="TW01" checked') == 1
    assert edit(company, "anna").status_code == 302

    assert (person(company, "anna"), places(company, "anna")) == before


def test_companies_and_roles_become_what_is_ticked(company: World) -> None:
    make_member(company.host, "anna", company="CN01", roles=["sales.viewer", "base.viewer"])

    changed = {"place": ["CN01"], "roles-CN01": ["base.viewer"], "everywhere": ["sales.viewer"]}
    assert edit(company, "anna", **changed).status_code == 302

    assert places(company, "anna") == {"CN01": {"base.viewer"}}
    assert person(company, "anna")["everywhere"] == {"sales.viewer"}
    browser = company.browser("anna")
    assert browser.get("/base/customers/list/").status_code == 200
    assert browser.get("/departments/").status_code == 403


def test_who_is_locked_signs_in_no_more_and_loses_nothing(company: World) -> None:
    browser, before = company.browser("anna"), places(company, "anna")

    assert edit(company, "anna", active="").status_code == 302

    assert browser.get("/users/userinfo/").status_code == 302
    assert places(company, "anna") == before
    client = company.app.test_client()
    assert send(client, "/login/", username="anna", password=PASSWORD).status_code == 401


def test_nobody_locks_or_deletes_the_own_account(company: World) -> None:
    boss = company.browser("boss")

    assert edit(company, "boss", active="").status_code == 422
    boss.post(f"/users/delete/{person(company, 'boss')['id']}")

    assert person(company, "boss")["active"] is True


def test_somebody_administers_the_deployment_at_any_time(company: World) -> None:
    assert edit(company, "boss", everywhere=[]).status_code == 422
    assert person(company, "boss")["everywhere"] == {"Admin"}

    assert edit(company, "anna", everywhere=["Admin"]).status_code == 302
    assert edit(company, "boss", everywhere=[]).status_code == 302


def test_who_wrote_records_is_not_deleted_and_others_are(company: World) -> None:
    boss, lone = company.browser("boss"), make_user(company.host, "lone").id
    anna = person(company, "anna")["id"]

    for ident in (anna, lone):
        assert boss.post(f"/users/delete/{ident}").status_code == 302

    with company.host.unit_of_work() as unit:
        assert unit.session.get(User, anna) is not None
        assert unit.session.get(User, lone) is None


def test_a_companys_administrator_makes_and_changes_nobody(company: World) -> None:
    anna, ben = company.browser("anna"), person(company, "ben")["id"]
    before = as_kept(company, "ben")

    assert anna.post("/users/add", data=NEW).status_code == 403
    assert edit(company, "ben", by="anna", everywhere=["Admin"]).status_code == 403
    assert edit(company, "anna", by="anna", everywhere=["Admin"]).status_code == 403
    assert anna.post(f"/users/delete/{ben}").status_code == 403

    assert as_kept(company, "ben") == before


def test_people_are_found_by_words_company_and_state(company: World) -> None:
    boss = company.browser("boss")
    boss.post("/users/add", data={**NEW, "active": ""})
    shown = {name: f"/users/show/{person(company, name)['id']}" for name in ("anna", "ben", "ming")}

    def found(query: str) -> set[str]:
        text = boss.get(f"/users/list/?{query}").text
        return {name for name, url in shown.items() if f'"{url}"' in text}

    assert found("") == {"anna", "ben", "ming"}
    assert found("q=小明") == {"ming"}
    assert found("q=AN") == {"anna"}
    assert found("q=%25") == set()
    assert found("company=CN01") == {"ben"}
    assert found("state=locked") == {"ming"}
    assert found("q=nobody+at+all") == set()


def test_people_change_their_own_name_and_language_and_nothing_else(company: World) -> None:
    anna = company.browser("anna")
    sent = {"full_name": "李安娜", "locale": "zh_Hans", "active": "", "everywhere": "Admin"}

    assert anna.post("/userinfoeditview/form", data=sent).status_code == 302

    kept = person(company, "anna")
    assert (kept["name"], kept["locale"]) == (("李安娜", ""), "zh_Hans")
    assert (kept["active"], kept["everywhere"]) == (True, set())
    assert 'lang="zh-Hans-CN"' in anna.get("/users/userinfo/").text


def test_a_password_is_changed_by_those_who_know_the_present_one(company: World) -> None:
    anna = company.browser("anna")

    assert change_password(anna, old="wrong").status_code == 422
    client = company.app.test_client()
    assert send(client, "/login/", username="anna", password=PASSWORD).status_code == 302

    assert change_password(anna, old=PASSWORD).status_code == 302
    assert anna.get("/users/userinfo/").status_code == 200
    client = company.app.test_client()
    assert send(client, "/login/", username="anna", password=PASSWORD).status_code == 401


def test_the_present_password_is_guessed_a_few_times_only(company: World) -> None:
    anna = company.browser("anna")

    assert [change_password(anna, old="x").status_code for _guess in range(10)] == [422] * 10

    assert change_password(anna, old=PASSWORD).status_code == 429


def change_password(browser: FlaskClient, *, old: str) -> Any:
    fresh = "five rather unusual old words"
    sent = {"old_password": old, "password": fresh, "conf_password": fresh}
    return browser.post("/resetmypassword/form", data=sent)
