"""An order beyond the credit limit, in a real browser: held, handed to a substitute, approved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bumen import create_record, today
from bumen.demo.rules import write_rules
from bumen.testing.makers import make_user
from tests.browser.conftest import Visit
from tests.browser.shop import TO_WHOM, Shop
from tests.browser.test_main_job import choose
from tests.browser.words import Said, said_in

CAST = {
    "mei": "sales.salesperson",  # sells
    "boss": "sales.manager",  # decides about orders that go too far
    "deputy": "sales.viewer",  # decides while the boss is away
}
PLACES = pytest.mark.parametrize(
    ("language", "company", "backend"),
    [("zh_Hant", "TW01", "sqlite"), ("zh_Hans", "CN01", "postgresql")],
    indirect=["backend"],
    ids=["TW01", "CN01"],
)


@PLACES
def test_a_substitute_approves_an_order_over_the_credit_limit(
    visit: Visit, shop: Shop, language: str, company: str
) -> None:
    said = said_in(language)
    order = f"/sales/orders/show/{written(shop, company)}"

    seller = visit(order, by="mei", language=language)
    seller.get_by_role("button", name=f"{said('Confirm')}…", exact=True).click()
    asked = seller.get_by_role("dialog")
    expect(asked).to_contain_text("boss")  # who will be asked stands there before it is sent
    asked.get_by_role("button", name=said("Hold for approval"), exact=True).click()
    expect(seller.locator("h1")).to_contain_text(said("Held"))
    expect(seller.locator("#approvals")).to_contain_text("boss")

    manager = visit("/inbox/", by="boss", language=language)
    expect(manager.locator(".inbox-line")).to_have_count(1)
    hand_to_deputy(manager, said, shop, company)

    deputy = visit("/inbox/", by="deputy", language=language)
    expect(deputy.locator(".inbox-line")).to_contain_text(said("For %(person)s", person="boss"))
    decide(deputy, said, opinion="老客戶，准予出貨")

    seller.goto("/inbox/?tab=mentions")
    expect(seller.locator(".inbox-line").first).to_be_visible()
    seller.goto(order)
    expect(seller.locator("h1")).to_contain_text(said("Confirmed"))
    sees_what_happened(seller, said)


def written(shop: Shop, company: str) -> int:
    """Write an order on account of a customer without credit, by mei, under the house's rules."""
    for name, role in CAST.items():
        make_user(shop.host, name, company=company, roles=[role])
    with shop.host.unit_of_work(company=company, by="anna") as unit:
        write_rules(by=unit.user)
        resources, new = shop.host.registry.resources, create_record
        customer = new(resources["base.customers"], {"name": "新客戶"}, by=unit.user)
        product = new(
            resources["base.products"],
            {"name": "長桌", "unit": "件", "list_price": "9000", "tax_rate": "5"},
            by=unit.user,
        )
        customer_id, product_id = customer.id, product.id
    with shop.host.unit_of_work(company=company, by="mei") as unit:
        lines = [{"product_id": product_id, "quantity": "3"}]
        values = {**TO_WHOM, "payment_method": "on_account", "lines": lines}
        values["customer_id"] = customer_id
        return int(new(resources["sales.orders"], values, by=unit.user).id)


def hand_to_deputy(page: Page, said: Said, shop: Shop, company: str) -> None:
    """Write down that one is away today, and who decides meanwhile."""
    with shop.host.unit_of_work(company=company):
        day = today().isoformat()
    page.goto("/company/absences/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("combobox", name=said("Substitute")).focus()
    choose(page, "deputy")
    page.fill("[name=first_day]", day)
    page.fill("[name=last_day]", day)
    page.get_by_role("button", name=said("Add"), exact=True).click()
    expect(page.locator("main table")).to_contain_text("deputy")


def decide(page: Page, said: Said, *, opinion: str) -> None:
    """Approve in the inbox what waits there."""
    page.locator(".inbox-decide summary").click()
    page.get_by_role("textbox", name=said("Opinion")).fill(opinion)
    page.get_by_role("button", name=said("Approve"), exact=True).click()
    expect(page.locator(".inbox-decide")).to_have_count(0)


def sees_what_happened(page: Page, said: Said) -> None:
    """Find the opinion, who gave it for whom, and the clause, in the story and in the history."""
    page.locator("summary").filter(has_text=said("All steps")).click()
    story = page.locator("details").filter(has_text=said("All steps"))
    for told in ("老客戶，准予出貨", "deputy", "boss", "§"):
        expect(story).to_contain_text(told)
    page.get_by_role("tab", name=said("History")).click()
    history = page.get_by_role("tabpanel", name=said("History"))
    for told in ("老客戶，准予出貨", said("Held"), said("Confirmed")):
        expect(history).to_contain_text(told)
