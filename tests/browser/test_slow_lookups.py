"""A lookup whose answers take their time: what was chosen stays chosen, and its list shut."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.shop import CUSTOMERS
from tests.browser.words import said_in

FIRST, *OTHERS = CUSTOMERS["TW01"]
TYPED = 400
"""Milliseconds after which typing has asked for what was typed, if it asks at all."""


def test_enter_at_once_takes_what_was_typed_however_late_the_answer_is(visit: Visit) -> None:
    page = visit("/sales/orders/add")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/lookup/base/customers?*", hold)
    page.get_by_role("combobox", name=said_in("zh_Hant")("Customer"), exact=True).focus()

    page.keyboard.insert_text(FIRST)
    page.keyboard.press("Enter")
    page.wait_for_timeout(TYPED)
    assert len(held) == 1

    held[0].continue_()
    expect(customer(page)).to_contain_text(FIRST)
    expect(page.get_by_role("option").filter(visible=True)).to_have_count(0)


def test_what_was_typed_before_a_choice_from_the_list_opens_it_no_more(visit: Visit) -> None:
    page = visit("/sales/orders/add")
    box = page.get_by_role("combobox", name=said_in("zh_Hant")("Customer"), exact=True)
    box.click()
    expect(page.get_by_role("option").filter(has_text=OTHERS[0])).to_be_visible()

    page.keyboard.insert_text("公司")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(TYPED)
    page.wait_for_load_state("networkidle")

    expect(customer(page).locator(".item")).to_have_count(1)
    expect(page.get_by_role("option").filter(visible=True)).to_have_count(0)


def customer(page: Page) -> Locator:
    """Return the box that holds the customer."""
    return page.locator(".ts-wrapper", has=page.locator(".ts-control")).first
