"""A role allows exactly what was ticked, and what nobody could tick stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from bumen.model.accounts import Permission, PermissionView, Role, ViewMenu
from bumen.security.keeping import grants_of
from bumen.security.offered import areas, permits_of
from bumen.security.permissions import everybodys, wanted_of
from bumen.testing.makers import make_member
from tests.core.web.beginnings import make_deployer
from tests.core.web.conftest import World


@pytest.fixture
def company(world: World) -> World:
    """Two companies, and boss, who administers the deployment."""
    make_deployer(world)
    return world


def role_id(world: World, name: str) -> int:
    with world.host.unit_of_work() as unit:
        ident: int = unit.session.query(Role).filter_by(name=name).one().id
        return ident


def granted(world: World, name: str) -> set[str]:
    """What a role allows beside the own account."""
    with world.host.unit_of_work() as unit:
        role = unit.session.query(Role).filter_by(name=name).one()
        return {str(grant) for grant in grants_of(role) - everybodys()}


def test_everything_that_can_be_allowed_can_be_ticked(company: World) -> None:
    registry = company.host.registry
    offered = permits_of(areas(registry)).values()

    every = frozenset().union(*(permit.grants for permit in offered))

    assert every | everybodys() == wanted_of(registry).grants


def test_a_new_role_allows_what_was_ticked_and_works(company: World) -> None:
    may = ["sales.Orders:read", "sales.Orders:confirm", "base.Customers:read"]
    sent = {"name": "Night shift", "may": may}

    assert company.browser("boss").post("/roles/add", data=sent).status_code == 302

    wanted = {"can_read on sales.Orders", "can_confirm on sales.Orders"}
    assert granted(company, "Night shift") == wanted | {"can_read on base.Customers"}
    make_member(company.host, "ben", company="TW01", roles=["Night shift"])
    browser = company.browser("ben")
    browser.post("/company", data={"code": "TW01"})
    assert browser.get("/sales/orders/list/").status_code == 200
    assert browser.get("/sales/orders/add").status_code == 403


def test_a_role_becomes_what_is_ticked_now(company: World) -> None:
    boss, ident = company.browser("boss"), role_id(company, "sales.viewer")
    assert "can_read on sales.Orders" in granted(company, "sales.viewer")
    sent: dict[str, Any] = {"name": "sales.viewer", "may": ["base.Products:write", "people:see"]}

    assert boss.post(f"/roles/edit/{ident}", data=sent).status_code == 302
    page = boss.get(f"/roles/edit/{ident}").text

    assert granted(company, "sales.viewer") == {
        "can_write on base.Products",
        "can_list on UserDBModelView",
        "can_show on UserDBModelView",
        "menu_access on Security",
        "menu_access on List Users",
    }
    assert page.count(" checked") - page.count('type="checkbox" checked') == 2
    assert 'value="base.Products:write" checked' in page


def test_what_departments_that_are_away_brought_stays(company: World) -> None:
    with company.host.unit_of_work() as unit:
        away = PermissionView(
            permission=unit.session.query(Permission).filter_by(name="can_read").one(),
            view_menu=ViewMenu(name="away.Ships"),
        )
        role = unit.session.query(Role).filter_by(name="sales.viewer").one()
        role.permissions.append(away)
    ident = role_id(company, "sales.viewer")

    company.browser("boss").post(f"/roles/edit/{ident}", data={"name": "sales.viewer"})

    assert granted(company, "sales.viewer") == {"can_read on away.Ships"}


def test_what_was_never_offered_is_refused(company: World) -> None:
    boss, ident = company.browser("boss"), role_id(company, "sales.viewer")
    before = granted(company, "sales.viewer")
    for key in ("away.Ships:read", "can_read on sales.Orders", ""):
        sent = {"name": "sales.viewer", "may": key}
        assert boss.post(f"/roles/edit/{ident}", data=sent).status_code == 400, key
        assert boss.post("/roles/add", data={**sent, "name": "x"}).status_code == 400, key

    assert granted(company, "sales.viewer") == before


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "SALES.viewer", "Admin", "public"])
def test_a_role_needs_a_name_of_its_own(company: World, name: str) -> None:
    answer = company.browser("boss").post("/roles/add", data={"name": name})

    assert answer.status_code in (409, 422)
    assert 'id="name-errors"' in answer.text


def test_roles_of_departments_are_neither_renamed_nor_deleted(company: World) -> None:
    boss = company.browser("boss")
    for name in ("sales.viewer", "core.administrator"):
        ident, before = role_id(company, name), granted(company, name)
        assert boss.post(f"/roles/edit/{ident}", data={"name": "x"}).status_code == 422
        boss.post(f"/roles/delete/{ident}")
        assert granted(company, name) == before


def test_the_role_that_may_everything_and_the_visitors_stay_as_they_are(company: World) -> None:
    boss, before = company.browser("boss"), granted(company, "Admin")
    admin, public = role_id(company, "Admin"), role_id(company, "Public")

    assert boss.get(f"/roles/edit/{admin}").status_code == 404
    assert boss.post(f"/roles/edit/{admin}", data={"name": "Admin"}).status_code == 404
    boss.post(f"/roles/delete/{admin}")
    for what in ("show", "edit"):
        assert boss.get(f"/roles/{what}/{public}").status_code == 404

    assert granted(company, "Admin") == before


def test_a_role_that_somebody_holds_is_not_deleted(company: World) -> None:
    boss = company.browser("boss")
    boss.post("/roles/add", data={"name": "Helpers"})
    ident = role_id(company, "Helpers")
    make_member(company.host, "anna", company="CN01", roles=["Helpers"])
    boss.post(f"/roles/delete/{ident}")
    assert role_id(company, "Helpers") == ident

    boss.post("/roles/add", data={"name": "Others"})
    assert boss.post(f"/roles/delete/{role_id(company, 'Others')}").status_code == 302

    with company.host.unit_of_work() as unit:
        assert unit.session.query(Role).filter_by(name="Others").count() == 0


def test_a_companys_administrator_changes_no_role(company: World) -> None:
    anna, ident = company.browser("anna"), role_id(company, "sales.viewer")
    before, sent = granted(company, "sales.viewer"), {"name": "x", "may": "people:edit"}

    for url in ("/roles/add", f"/roles/edit/{ident}", f"/roles/delete/{ident}"):
        assert anna.post(url, data=sent).status_code == 403, url

    assert granted(company, "sales.viewer") == before
