"""While an input method composes, keys belong to it: no shortcut fires, nothing is searched."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Visit
from tests.browser.words import said_in

PALETTE = said_in("zh_Hant")("Search or jump to…")
CTRL_K = """state => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
    {key: "k", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true, ...state}))"""


TAB = """(box, state) => !box.dispatchEvent(new KeyboardEvent("keydown",
    {key: "Tab", code: "Tab", bubbles: true, cancelable: true, ...state}))"""
"""Presses Tab, and tells whether the page kept the key to itself."""


def test_tab_walks_candidates_before_it_indents_a_template(visit: Visit) -> None:
    box = visit("/papers/sales.orders.confirmation").locator("textarea[name=body]")
    before = box.input_value()

    assert box.evaluate(TAB, {"isComposing": True}) is False
    assert box.input_value() == before
    assert box.evaluate(TAB, {"isComposing": False}) is True


def test_a_shortcut_waits_until_the_word_is_written(visit: Visit) -> None:
    page = visit("/")
    palette = page.get_by_role("dialog", name=PALETTE)

    page.evaluate(CTRL_K, {"isComposing": True})
    expect(palette).to_be_hidden()

    page.evaluate(CTRL_K, {"isComposing": False})
    expect(palette).to_be_visible()


def test_the_palette_searches_whole_words_only(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Control+k")
    asked = requests_of(page, "/palette")
    keyboard = page.context.new_cdp_session(page)
    page.get_by_role("combobox", name=PALETTE).focus()

    compose(keyboard, "ㄑㄧㄥ")
    page.wait_for_timeout(700)
    assert asked == []

    keyboard.send("Input.insertText", {"text": "青田"})
    expect(page.get_by_role("option").filter(has_text="青田選物").first).to_be_visible()
    assert len(asked) == 1


def test_a_lookup_searches_whole_words_only(visit: Visit) -> None:
    page = visit("/sales/orders/add")
    asked = requests_of(page, "/lookup/")
    keyboard = page.context.new_cdp_session(page)
    page.get_by_role("combobox", name="客戶").first.click()
    page.wait_for_load_state("networkidle")
    asked.clear()

    compose(keyboard, "ㄓㄨ")
    page.wait_for_timeout(700)
    assert asked == []

    keyboard.send("Input.insertText", {"text": "竹塹"})
    expect(page.get_by_role("option").filter(has_text="竹塹辦公家具行")).to_be_visible()
    assert [url for url in asked if "%E3%84" in url] == [], "no letters of the input method"


def compose(keyboard: CDPSession, letters: str) -> None:
    """Type with an input method, which has not written the word yet."""
    for end in range(1, len(letters) + 1):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": letters[:end], "selectionStart": end, "selectionEnd": end},
        )


def requests_of(page: Page, path: str) -> list[str]:
    """Return the list that grows with every request to an address."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if path in request.url else None)
    return asked
