"""Settings are found, say what they are about, and say what is missing where it is missing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bumen.host import Host
from bumen.testing.makers import make_user
from tests.core.web.conftest import World
from tests.core.web.looking import Element, look_at

SETTINGS = ("/flows/working-time/", "/company/absences/", "/numbers/", "/flows/")
OWN = (
    "/users/userinfo/",
    "/company/absences/",
    "/inbox/wishes",
    "/keys/",
    "/secondfactor/",
    "/resetmypassword/form",
)


@pytest.fixture
def anna(world: World) -> FlaskClient:
    """The browser of an administrator, in English."""
    return in_english(world, "anna")


def in_english(world: World, name: str) -> FlaskClient:
    browser = world.browser(name)
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def in_menu(page: Element) -> set[str]:
    return {one.attributes["href"] for one in page.one("nav", of="side-menu").every("a")}


def in_palette(page: Element) -> set[str]:
    offers = page.one("dialog", id="palette").every("li", data_kind="pages")
    return {one.attributes["data-url"] for one in offers}


def under_the_account(page: Element) -> list[str]:
    shown = {one.attributes["href"] for one in page.one("header", of="bar").every("a")}
    return [address for address in OWN if address in shown]


def test_every_setting_is_in_the_menu_and_in_the_palette(anna: FlaskClient) -> None:
    home = look_at(anna.get("/"))

    assert set(SETTINGS) <= in_menu(home)
    assert {*SETTINGS, *OWN} <= in_palette(home)


def test_everybody_finds_what_is_their_own_and_no_settings(world: World, host: Host) -> None:
    make_user(host, "carl", company="TW01")
    browser = in_english(world, "carl")

    home = look_at(browser.get("/"))

    assert under_the_account(home) == list(OWN)
    assert set(OWN) <= in_palette(home)
    assert in_menu(home).isdisjoint(SETTINGS)
    assert {browser.get(address).status_code for address in OWN} == {200}


def test_without_a_company_only_what_belongs_to_nobody_else_is_offered(
    world: World, host: Host
) -> None:
    make_user(host, "boss", roles=["Admin"])

    home = look_at(in_english(world, "boss").get("/"))

    assert under_the_account(home) == ["/users/userinfo/", "/secondfactor/", OWN[-1]]


@pytest.mark.parametrize("address", SETTINGS)
def test_the_menu_marks_the_page_that_is_shown_and_no_other(
    anna: FlaskClient, address: str
) -> None:
    menu = look_at(anna.get(address)).one("nav", of="side-menu")

    marked = [one.attributes["href"] for one in menu.every("a", aria_current="page")]

    assert marked == [address]


def test_how_many_people_hold_a_role_is_told_of_every_role(
    world: World, host: Host, anna: FlaskClient
) -> None:
    for name in ("carl", "dora"):
        make_user(host, name, company="TW01", roles=["sales.salesperson"])
    make_user(host, "erik", company="CN01", roles=["sales.salesperson"])

    listed = look_at(anna.get("/company/roles/")).one("table", of="account-table")

    counts = {row: cells[2].text for row, cells in _rows(listed)}
    assert counts["Salesperson"] == "2"
    assert counts["Sales viewer"] == "0"
    assert "" not in counts.values()


def test_every_empty_box_of_an_absence_is_said_to_be_missing(anna: FlaskClient) -> None:
    answer = anna.post("/company/absences/", data={"note": "Spring"})

    assert answer.status_code == 422
    assert answer.text.count("This field is required.") >= 3
    assert "This is not a date." not in answer.text


def test_a_day_is_told_to_be_missing_or_to_be_none(anna: FlaskClient) -> None:
    sent = {"name": "Fair", "works": "no"}

    empty, strange = (_add_day(anna, sent | {"day": day}) for day in ("", "soon"))

    assert (empty.status_code, strange.status_code) == (422, 422)
    assert "This field is required." in empty.text
    assert "This is not a date." in strange.text


def test_a_day_that_was_kept_is_called_by_its_name(anna: FlaskClient) -> None:
    _add_day(anna, {"day": "2026-12-31", "name": "Stocktaking", "works": "no"})

    said = look_at(anna.get("/flows/working-time/")).one(id="messages").text

    assert "“Stocktaking” (Dec 31, 2026) has been saved." in said


def test_codes_for_need_are_spoken_of_once_there_are_some(anna: FlaskClient) -> None:
    page = anna.get("/secondfactor/").text

    assert "The six digits your app shows now." in page
    assert "kept for need" not in page


@pytest.mark.parametrize(
    "address", ["/company/people/", "/company/roles/", "/numbers/", "/company/approvals/"]
)
def test_a_value_of_a_stacked_row_says_what_it_is(anna: FlaskClient, address: str) -> None:
    tables = look_at(anna.get(address)).every("table", of="account-table")

    unnamed = [
        cell.text
        for table in tables
        for _name, cells in _rows(table)
        for cell in cells[1:]
        if cell.text not in ("", "–", "Copy", "By default") and "data-label" not in cell.attributes
    ]
    assert unnamed == []


def _rows(table: Element) -> list[tuple[str, list[Element]]]:
    rows = (list(row.every("td")) for row in table.one("tbody").every("tr"))
    return [(cells[0].text, cells) for cells in rows]


def _add_day(browser: FlaskClient, sent: dict[str, str]) -> TestResponse:
    return browser.post("/flows/working-time/days", data=sent)
