"""What is asked before it is done, taken along by a button, and reached by keys."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.shop import Shop

PICTURE = {"name": "合約.txt", "mimeType": "text/plain", "buffer": "第一版".encode()}


def with_a_file(visit: Visit, shop: Shop) -> Page:
    """Open the files of an order, one of them attached."""
    page = visit(f"/sales/orders/show/{shop.orders['draft']}", language="en")
    page.get_by_role("tab", name="Files").click()
    page.set_input_files(".files-chosen", PICTURE)
    expect(page.locator(".files-one")).to_have_count(1)
    return page


def test_a_file_is_deleted_after_a_question_in_the_pages_own_words(
    visit: Visit, shop: Shop
) -> None:
    page = with_a_file(visit, shop)
    away, dialog = page.locator(".files-away button"), page.locator("dialog[data-sure-asked]")

    away.click()
    expect(dialog).to_contain_text("Delete 合約.txt for good?")
    expect(dialog.locator("[data-no]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(away).to_be_focused()
    expect(page.locator(".files-one")).to_have_count(1)

    away.click()
    page.keyboard.press("Escape")
    expect(page.locator(".files-one")).to_have_count(1)

    away.click()
    dialog.locator("[data-yes]").click()
    expect(page.locator(".files-one")).to_have_count(0)


def test_a_new_key_is_copied_by_a_button(visit: Visit) -> None:
    page = visit("/keys/", language="en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("[name=name]", "Web shop")
    page.get_by_role("button", name="Make the key").click()

    page.get_by_role("button", name="Copy").click()

    expect(page.locator(".copy-said")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".key-text").inner_text()


def test_reloading_what_a_form_answered_leads_back_to_the_form(visit: Visit) -> None:
    page = visit("/keys/", language="en")
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("main [role=alert]").first).to_be_visible()

    page.goto(page.url)

    assert page.url.endswith("/keys/")
    expect(page.get_by_role("button", name="Make the key")).to_be_visible()


def test_what_is_done_with_many_comes_before_the_rows_for_keys_and_below_them_for_eyes(
    visit: Visit,
) -> None:
    page = visit("/sales/orders/list/", language="en")
    page.locator("input[data-choose]").first.check()
    page.locator("input[data-choose-all]").focus()

    for _part in range(2):  # the place that scrolls, then the bar
        page.keyboard.press("Shift+Tab")

    assert page.evaluate("document.activeElement.closest('.list-bulk') !== null")
    tops = [_top(page, which) for which in (".list-card", ".list-bulk")]
    assert tops == sorted(tops)


def _top(page: Page, which: str) -> float:
    box = page.locator(which).bounding_box()
    assert box is not None
    return box["y"]
