"""Two people talk about an order in their browsers: mentioned, told, read, done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bumen.testing.makers import make_administrator
from tests.browser.conftest import Visit
from tests.browser.shop import Shop
from tests.browser.test_composing import compose, requests_of


@pytest.fixture
def order(shop: Shop) -> str:
    """The address of the discussion of a draft that anna and ben may read."""
    make_administrator(shop.host, "ben", company="TW01")
    return f"/sales/orders/show/{shop.orders['draft']}#tab-discussion"


def test_a_colleague_is_mentioned_and_the_author_sees_that_it_was_read(
    visit: Visit, order: str
) -> None:
    anna = visit(order)
    box = anna.locator("#talk-text")
    box.press_sequentially("運費請確認 @be")
    expect(anna.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value("運費請確認 @ben ")
    box.press("Control+Enter")
    expect(anna.locator(".talk-comment")).to_have_count(1)
    expect(box).to_have_value("")

    ben = visit(order, by="ben")
    expect(ben.locator(".talk-named.is-me")).to_have_text("@ben")
    ben.wait_for_load_state("networkidle")
    anna.reload()
    anna.locator(".talk-read > summary", has_text="1").last.click()
    expect(anna.locator(".talk-comment .talk-read li")).to_contain_text("ben")


def test_names_are_searched_when_the_word_is_written(visit: Visit, order: str) -> None:
    anna = visit(order)
    asked = requests_of(anna, "/people")
    keyboard = anna.context.new_cdp_session(anna)
    anna.locator("#talk-text").press_sequentially("@")
    expect(anna.get_by_role("option").first).to_be_visible()
    asked.clear()

    compose(keyboard, "ㄌㄧㄣ")
    anna.wait_for_timeout(700)
    assert asked == []

    keyboard.send("Input.insertText", {"text": "林"})
    expect(anna.get_by_role("option")).to_have_count(0)
    assert len(asked) == 1


def test_what_is_half_written_stays_when_something_else_is_done(visit: Visit, order: str) -> None:
    anna = visit(order)
    anna.locator("#talk-text").fill("半句話")

    anna.locator("#activities .talk-opens > summary").first.click()
    anna.locator("#what-new").fill("打電話給客戶")
    anna.locator("#activities .talk-opens[open] form [type=submit]").click()

    expect(anna.locator("#talk-due .talk-what")).to_have_text("打電話給客戶")
    expect(anna.locator("#talk-text")).to_have_value("半句話")
    anna.locator("#talk-due summary").click()
    anna.locator("#talk-due form [type=submit]").click()
    expect(anna.locator("#talk-due")).to_be_hidden()
    expect(anna.locator(".talk-task.is-done .talk-what")).to_have_text("打電話給客戶")
