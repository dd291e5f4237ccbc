"""Company administrators keep the people of their company, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.company.models import Membership
from bumen.company.people import places_of
from bumen.model.accounts import Role, User
from bumen.testing.makers import make_administrator, make_company, make_member, make_user
from tests.core.web.kitchens import Kitchen

PEOPLE = "/company/people/"
NEW = {
    "full_name": "Nia",
    "username": "nia",
    "email": "nia@example.com",
    "locale": "",
    "active": "y",
    "password": "four words nobody guesses",
    "conf_password": "four words nobody guesses",
}


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """The administrator of TW01, beside whom there is CN01 with people of its own."""
    make_company(kitchen.host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY")
    make_user(kitchen.host, "stranger", company="CN01", roles=["core.administrator"])
    return kitchen.scripted("cook")


def _places(kitchen: Kitchen, name: str) -> dict[str, list[str]]:
    with kitchen.host.unit_of_work() as unit:
        found = unit.session.scalars(places_of(kitchen.account(name)))
        return {one.company.code: sorted(role.name for role in one.roles) for one in found}


def test_an_administrator_sees_the_own_people_and_no_others(cook: FlaskClient) -> None:
    page = cook.get(PEOPLE)

    assert page.status_code == 200
    assert "guest" in page.text
    assert "stranger" not in page.text


def test_an_administrator_makes_somebody_with_roles_of_the_company(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    answer = cook.post(f"{PEOPLE}add", data={**NEW, "roles": ["core.administrator"]})

    assert answer.status_code == 302
    assert _places(kitchen, "nia") == {"TW01": ["core.administrator"]}


@pytest.mark.parametrize("role", ["Admin", "Public", "no.such"])
def test_roles_of_the_deployment_are_not_given(
    kitchen: Kitchen, cook: FlaskClient, role: str
) -> None:
    answer = cook.post(f"{PEOPLE}add", data={**NEW, "roles": [role]})

    assert answer.status_code == 422
    with kitchen.host.unit_of_work() as unit:
        assert unit.session.scalar(select(User).where(User.username == "nia")) is None


def test_other_companies_and_roles_held_everywhere_cannot_be_smuggled_in(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    smuggled = {"place": "CN01", "roles-CN01": "core.administrator", "everywhere": "Admin"}
    cook.post(f"{PEOPLE}add", data={**NEW, **smuggled})

    assert _places(kitchen, "nia") == {"TW01": []}


def test_somebody_with_an_account_is_invited(kitchen: Kitchen, cook: FlaskClient) -> None:
    answer = cook.post(f"{PEOPLE}invite", data={"name": "STRANGER"})

    assert answer.status_code == 302
    assert _places(kitchen, "stranger") == {"TW01": [], "CN01": ["core.administrator"]}


@pytest.mark.parametrize(
    ("name", "status"), [("nobody", 404), ("", 422), ("str", 404), ("guest", 409)]
)
def test_nobody_is_invited_who_is_not_known_or_is_here_already(
    cook: FlaskClient, name: str, status: int
) -> None:
    assert cook.post(f"{PEOPLE}invite", data={"name": name}).status_code == status


@pytest.mark.parametrize(
    ("method", "part"), [("GET", ""), ("POST", ""), ("GET", "/password"), ("POST", "/go")]
)
def test_another_companys_people_do_not_exist(
    kitchen: Kitchen, cook: FlaskClient, method: str, part: str
) -> None:
    ident = kitchen.account("stranger")

    assert cook.open(f"{PEOPLE}{ident}{part}", method=method).status_code == 404


def test_the_account_of_somebody_who_works_elsewhere_too_is_not_this_companys(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    make_member(kitchen.host, "stranger", company="TW01")
    ident = kitchen.account("stranger")

    assert "full_name" not in cook.get(f"{PEOPLE}{ident}").text
    assert cook.get(f"{PEOPLE}{ident}/password").status_code == 403
    sent: dict[str, Any] = {**NEW, "username": "mine", "roles": ["core.administrator"]}
    assert cook.post(f"{PEOPLE}{ident}", data=sent).status_code == 302
    assert _places(kitchen, "stranger") == {
        "TW01": ["core.administrator"],
        "CN01": ["core.administrator"],
    }


def test_an_administrator_of_the_deployment_is_no_companys(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    make_user(kitchen.host, "root", company="TW01", roles=["Admin"])

    assert cook.get(f"{PEOPLE}{kitchen.account('root')}/password").status_code == 403


def test_the_own_people_are_changed_and_sign_in_anew(kitchen: Kitchen, cook: FlaskClient) -> None:
    ident, guest = kitchen.account("guest"), kitchen.scripted("guest")
    sent = {**NEW, "full_name": "Guest of Honour", "username": "guest"}
    answer = cook.post(f"{PEOPLE}{ident}", data={**sent, "roles": ["core.administrator"]})

    assert answer.status_code == 302
    assert _places(kitchen, "guest") == {"TW01": ["core.administrator"]}
    assert guest.get("/users/userinfo/").status_code in (302, 401)


def test_nobody_gives_more_than_they_may_do_themselves(kitchen: Kitchen, cook: FlaskClient) -> None:
    roles = _role_of_clerks(kitchen, cook)
    make_user(kitchen.host, "clerk", company="TW01", roles=roles)
    clerk = kitchen.scripted("clerk")

    given = clerk.post(f"{PEOPLE}add", data={**NEW, "roles": ["core.administrator"]})
    taken = clerk.post(f"{PEOPLE}{kitchen.account('cook')}/go")

    assert given.status_code == 403
    assert (taken.status_code, taken.location) == (302, f"{PEOPLE}{kitchen.account('cook')}")
    assert _places(kitchen, "cook") == {"TW01": ["core.administrator"]}


def _role_of_clerks(kitchen: Kitchen, cook: FlaskClient) -> list[str]:
    made = cook.post("/roles/add", data={})
    assert made.status_code == 403  # a company's administrator makes no role of the deployment
    copied = cook.post(f"/company/roles/{_role(kitchen)}/copy", data={"name": "Clerk"})
    ticked = {"name": "Clerk", "may": ["members:read", "members:write"]}
    assert cook.post(copied.headers["Location"], data=ticked).status_code == 302
    return ["TW01: Clerk"]


def _role(kitchen: Kitchen, name: str = "core.administrator") -> int:
    with kitchen.host.unit_of_work() as unit:
        return unit.session.scalars(select(Role.id).where(Role.name == name)).one()


def test_somebody_leaves_and_the_account_stays(kitchen: Kitchen, cook: FlaskClient) -> None:
    answer = cook.post(f"{PEOPLE}{kitchen.account('guest')}/go")

    assert answer.status_code == 302
    assert _places(kitchen, "guest") == {}


def test_nobody_lets_themselves_go(kitchen: Kitchen, cook: FlaskClient) -> None:
    cook.post(f"{PEOPLE}{kitchen.account('cook')}/go")

    assert _places(kitchen, "cook") == {"TW01": ["core.administrator"]}


@pytest.mark.parametrize(
    "address",
    [
        PEOPLE,
        f"{PEOPLE}add",
        f"{PEOPLE}invite",
        "/company/roles/",
        "/company/fields/",
        "/company/fields/kitchen/dishes",
        "/company/access/",
    ],
)
def test_who_is_no_administrator_is_not_let_in(kitchen: Kitchen, address: str) -> None:
    assert kitchen.scripted("guest").get(address).status_code == 403
    assert kitchen.scripted("cook").get(address).status_code == 200


def test_without_a_company_there_are_no_such_pages(kitchen: Kitchen) -> None:
    make_user(kitchen.host, "boss", company="TW01", roles=["Admin"])
    with kitchen.host.unit_of_work() as unit:
        mine = select(Membership).join(Membership.user).where(User.username == "boss")
        unit.session.delete(unit.session.scalars(mine).one())

    for address in (PEOPLE, "/company/roles/", "/company/fields/", "/company/access/"):
        assert kitchen.scripted("boss").get(address).status_code == 404


def test_a_list_of_people_takes_as_many_statements_for_three_as_for_one(
    kitchen: Kitchen, cook: FlaskClient, statements: Any
) -> None:
    cook.get(PEOPLE)
    statements()
    cook.get(PEOPLE)
    few = len(statements())
    for name in ("one", "two", "three"):
        make_administrator(kitchen.host, name, company="TW01")
    statements()
    cook.get(PEOPLE)

    assert len(statements()) == few


def test_a_role_of_the_company_is_nobody_elses(kitchen: Kitchen, cook: FlaskClient) -> None:
    cook.post(f"/company/roles/{_role(kitchen)}/copy", data={"name": "Clerk"})
    stranger = kitchen.scripted("stranger")

    assert "Clerk" in cook.get("/company/roles/").text
    assert "Clerk" not in stranger.get("/company/roles/").text
    assert stranger.get(f"/company/roles/{_role(kitchen, 'TW01: Clerk')}").status_code == 404
    sent = {**NEW, "roles": ["TW01: Clerk"]}
    assert stranger.post(f"{PEOPLE}add", data=sent).status_code == 422


def test_a_copied_role_allows_the_same_and_is_changed_alone(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    copied = cook.post(f"/company/roles/{_role(kitchen)}/copy", data={"name": "Clerk"})
    answer = cook.post(copied.headers["Location"], data={"name": "Clerk", "may": ["members:read"]})
    make_user(kitchen.host, "clerk", company="TW01", roles=["TW01: Clerk"])
    clerk = kitchen.scripted("clerk")

    assert answer.status_code == 302
    assert clerk.get(PEOPLE).status_code == 200
    assert clerk.get(f"{PEOPLE}add").status_code == 403
    assert kitchen.scripted("cook").get(f"{PEOPLE}add").status_code == 200


def test_a_role_that_is_held_is_not_deleted(kitchen: Kitchen, cook: FlaskClient) -> None:
    copied = cook.post(f"/company/roles/{_role(kitchen)}/copy", data={"name": "Clerk"})
    make_user(kitchen.host, "clerk", company="TW01", roles=["TW01: Clerk"])
    cook.post(f"{copied.headers['Location']}/delete")
    assert cook.get(copied.headers["Location"]).status_code == 200

    cook.post(f"{PEOPLE}{kitchen.account('clerk')}/go")
    cook.post(f"{copied.headers['Location']}/delete")
    assert cook.get(copied.headers["Location"]).status_code == 404
