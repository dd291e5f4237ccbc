"""An analysis in a real browser: table, pivot, chart with its table, a view, and the records."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.shop import Shop

PAGE = "/sales/reports/sales"
ALL = "period=any&measures=orders"
DRAWN = "canvas => canvas.toDataURL()"
BLANK = """canvas => {
    const empty = document.createElement("canvas");
    [empty.width, empty.height] = [canvas.width, canvas.height];
    return empty.toDataURL();
}"""


def choose(page: Page, menu: str, label: str) -> None:
    """Open a menu of the analysis by the keyboard, and choose."""
    page.locator(f"#{menu} > summary").focus()
    page.keyboard.press("Enter")
    page.locator(".drop-item:visible", has_text=label).first.click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    ("width", "backend"), [(1366, "postgresql"), (390, "sqlite")], indirect=["backend"]
)
def test_a_chart_is_drawn_and_its_table_leads_to_the_records(
    visit: Visit, shop: Shop, width: int
) -> None:
    page = visit(f"{PAGE}?rows=customer&{ALL}&show=chart", language="en", width=width)
    canvas = page.locator("[data-chart] canvas")

    expect(canvas).to_have_count(1)
    pictures = {canvas.evaluate(BLANK)}
    expect(page.locator("[data-chart]")).to_have_attribute("role", "img")
    for kind in ("line", "pie", "bar"):
        page.locator(f"[data-drawn={kind}]").click()
        expect(page.locator(f"[data-drawn={kind}]")).to_have_attribute("aria-pressed", "true")
        page.wait_for_timeout(600)  # it moves there
        pictures.add(canvas.evaluate(DRAWN))
    assert len(pictures) == 4

    number = page.locator(".analysis-table tbody td.number a").first
    expect(number).to_have_text("1")
    number.click()
    page.wait_for_url("**/sales/orders/list/**")
    expect(page.locator("[data-row]")).to_have_count(1)


def test_rows_and_columns_are_chosen_and_kept_as_a_view(visit: Visit, shop: Shop) -> None:
    page = visit(f"{PAGE}?rows=customer&{ALL}", language="en")
    choose(page, "analysis-columns", "Order date by month")
    expect(page.locator(".analysis-table thead th")).to_have_count(3)
    choose(page, "analysis-period", "this year")
    choose(page, "analysis-compare", "last year")
    expect(page.locator("#list-count")).to_contain_text("Compared with")

    page.locator("#list-saved > summary").click()
    page.fill("#view-name", "Months of customers")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**saved=**")
    again = visit(PAGE, language="en")
    again.locator("#list-saved > summary").click()
    again.locator(".drop-item:visible", has_text="Months of customers").click()
    expect(again.locator(".analysis-table thead th")).to_have_count(3)


def test_a_card_shows_its_chart_as_a_table(visit: Visit, shop: Shop) -> None:
    page = visit("/sales/dashboard/", language="en")
    card = page.locator("section", has=page.locator("#card-sales-months"))

    expect(card.locator("canvas")).to_have_count(1)
    canvas = card.locator("canvas")
    assert canvas.evaluate(DRAWN) != canvas.evaluate(BLANK)
    expect(card.locator("table")).to_be_hidden()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.locator("table")).to_be_visible()
    expect(card.locator("tbody tr")).not_to_have_count(0)
