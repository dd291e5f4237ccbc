"""Pictures in a list: small, only where somebody chose them, and read one by one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from bumen.host import Host
from bumen.testing.people import signed_in
from bumen_base.demo.pictures import picture_of
from tests.core.web.looking import look_at
from tests.core.web.shops import make_product

LIST = "/base/products/list/"
Statements = Callable[[], list[str]]


def test_a_picture_is_shown_small_where_it_was_chosen(host: Host, app: Flask) -> None:
    chair = make_product(host, name="Chair", picture=picture_of("P00002"))
    make_product(host, name="Lamp")
    browser = signed_in(app, host, "admin")

    page = look_at(browser.get(f"{LIST}?columns=picture,name&sort=name"))

    (picture,) = page.one("tbody", id="list-rows").every("img")
    assert picture.attributes["src"].startswith(f"/api/v1/base/products/{chair}/pictures/picture")
    assert picture.attributes["loading"] == "lazy"
    links = [one.text for one in page.every("a") if "data-record" in one.attributes]
    assert links == ["Chair", "Lamp"]


def test_nobody_who_did_not_choose_pictures_sees_any(host: Host, app: Flask) -> None:
    make_product(host, name="Chair", picture=picture_of("P00002"))
    browser = signed_in(app, host, "admin")

    page = look_at(browser.get(LIST))

    assert not list(page.one("tbody", id="list-rows").every("img"))
    offered = [one.attributes["value"] for one in page.every("input", name="columns")]
    assert "picture" in offered


def test_a_list_with_pictures_reads_none_of_them(
    host: Host, app: Flask, statements: Statements
) -> None:
    make_product(host, name="Chair", picture=picture_of("P00002"))
    browser = signed_in(app, host, "admin")
    browser.get(LIST)
    statements()

    browser.get(f"{LIST}?columns=picture,name")

    read = [one.partition("FROM")[0] for one in statements() if "picture" in one]
    assert len(read) == 1
    assert "picture" not in read[0]
