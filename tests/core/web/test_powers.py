"""Nobody gives away, or takes over, more power over the whole deployment than the own."""

from __future__ import annotations

from typing import Any

import pytest

from bumen.host import Host
from bumen.model.accounts import Role
from bumen.testing.makers import PASSWORD, make_user
from tests.core.web.beginnings import make_deployer
from tests.core.web.browsing import send
from tests.core.web.conftest import World
from tests.core.web.test_people import NEW, as_kept, edit, person
from tests.core.web.test_role_pages import granted, role_id

PEOPLE = ["people:see", "people:add", "people:edit", "people:delete", "people:password"]
FRESH = {
    "password": "five rather unusual old words",
    "conf_password": "five rather unusual old words",
}


@pytest.fixture
def company(world: World, host: Host) -> World:
    """Two companies; boss administers the deployment, helper its people, keeper its roles."""
    make_deployer(world)
    boss = world.browser("boss")
    for name, may in (("helper", PEOPLE), ("keeper", ["roles:see", "roles:add", "roles:edit"])):
        sent = {"name": f"{name}s", "may": may}
        assert boss.post("/roles/add", data=sent).status_code == 302
        make_user(host, name, company="TW01", roles=[f"{name}s"])
    return world


def roles(world: World) -> int:
    with world.host.unit_of_work() as unit:
        return unit.session.query(Role).count()


@pytest.mark.parametrize(
    "given",
    [{"everywhere": ["Admin"]}, {"everywhere": ["keepers"]}, {"roles-TW01": ["keepers"]}],
)
def test_who_keeps_people_gives_nobody_more_power_than_the_own(
    company: World, given: dict[str, Any]
) -> None:
    before = as_kept(company, "helper"), as_kept(company, "ben")

    assert company.browser("helper").post("/users/add", data={**NEW, **given}).status_code == 403
    for name in ("helper", "ben"):
        changes = {"place": ["TW01"], **given}
        assert edit(company, name, by="helper", **changes).status_code == 403

    assert (as_kept(company, "helper"), as_kept(company, "ben")) == before


def test_who_keeps_people_does_not_touch_those_with_more_power(company: World) -> None:
    helper, boss = company.browser("helper"), person(company, "boss")

    assert edit(company, "boss", by="helper", everywhere=[]).status_code == 403
    helper.post(f"/users/delete/{boss['id']}")
    url = f"/resetpassword/form?pk={boss['id']}"
    assert helper.post(url, data=FRESH).status_code == 403

    assert person(company, "boss") == boss
    client = company.app.test_client()
    assert send(client, "/login/", username="boss", password=PASSWORD).status_code == 302


def test_who_keeps_people_lets_others_in_as_before(company: World) -> None:
    helper, ben = company.browser("helper"), person(company, "ben")["id"]

    assert helper.post("/users/add", data=NEW).status_code == 302
    assert edit(company, "ben", by="helper", everywhere=["helpers"]).status_code == 302
    assert helper.post(f"/resetpassword/form?pk={ben}", data=FRESH).status_code == 302


def test_who_keeps_roles_grants_no_power_over_people(company: World) -> None:
    keeper, count = company.browser("keeper"), roles(company)
    sent = {"name": "keepers", "may": ["roles:see", "roles:add", "roles:edit", "people:edit"]}
    before = granted(company, "keepers")

    url = f"/roles/edit/{role_id(company, 'keepers')}"
    assert keeper.post(url, data=sent).status_code == 403
    assert keeper.post("/roles/add", data={**sent, "name": "More"}).status_code == 403
    assert (granted(company, "keepers"), roles(company)) == (before, count)

    url = f"/roles/edit/{role_id(company, 'helpers')}"
    kept = {"name": "helpers", "may": [*PEOPLE, "base.Customers:read"]}
    assert keeper.post(url, data=kept).status_code == 302


def test_two_people_are_not_called_alike_in_letters_of_other_scripts(company: World) -> None:
    boss = company.browser("boss")
    assert boss.post("/users/add", data={**NEW, "username": "Änne"}).status_code == 302

    assert boss.post("/users/add", data={**NEW, "username": "Änne"}).status_code == 409
    assert edit(company, "ben", username="Änne").status_code == 409
    assert boss.post("/roles/add", data={"name": "Ämter"}).status_code == 302
    assert boss.post("/roles/add", data={"name": "Ämter"}).status_code == 409
