"""Tags, people and roles are found in either script and width, as records are."""

from __future__ import annotations

import pytest

from bumen.company.service import user_called
from bumen.security.members import members_here
from tests.core.web.kitchens import Kitchen

DISHES = "/api/v1/kitchen/dishes"
TAIWAN = ["臺灣", "台灣", "台湾", "臺湾"]


@pytest.fixture
def named(kitchen: Kitchen) -> Kitchen:
    """A kitchen where the cook is called 臺灣華."""
    with kitchen.host.unit_of_work() as unit:
        user_called(unit.session, "cook").first_name = "臺灣華"
    return kitchen


@pytest.mark.parametrize("words", TAIWAN)
def test_tags_are_found_in_either_script(kitchen: Kitchen, words: str) -> None:
    browser, cook = kitchen.browser(), kitchen.scripted("cook")
    for code, name in (("SOUP", "台灣進口"), ("STEW", "年節")):
        dish = kitchen.dish(code=code)
        assert cook.put(f"{DISHES}/{dish}/tags", json={"tags": [name]}).status_code == 200

    found = browser.get("/tags/find", query_string={"q": words})

    assert [one["label"] for one in found.json] == ["台灣進口"]


@pytest.mark.parametrize("words", ["ＶＩＰ", "vip", "v p", "%", "_", "", "x" * 2000])
def test_tags_are_found_by_what_they_say(kitchen: Kitchen, words: str) -> None:
    cook = kitchen.scripted("cook")
    cook.put(f"{DISHES}/{kitchen.dish()}/tags", json={"tags": ["VIP"]})

    found = kitchen.browser().get("/tags/find", query_string={"q": words})

    has_it = words.lower() in ("ｖｉｐ", "vip", "v p", "")
    assert [one["label"] for one in found.json] == (["VIP"] if has_it else [])


@pytest.mark.parametrize("words", [*TAIWAN, "台湾 ＣＯＯＫ", "COOK"])
def test_colleagues_are_found_in_either_script(named: Kitchen, words: str) -> None:
    found = named.browser().get("/lookup/colleagues", query_string={"q": words})

    assert [one["label"] for one in found.json] == ["臺灣華 (cook)"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "無", "台北"])
def test_colleagues_are_not_found_by_signs_that_stand_for_others(
    named: Kitchen, words: str
) -> None:
    assert named.browser().get("/lookup/colleagues", query_string={"q": words}).json == []


@pytest.mark.parametrize("words", TAIWAN)
def test_people_of_the_company_are_found_in_either_script(named: Kitchen, words: str) -> None:
    with named.host.unit_of_work(company="TW01") as unit:
        found = unit.session.scalars(members_here(words)).all()

    assert [one.user.username for one in found] == ["cook"]


@pytest.mark.parametrize("words", TAIWAN)
def test_who_is_mentioned_is_offered_in_either_script(named: Kitchen, words: str) -> None:
    found = named.browser().get("/kitchen/dishes/people", query_string={"q": words})

    assert [one["name"] for one in found.json] == ["cook"]


def test_the_palette_knows_its_pages_in_either_script(kitchen: Kitchen) -> None:
    browser = kitchen.browser()

    assert browser.get("/palette?q=訂單").json["folded"] == "订单"
    assert 'data-alike="' in browser.get("/").text
