"""Many records at once, in a real browser: what is asked for is what is done."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.words import said_in


def test_enter_in_a_dialog_does_what_this_dialog_asks(visit: Visit) -> None:
    page, said = visit("/sales/orders/list/?filter.state=draft"), said_in("zh_Hant")
    page.locator("input[data-choose]").first.check()
    page.get_by_role("button", name=said("Cancel order"), exact=True).click()
    dialog = page.get_by_role("dialog", name=said("Cancel order"))

    dialog.locator("input[type=text], textarea").fill("重複下單")
    dialog.locator("input[type=text], textarea").press("Enter")

    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_be_visible()
    page.goto("/sales/orders/list/?filter.state=draft")
    expect(page.get_by_text(said("Nothing matches."), exact=True).first).to_be_visible()
