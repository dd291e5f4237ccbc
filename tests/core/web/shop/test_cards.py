"""Cards: a catalogue of what a list holds, page by page."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable

import pytest
from flask import Flask

from bumen.host import Host
from bumen.testing.people import signed_in
from bumen_base.demo.pictures import picture_of
from tests.core.web.shops import make_product

CARDS = "/base/products/list/?view=cards"


def test_cards_show_pictures_where_there_are_any(host: Host, app: Flask) -> None:
    picture = picture_of("P00002")
    assert picture
    chair, _lamp = (
        make_product(host, name="Chair", picture=picture),
        make_product(host, name="Lamp"),
    )
    browser = signed_in(app, host, "admin")

    page = browser.get(CARDS).text

    shown = re.findall(r'<img src="([^"]*)" alt="([^"]*)"[^>]*loading="lazy"', page)
    assert [alt for _src, alt in shown] == ["Chair"]
    assert shown[0][0].startswith(f"/api/v1/base/products/{chair}/pictures/picture")
    assert browser.get(shown[0][0]).data == b64decode(picture)
    assert page.count("tile-none") == 1
    assert f'href="/base/products/show/{chair}"' in page
    assert "NT$12" in page


def test_cards_go_on_page_by_page(host: Host, app: Flask) -> None:
    for number in range(26):
        make_product(host, name=f"Tea {number:02}")
    browser = signed_in(app, host, "admin")

    first = browser.get(CARDS).text
    onward = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert onward
    second = browser.get(onward[1].replace("&amp;", "&")).text

    assert (first.count("tile-body"), second.count("tile-body")) == (25, 1)


def test_cards_show_what_the_list_is_narrowed_to(host: Host, app: Flask) -> None:
    make_product(host, name="Tea"), make_product(host, name="Coffee")
    browser = signed_in(app, host, "admin")

    page, nothing = (browser.get(f"{CARDS}&q={words}").text for words in ("coffee", "milk"))

    assert page.count("tile-body") == 1
    assert "Coffee" in page
    assert nothing.count("tile-body") == 0


@pytest.mark.parametrize("count", [1, 3])
def test_cards_take_the_same_statements_whatever_they_show(
    host: Host, app: Flask, statements: Callable[[], list[str]], count: int
) -> None:
    picture = picture_of("P00001")
    for number in range(count):
        make_product(host, name=f"Tea {number}", picture=picture)
    browser = signed_in(app, host, "admin")
    browser.get(CARDS)
    statements()

    assert browser.get(CARDS).text.count("<img") == count

    told = statements()
    assert len(told) <= 9
    assert not [one for one in told if "picture," in one or "picture AS" in one]


def test_every_picture_of_the_demonstration_is_small_and_the_same_each_time() -> None:
    pictures = {code: picture_of(code) for code in (f"P{number:05}" for number in range(1, 21))}
    picture_of.cache_clear()

    again = {code: picture_of(code) for code in pictures}

    assert pictures == again
    contents = [b64decode(picture or "") for picture in pictures.values()]
    assert {content[:8] for content in contents} == {b"\x89PNG\r\n\x1a\n"}
    assert max(map(len, contents)) < 10_000
    assert len(set(contents)) == 20
    assert picture_of("P99999") is None
    assert b64encode(contents[0]).decode() == pictures["P00001"]
