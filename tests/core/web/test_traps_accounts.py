"""Each trap of Flask-AppBuilder's accounts that ours close, by name: passwords, roles, sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_jwt_extended import create_refresh_token
from sqlalchemy import select

from bumen.company.models import Membership
from bumen.company.service import grant_role
from bumen.host import Host
from bumen.model.accounts import Role, User
from bumen.registry import Candidate
from bumen.testing.makers import PASSWORD, make_user
from bumen.testing.workbench import Workbench
from tests.core.web.beginnings import DISHES, PLUGINS, make_deployer, two_kitchens
from tests.core.web.browsing import send
from tests.core.web.conftest import World
from tests.core.web.test_traps_security import sign_in

FRESH = "a quite different horse"
NOBODY = ("987654", "abc", "9" * 20, "9" * 5000, "-1", "1.5", "١x", "")


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def kitchens(host: Host, workbench: Workbench) -> World:
    """Two kitchens, and boss, who administers the deployment."""
    world = two_kitchens(host, workbench)
    make_deployer(world)
    return world


@dataclass
class Person:
    """Somebody of TW01 who has signed in by two browsers and through the API."""

    world: World
    name: str
    id: int
    here: FlaskClient
    elsewhere: FlaskClient
    tokens: dict[str, str]

    @classmethod
    def signed_in(cls, world: World, name: str) -> Person:
        ident = make_user(world.host, name, company="TW01", roles=["core.administrator"]).id
        with world.app.app_context(), world.host.unit_of_work():
            renewing = create_refresh_token(identity=str(ident))
        tokens = {DISHES: world.token(name), "/api/v1/security/refresh": renewing}
        return cls(world, name, ident, world.browser(name), world.browser(name), tokens)

    def is_still_in(self) -> dict[str, bool]:
        """Tell by which ways the person is still in: here, elsewhere, by tokens."""
        answers = {
            "here": self.here.get(DISHES),
            "elsewhere": self.elsewhere.get(DISHES),
            "page": self.elsewhere.get("/kitchen/dishes/list/"),
        }
        for url, token in self.tokens.items():
            headers = {"Authorization": f"Bearer {token}"}
            method = "POST" if url.endswith("refresh") else "GET"
            answers[url] = self.world.call(method, url, by=None, headers=headers)
        assert {one.status_code for one in answers.values()} <= {200, 302, 401}
        return {way: one.status_code == 200 for way, one in answers.items()}


def reset_own_password(person: Person) -> None:
    sent = {"old_password": PASSWORD, "password": FRESH, "conf_password": FRESH}
    assert send(person.here, "/resetmypassword/form", **sent).status_code == 302


def reset_by_administrator(person: Person) -> None:
    sent, url = {"password": FRESH, "conf_password": FRESH}, f"/resetpassword/form?pk={person.id}"
    assert send(person.world.browser("boss"), url, **sent).status_code == 302


def given_a_role_of_the_deployment(person: Person) -> None:
    assert edit(person, active="y", everywhere=["Admin"]) == 302


def put_out(person: Person) -> None:
    assert edit(person) == 302


def taken_out_of_the_company(person: Person) -> None:
    assert edit(person, active="y", place=[]) == 302


def given_another_role_in_the_company(person: Person) -> None:
    assert edit(person, active="y", **{"roles-TW01": ["Admin"]}) == 302


def given_a_role_in_the_company(person: Person) -> None:
    with person.world.host.unit_of_work() as unit:
        place = unit.session.query(Membership).filter_by(user_id=person.id).one()
        unit.session.add(Role(name="kitchen.helper"))
        unit.session.flush()
        grant_role(unit.session, membership=place, role="kitchen.helper")


def edit(person: Person, **sent: Any) -> int:
    known = {
        "full_name": "x",
        "email": f"{person.name}@users.invalid",
        "place": ["TW01"],
        "roles-TW01": ["core.administrator"],
    }
    url = f"/users/edit/{person.id}"
    sent = {**known, "username": person.name, **sent}
    return person.world.browser("boss").post(url, data=sent).status_code


def role(world: World, name: str) -> str:
    with world.host.unit_of_work() as unit:
        return str(unit.session.scalars(select(Role.id).where(Role.name == name)).one())


@pytest.mark.parametrize(
    "deed",
    [
        reset_own_password,
        reset_by_administrator,
        given_a_role_of_the_deployment,
        given_a_role_in_the_company,
        put_out,
        taken_out_of_the_company,
        given_another_role_in_the_company,
    ],
)
def test_sessions_and_tokens_end_when_a_password_or_a_role_changes(
    kitchens: World, deed: Callable[[Person], None]
) -> None:
    person, other = Person.signed_in(kitchens, "carl"), Person.signed_in(kitchens, "dora")
    assert set(person.is_still_in().values()) == {True}

    deed(person)

    left = {way for way, still in person.is_still_in().items() if still}
    assert left == ({"here"} if deed is reset_own_password else set())
    assert set(other.is_still_in().values()) == {True}


def test_only_the_new_password_signs_in_after_a_reset(kitchens: World) -> None:
    reset_by_administrator(Person.signed_in(kitchens, "carl"))

    assert sign_in(kitchens, "carl", PASSWORD).status_code == 401
    assert sign_in(kitchens, "carl", FRESH).status_code == 200


def test_changing_a_name_ends_no_session(kitchens: World) -> None:
    person = Person.signed_in(kitchens, "carl")
    given_a_role_of_the_deployment(person)
    again = kitchens.browser("carl")

    assert edit(person, active="y", everywhere=["Admin"], full_name="Carlo") == 302

    assert again.get(DISHES).status_code == 200


def test_a_session_without_an_epoch_is_nobodys(kitchens: World) -> None:
    browser = kitchens.browser("anna")
    with browser.session_transaction() as cookie:
        del cookie["epoch"]

    assert browser.get(DISHES).status_code == 401


@pytest.mark.parametrize("weak", ["1", "0123456789", "password-carl-99", "qwertyqwerty", "x" * 300])
def test_a_weak_password_is_refused_wherever_it_is_set(kitchens: World, weak: str) -> None:
    person, boss = Person.signed_in(kitchens, "carl"), kitchens.browser("boss")
    for browser in (person.here, boss):
        browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    sent = {"password": weak, "conf_password": weak}
    new = {"full_name": "x", "username": "carl99", "email": "x@users.invalid", "active": "y"}

    answers = [
        send(person.here, "/resetmypassword/form", old_password=PASSWORD, **sent),
        send(boss, f"/resetpassword/form?pk={person.id}", **sent),
        boss.post("/users/add", data={**new, **sent, "everywhere": "Admin"}),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert "too easy to guess" in answer.text
    assert set(person.is_still_in().values()) == {True}
    with kitchens.host.unit_of_work() as unit:
        assert unit.session.query(User).filter_by(username="carl99").count() == 0


def test_nobodys_password_is_reset(kitchens: World) -> None:
    boss = kitchens.browser("boss")
    sent = {"password": FRESH, "conf_password": FRESH}
    for pk in NOBODY:
        assert boss.post(f"/resetpassword/form?pk={pk}", data=sent).status_code == 404, pk
    assert boss.post("/resetpassword/form", data=sent).status_code == 404


def test_a_companys_administrator_has_no_say_over_accounts(kitchens: World) -> None:
    carl, anna = Person.signed_in(kitchens, "carl"), kitchens.browser("anna")
    sent = {"password": FRESH, "conf_password": FRESH, "username": "carl", "roles": "1"}
    pages = [f"{page}/{what}" for page in ("users", "roles") for what in ("list/", "add")]
    for url in (*pages, f"users/show/{carl.id}", f"users/edit/{carl.id}"):
        assert anna.get(f"/{url}").status_code == 403, url
    for url in ("users/add", f"users/edit/{carl.id}", f"users/delete/{carl.id}", "roles/add"):
        assert anna.post(f"/{url}", data=sent).status_code == 403, url
    assert anna.post(f"/resetpassword/form?pk={carl.id}", data=sent).status_code == 403
    assert set(carl.is_still_in().values()) == {True}


def test_accounts_are_deleted_by_a_form_only(kitchens: World, host: Host) -> None:
    ident, boss = make_user(host, "lone").id, kitchens.browser("boss")
    for path in (f"users/delete/{ident}", f"roles/delete/{role(kitchens, 'core.administrator')}"):
        for method, status in {"GET": 303, "HEAD": 303, "PUT": 405, "DELETE": 405}.items():
            assert boss.open(f"/{path}", method=method).status_code == status, (method, path)

    assert boss.post(f"/users/delete/{ident}").status_code == 302

    with host.unit_of_work() as unit:
        assert unit.session.get(User, ident) is None
        assert unit.session.query(Role).filter_by(name="Public").count() == 1


NOT_OFFERED = [
    *(f"page={value}" for value in ("x", "-1", "0", "9" * 5000)),
    *(f"sort={column}" for column in ("password", "-epoch", "x", "--username", "-")),
    "state=x",
    "company=NOPE",
    "psize=50",
    "_flt_0_username=a",
    "_oc_UserDBModelView=username&_od_UserDBModelView=asc",
    "_scheme=javascript&_external=1",
    "_anchor=x",
    "_method=DELETE",
]


def test_screens_for_people_and_roles_refuse_what_they_do_not_offer(kitchens: World) -> None:
    boss = kitchens.browser("boss")
    for query in NOT_OFFERED:
        assert boss.get(f"/users/list/?{query}").status_code == 400, query
        assert boss.get(f"/roles/list/?{query}").status_code == 400, query
    for page in ("users", "roles"):
        for pk in NOBODY[:4]:
            for what in ("show", "edit"):
                assert boss.get(f"/{page}/{what}/{pk}").status_code == 404, (page, what, pk)
            assert boss.post(f"/{page}/delete/{pk}").status_code == 404, (page, pk)
    offered = "q=a%25_b&sort=-last_login&page=2&state=locked&company=TW01&_l_=en"
    assert boss.get(f"/users/list/?{offered}").status_code == 200
    assert boss.get("/roles/list/?q=a&sort=-name").status_code == 200


def test_flask_appbuilders_actions_and_downloads_of_accounts_have_no_routes(
    kitchens: World,
) -> None:
    rules = [str(rule) for rule in kitchens.app.url_map.iter_rules()]

    assert [
        one for one in rules if "/action" in one and not one.startswith(("/api", "/kitchen"))
    ] == []
    assert [one for one in rules if "download" in one or "/api/v1/users" in one] == []
    assert [one for one in rules if one.startswith(("/groups", "/permission", "/viewmenus"))] == []
