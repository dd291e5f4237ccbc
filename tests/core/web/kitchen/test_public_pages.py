"""Pages without signing in: by a token, of one company, in the visitor's language."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from bumen.activation.service import switch
from bumen.host import Host
from bumen.public_pages import PublicPage, new_token
from bumen.records import create_record
from bumen.testing.makers import make_company
from bumen.unit_of_work import working
from kitchen.models import Supplier
from kitchen.outside import FARM, farm
from tests.core.web.kitchens import Kitchen


def look(kitchen: Kitchen, token: str, *, language: str = "en") -> TestResponse:
    """Open the page of a supplier as a stranger does."""
    headers = {"Accept-Language": language}
    return kitchen.app.test_client().get(f"/kitchen/origin/{token}", headers=headers)


def said(answer: TestResponse) -> tuple[int, str]:
    """Return what somebody was answered, without what differs each time."""
    changing = r'nonce="[^"]*"|content="[^"]*"|value="[^"]*"|<small>.*?</small>'
    return answer.status_code, re.sub(changing, "", answer.text)


def test_a_stranger_with_the_token_sees_the_page_and_no_more(kitchen: Kitchen) -> None:
    kitchen.supplier("Green-Farm")

    page = look(kitchen, "Green-Farm")

    assert page.status_code == 200
    assert '<p id="farm">Green-Farm</p>' in page.text
    assert "Company TW01" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert kitchen.app.test_client().get("/kitchen/dishes/list/").status_code == 302


def test_the_page_speaks_the_visitors_language_else_the_companys(kitchen: Kitchen) -> None:
    kitchen.supplier("Green-Farm")

    langs = [
        re.findall(r'<html lang="([^"]*)"', look(kitchen, "Green-Farm", language=one).text)
        for one in ("zh-CN", "en", "")
    ]

    assert langs == [["zh-Hans-CN"], ["en"], ["zh-Hant-TW"]]


def test_what_is_not_there_is_answered_alike(kitchen: Kitchen, host: Host) -> None:
    kitchen.supplier("Green-Farm")
    kitchen.supplier("Closed-Farm")
    unknown = said(look(kitchen, "Unknown"))
    closed, long = said(look(kitchen, "Closed-Farm")), said(look(kitchen, "x" * 300))
    switch(host, company="TW01", name="kitchen", enabled=False)
    off = said(look(kitchen, "Green-Farm"))

    assert unknown[0] == 404
    assert [closed, long, off] == [unknown] * 3


def test_the_record_says_the_company_whoever_has_signed_in(kitchen: Kitchen, host: Host) -> None:
    make_company(host, code="CN01", plugins=["kitchen"])
    with host.unit_of_work(company="CN01") as unit:
        create_record(host.registry.resources["kitchen.suppliers"], {"name": "T"}, by=None)
        assert unit.company is not None

    page = kitchen.browser().get("/kitchen/origin/T")

    assert (page.status_code, "Company CN01" in page.text) == (200, True)


def test_a_token_two_companies_have_shows_neither(kitchen: Kitchen, host: Host) -> None:
    kitchen.supplier("Same")
    make_company(host, code="CN01", plugins=["kitchen"])
    with host.unit_of_work(company="CN01"):
        create_record(host.registry.resources["kitchen.suppliers"], {"name": "Same"}, by=None)

    assert look(kitchen, "Same").status_code == 404


def test_whoever_looks_too_often_waits(kitchen: Kitchen) -> None:
    answers = [look(kitchen, "Unknown").status_code for _turn in range(61)]

    assert (answers[:60], answers[60]) == ([404] * 60, 429)


def test_the_address_of_a_page_is_whole(kitchen: Kitchen, host: Host) -> None:
    unit = host.new_unit(way="job")
    with working(unit):
        address = FARM.address_of(Supplier(name="Green-Farm"))
    unit.close()

    assert address == f"{host.settings.public_url.rstrip('/')}/kitchen/origin/Green-Farm"


def test_tokens_are_long_and_differ() -> None:
    tokens = {new_token() for _turn in range(100)}

    assert (len(tokens), {len(one) for one in tokens}) == (100, {32})


@pytest.mark.parametrize("wrong", [{"path": "/farm"}, {"template": "kitchen/farm.txt"}])
def test_a_page_that_could_not_be_served_is_not_declared(wrong: dict[str, str]) -> None:
    right = {"path": "/origin/<token>", "template": "kitchen/farm.html"}

    with pytest.raises(ValueError, match="is no"):
        PublicPage(title=FARM.title, model=Supplier, token="name", values=farm, **right | wrong)
