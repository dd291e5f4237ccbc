"""The switchboard: departments by companies, for whoever may look or switch there."""

from __future__ import annotations

import re

import pytest

from bumen.activation.service import switch
from bumen.activation.state import read_state
from bumen.candidates import Candidate
from bumen.model.accounts import PermissionView, Role
from bumen.registry import installed_candidates
from bumen.testing.makers import make_member, make_user
from tests.core.web.browsing import form_in, send_form
from tests.core.web.conftest import World

SWITCH = re.compile(r'href="/departments/(\w+)/(\w+)/(on|off)"')


def switches(world: World, name: str) -> set[tuple[str, str, str]]:
    """The switches somebody finds on the switchboard."""
    return set(SWITCH.findall(world.browser(name).get("/departments/").text))


def on(world: World, code: str) -> set[str]:
    company = {"TW01": world.here, "CN01": world.there}[code]
    with world.host.unit_of_work() as unit:
        return set(read_state(unit.session, company.id))


pytestmark = pytest.mark.xdist_group("switchboard")
"""What these plugins start from is made once."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Two departments, one of which needs the other."""
    return tuple(one for one in installed_candidates() if one.name in {"base", "sales"})


@pytest.fixture
def looker(world: World) -> str:
    """Somebody who administers CN01 and may only look at the departments of TW01."""
    make_user(world.host, "lou")
    with world.host.unit_of_work() as unit:
        every = unit.session.query(PermissionView).all()
        look = [one for one in every if str(one) == "can read on core.Departments"]
        unit.session.add(Role(name="looker", permissions=look))
    make_member(world.host, "lou", company="CN01", roles=["core.administrator"])
    make_member(world.host, "lou", company="TW01", roles=["looker"])
    return "lou"


def test_who_administers_one_company_finds_its_switches_only(world: World) -> None:
    assert switches(world, "anna") == {("TW01", "base", "off"), ("TW01", "sales", "off")}
    assert "CN01" not in world.browser("anna").get("/departments/").text


def test_who_administers_several_finds_a_switch_in_each_cell(world: World) -> None:
    make_member(world.host, "anna", company="CN01", roles=["core.administrator"])
    switch(world.host, company="CN01", name="sales", enabled=False)

    assert switches(world, "anna") == {
        ("TW01", "base", "off"),
        ("TW01", "sales", "off"),
        ("CN01", "base", "off"),
        ("CN01", "sales", "on"),
    }


def test_who_may_only_look_finds_no_switch_there(world: World, looker: str) -> None:
    page = world.browser(looker).get("/departments/").text

    assert {code for code, _name, _way in switches(world, looker)} == {"CN01"}
    assert "Company TW01" in page


def test_who_may_not_look_sees_no_company(world: World) -> None:
    make_member(world.host, "ben", company="TW01", roles=["sales.manager"])
    make_user(world.host, "guest", company="TW01")

    assert (
        "TW01"
        not in re.findall(
            r"<main.*</main>", world.browser("ben").get("/departments/sales/").text, re.DOTALL
        )[0]
    )
    for url in ("/departments/", "/departments/sales/"):
        assert world.browser("guest").get(url).status_code == 403


def test_a_department_is_switched_in_another_company_than_the_current_one(world: World) -> None:
    make_member(world.host, "anna", company="CN01", roles=["core.administrator"])
    browser, url = world.browser("anna"), "/departments/CN01/sales/off"

    form = form_in(browser.get(url), has="reason")
    answer = send_form(browser, url, form, reason="盘点")

    assert (answer.status_code, answer.location) == (302, "/departments/")
    assert on(world, "CN01") == {"base"}
    assert on(world, "TW01") == {"base", "sales"}
    assert browser.get("/sales/orders/list/").status_code == 200
    story = browser.get("/departments/sales/").text
    assert "盘点" in story
    assert "Company CN01" in story


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_plans_or_switches_where_they_may_not(
    world: World, looker: str, method: str
) -> None:
    make_user(world.host, "guest", company="TW01", roles=["sales.manager"])
    answers = {
        name: world.browser(name).open("/departments/TW01/sales/off", method=method).status_code
        for name in ("ben", looker, "guest")
    }
    unknown = world.browser("anna").open("/departments/NOPE/sales/off", method=method)
    stranger = world.app.test_client().open("/departments/TW01/sales/off", method=method)

    assert answers == {"ben": 404, looker: 403, "guest": 403}
    assert unknown.status_code == 404
    assert stranger.status_code in (302, 400)
    assert on(world, "TW01") == {"base", "sales"}


def test_the_dialog_is_the_plan_without_the_page_around_it(world: World) -> None:
    browser, url = world.browser("anna"), "/departments/TW01/base/off"

    whole, part = browser.get(url).text, browser.get(url, headers={"HX-Request": "true"}).text

    assert "<html" in whole
    assert "<html" not in part
    for page in (whole, part):
        assert 'name="seen" value="sales base"' in page
        assert 'name="reason"' in page


def test_the_menu_is_right_at_once_and_a_message_says_what_happened(world: World) -> None:
    browser, url = world.browser("anna"), "/departments/TW01/base/off"
    assert 'href="/base/customers/list/"' in browser.get("/departments/").text

    send_form(browser, url, form_in(browser.get(url), has="reason"))
    page = browser.get("/departments/").text

    assert 'href="/base/customers/list/"' not in page
    assert "Company TW01" in re.findall(r'role="status">.*?</div>\s*<button', page, re.DOTALL)[0]


def test_a_plan_that_changed_is_shown_anew_with_the_reason(world: World) -> None:
    browser, url = world.browser("anna"), "/departments/TW01/base/off"
    form = form_in(browser.get(url), has="reason")
    switch(world.host, company="TW01", name="sales", enabled=False)

    refused = send_form(browser, url, form)

    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert 'name="seen" value="base"' in refused.text
    assert on(world, "TW01") == {"base"}


def test_what_is_broken_is_listed_with_the_reason_and_has_no_switch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(world.host.registry.quarantined, "ships", "Its hull leaks.")

    page = world.browser("anna").get("/departments/").text

    assert "Its hull leaks." in page
    assert "/departments/TW01/ships/" not in page
    assert world.browser("anna").get("/departments/ships/").status_code == 200
    assert world.browser("anna").get("/departments/TW01/ships/on").status_code == 422
