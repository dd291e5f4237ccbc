"""The main job, in a real browser: an order is written by keyboard, corrected, confirmed, found."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.words import Said, said_in


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What a company sells, to whom, and what it comes to with five percent tax."""

    company: str
    customer: str
    lines: tuple[tuple[str, str], ...]
    total: str
    mistyped: str


TAIWAN = Trade(
    company="TW01",
    customer="青田選物",
    lines=(("橡木書桌", "2"), ("藤編椅", "4"), ("檯燈", "1.5")),
    total="NT$41,444.29",
    mistyped="一點五",
)
MAINLAND = Trade(
    company="CN01",
    customer="申城家居",
    lines=(("橡木书桌", "2"), ("藤编椅", "4"), ("台灯", "1.5")),
    total="¥9,075.41",
    mistyped="一点五",
)
BOTH = pytest.mark.parametrize(
    ("language", "trade", "backend"),
    [("zh_Hant", TAIWAN, "sqlite"), ("zh_Hans", MAINLAND, "postgresql")],
    indirect=["backend"],
    ids=["zh_Hant", "zh_Hans"],
)


@BOTH
def test_an_order_is_written_by_keyboard_corrected_and_confirmed(
    visit: Visit, language: str, trade: Trade
) -> None:
    page, said = visit("/", language=language), said_in(language)
    work_for(page, said, trade.company)
    page.goto("/sales/orders/list/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/sales/orders/add")
    page.wait_for_load_state("networkidle")

    write_order(page, said, trade)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text(said("This must be a number."))
    wrong = page.locator("table [aria-invalid=true]")
    expect(wrong).to_have_value(trade.mistyped)

    wrong.fill(trade.lines[-1][1])
    expect(page.locator("tfoot")).to_contain_text(trade.total)
    page.keyboard.press("Control+s")
    page.wait_for_url("**/sales/orders/show/*")
    expect(page.locator("main")).to_contain_text(trade.total)
    confirm(page, said)
    expect(page.locator("h1")).to_contain_text(said("Confirmed"))


@BOTH
def test_orders_are_filtered_kept_as_a_view_grouped_and_exported(
    visit: Visit, language: str, trade: Trade, tmp_path: Path
) -> None:
    page, said = visit("/", language=language), said_in(language)
    work_for(page, said, trade.company)
    page.goto("/sales/orders/list/")
    expect(page.locator("#list tbody tr")).to_have_count(3)

    filter_by_state(page, said, "Confirmed")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    open_menu(page, said("Saved views"))
    page.get_by_role("textbox", name=said("Save what is shown as")).fill("我的訂單")
    page.keyboard.press("Enter")
    expect(page.locator("main summary").filter(has_text="我的訂單")).to_be_visible()

    page.goto("/sales/orders/list/")
    open_menu(page, said("Group by"))
    page.locator("#list-group").get_by_role("link", name=said("Status"), exact=True).click()
    expect(page).to_have_url(re.compile("group=state"))
    expect(page.locator("#list")).to_contain_text(said("Cancelled"))
    open_menu(page, said("Saved views"))
    page.get_by_role("link", name="我的訂單").click()
    expect(page.locator("#list tbody tr")).to_have_count(1)

    open_menu(page, said("Export"))
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    taken.value.save_as(tmp_path / "orders.csv")
    text = (tmp_path / "orders.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert [len(rows), rows[1][rows[0].index(said("Status"))]] == [2, said("Confirmed")]


@BOTH
def test_sales_is_switched_off_and_on_again(visit: Visit, language: str, trade: Trade) -> None:
    page, said = visit("/", language=language), said_in(language)
    work_for(page, said, trade.company)
    menu = page.get_by_role("link", name=said("Orders"), exact=True)
    expect(menu.first).to_be_visible()

    switch(page, said, trade.company, "off")
    expect(menu).to_have_count(0)
    answer = page.goto("/sales/orders/list/")
    assert answer is not None
    assert answer.status == 404

    switch(page, said, trade.company, "on")
    expect(menu.first).to_be_visible()
    page.goto("/sales/orders/list/")
    expect(page.locator("#list tbody tr")).to_have_count(3)


def work_for(page: Page, said: Said, company: str) -> None:
    """Choose a company in the bar."""
    page.get_by_role("button", name=said("Change company")).click()
    page.locator(f"button[name=code][value={company}]").click()
    expect(page.locator("header .bar-code").first).to_have_text(company)


def write_order(page: Page, said: Said, trade: Trade) -> None:
    """Fill an order in without a mouse: whom it is for, then its lines, the last one mistyped."""
    expect(page.get_by_role("combobox", name=said("Customer"), exact=True)).to_be_focused()
    choose(page, trade.customer)
    for _tabs in range(40):
        if page.evaluate("document.activeElement.closest('table') !== null"):
            break
        page.keyboard.press("Tab")
    quantities = [quantity for _name, quantity in trade.lines[:-1]] + [trade.mistyped]
    for row, ((name, _quantity), typed) in enumerate(zip(trade.lines, quantities, strict=True)):
        expect(page.locator(".grid-row").nth(row).get_by_role("combobox")).to_be_focused()
        choose(page, name)
        page.keyboard.press("Tab")
        expect(quantity_in(page, row)).to_be_focused()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(quantity_in(page, row + 1)).to_be_focused()
        page.keyboard.press("Shift+Tab")


def quantity_in(page: Page, row: int) -> Locator:
    """Return the box for the quantity of a line: whoever types looks where the cursor is."""
    return page.locator(".grid-row").nth(row).locator("[name$=-quantity]")


def choose(page: Page, name: str) -> None:
    """Look a record up in the box that has the focus, and take what is found."""
    page.keyboard.type(name)
    found = page.locator("[role=option].active").filter(has_text=name)
    expect(found).to_be_visible()
    page.keyboard.press("Enter")
    expect(found).to_be_hidden()


def confirm(page: Page, said: Said) -> None:
    """Give the order what it needs, then press its first button."""
    page.goto(page.url.replace("/show/", "/edit/"))
    page.get_by_role("tab", name=said("Delivery")).click()
    for label, value in (("Consignee", "王小明"), ("Phone", "2345-6789")):
        page.get_by_role("textbox", name=said(label), exact=True).fill(value)
    page.get_by_role("textbox", name=said("Shipping address"), exact=True).fill("信義路 7 號")
    page.get_by_role("tab").first.click()
    page.get_by_role("combobox", name=said("Payment method")).select_option("prepaid")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/show/*")
    page.get_by_role("button", name=said("Confirm"), exact=True).click()


def filter_by_state(page: Page, said: Said, state: str) -> None:
    """Add a condition in the filters, and apply it."""
    open_menu(page, said("Filters"))
    page.get_by_role("button", name=said("Status"), exact=True).click()
    page.get_by_role("checkbox", name=said(state), exact=True).check()
    page.get_by_role("button", name=said("Apply filters")).click()


def open_menu(page: Page, name: str) -> None:
    """Open one of the menus of a list."""
    page.locator("summary").filter(has_text=name).first.click()


def switch(page: Page, said: Said, company: str, way: str) -> None:
    """Switch sales after having seen the plan."""
    page.goto("/departments/")
    page.locator(f"a[href='/departments/{company}/sales/{way}']").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=said("Reason")).fill("盤點")
    dialog.locator("[type=submit]").click()
    expect(page.locator("#messages")).not_to_be_empty()
