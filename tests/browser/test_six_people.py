"""Six people take one order from its confirmation to its end, each at a screen of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bumen import AllOf, AskRole, create_record, session
from bumen.approvals.rules import ApprovalRule
from bumen.approvals.spelling import written_steps
from bumen.testing.makers import make_user
from bumen_base.models import Customer, Product
from bumen_logistics.services import place_of, receive_goods, usual_warehouse
from tests.browser.conftest import Visit
from tests.browser.shop import CUSTOMERS, TO_WHOM, Shop
from tests.browser.test_main_job import choose
from tests.browser.words import Said, said_in

CAST = {
    "service": ("sales.service_manager",),
    "workshop": ("sales.workshop", "logistics.workshop"),
    "finance": ("sales.finance",),
    "logistics": ("logistics.clerk",),
    "chief": ("sales.manager",),
    "director": ("sales.director",),
}
BOTH = pytest.mark.parametrize(
    ("language", "company", "backend"),
    [("zh_Hant", "TW01", "sqlite"), ("zh_Hans", "CN01", "postgresql")],
    indirect=["backend"],
    ids=["TW01", "CN01"],
)
WORDS = {"TW01": "客戶星期五前要", "CN01": "客户星期五前要"}
ADDRESS = "忠孝路 9 號"
CARRIERS = {"TW01": "順風貨運", "CN01": "顺风货运"}


@dataclass(frozen=True)
class Desk:
    """A desk is where one of the six sits: a page, and the language it is in."""

    page: Page
    said: Said

    def at(self, path: str) -> Desk:
        """Go to a page."""
        self.page.goto(path)
        return self

    def open(self, path: str, number: str) -> Desk:
        """Search a list for a number, and open the only record that is found."""
        self.page.goto(f"{path}list/?q={number}")
        self.page.locator("#list tbody tr a").first.click()
        self.page.wait_for_url("**/show/*")
        return self

    def do(self, step: str, *, then: str | None = None, **answers: str) -> None:
        """Press what is called so, wherever the page keeps it; what it asks is answered."""
        called = re.compile(rf"^\s*{re.escape(self.said(step))}…?\s*$")
        button = self.page.get_by_role("button", name=called).filter(visible=True)
        if not button.count():
            self.page.get_by_role("button", name=self.said("More"), exact=True).click()
        asks = button.first.get_attribute("data-bs-target")
        button.first.click()
        if asks:
            self._answer(asks, answers)
        if then is not None:
            expect(self.page.locator("h1")).to_contain_text(self.said(then))

    def _answer(self, asks: str, answers: Mapping[str, str]) -> None:
        """Answer what a dialog asks, once it has taken the keys."""
        dialog = self.page.locator(asks)
        expect(dialog).to_contain_class("show")
        self.page.wait_for_function(
            "asked => document.querySelector(asked).contains(document.activeElement)", arg=asks
        )
        for name, value in answers.items():
            if name == "carrier":
                dialog.get_by_role("combobox", name=self.said("Carrier")).click()
                choose(self.page, value)
            else:
                dialog.locator(f"[name={name}]").fill(value)
        dialog.locator("[type=submit]").last.click()


@pytest.mark.slow
@BOTH
def test_six_people_take_an_order_from_its_confirmation_to_its_end(
    visit: Visit, shop: Shop, language: str, company: str
) -> None:
    ident, number = written(shop, company)
    said = said_in(language)
    desks = {name: Desk(visit("/", by=name, language=language), said) for name in CAST}
    story = Story(desks, company, f"/sales/orders/show/{ident}", number)

    story.is_promised()
    story.goods_and_vehicle_are_found()
    story.is_refused_a_slip()
    story.goes_to_another_address()
    story.is_paid()
    story.is_delivered()

    director = desks["director"].at(story.order)
    expect(director.page.locator("h1")).to_contain_text(said_in(language, by="sales")("Closed"))


@dataclass(frozen=True)
class Story:
    """A story is one order, and the desks it goes over."""

    desks: Mapping[str, Desk]
    company: str
    order: str
    number: str

    def is_promised(self) -> None:
        """Promise the order; workshop and finance hear of it at that moment."""
        service = self.desks["service"].at(self.order)
        service.do("Confirm", then="Confirmed")
        comment(service, WORDS[self.company])
        is_told(self.desks["workshop"], "Please prepare the goods of this order.")
        is_told(self.desks["finance"], "Please say when the money for this order is in.")

    def goods_and_vehicle_are_found(self) -> None:
        """Do two of the three tasks."""
        logistics = self.desks["logistics"].open("/logistics/shipments/", self.number)
        carrier = CARRIERS[self.company]
        logistics.do("Arrange vehicle", carrier=carrier, then="Vehicle arranged")
        workshop = self.desks["workshop"].open("/logistics/preparations/", self.number)
        workshop.do("Begin")
        workshop.do("All is ready", then="Ready")

    def is_refused_a_slip(self) -> None:
        """Ask for the slip before anything is paid."""
        service = self.desks["service"].at(self.order)
        service.do("Issue sales slip")
        expect(service.page.get_by_role("alert").first).to_be_visible()

    def goes_to_another_address(self) -> None:
        """Change where the goods go: the chief agrees, then the director."""
        service = self.desks["service"].at(self.order)
        service.do("Change order", reason=WORDS[self.company])
        ask_for_another_address(service)
        for name in ("chief", "director"):
            approve(self.desks[name])
        service.at(f"{self.order}#tab-delivery")
        expect(service.page.locator("main")).to_contain_text(ADDRESS)

    def is_paid(self) -> None:
        """Pay the order, which does the last of the tasks: the goods may leave."""
        pay(self.desks["finance"], self.number, CUSTOMERS[self.company][0])
        self.desks["service"].at(self.order).do("Issue sales slip", then="Released")

    def is_delivered(self) -> None:
        """Take the goods to whom they were sold."""
        logistics = self.desks["logistics"].open("/logistics/shipments/", self.number)
        logistics.do("Take slip", then="Slip taken")
        logistics.do("Count and load", packages="2", then="Loaded")
        logistics.do("Ship", then="On the road")
        logistics.do("Confirm arrival", signed_by="王小明", then="Arrived")


def written(shop: Shop, company: str) -> tuple[int, str]:
    """Have the six work there, put goods into the warehouse, and write a prepaid order of them."""
    for name, roles in CAST.items():
        make_user(shop.host, name, company=company, roles=roles)
    with shop.host.unit_of_work(company=company, by="anna") as unit:
        ask_the_chief_then_the_director()
        resources = shop.host.registry.resources
        create_record(resources["logistics.carriers"], {"name": CARRIERS[company]}, by=unit.user)
        products = session().scalars(select(Product)).all()
        for one in products:
            place = place_of(usual_warehouse())
            receive_goods(one, place, Decimal(100), by=unit.user, at=datetime.now(UTC))
        values = {**TO_WHOM, "payment_method": "prepaid"}
        values["customer_id"] = session().scalars(select(Customer.id).order_by(Customer.id)).first()
        values["lines"] = [{"product_id": one.id, "quantity": "3"} for one in products]
        order = create_record(resources["sales.orders"], values, by=unit.user)
        return order.id, order.number


def ask_the_chief_then_the_director() -> None:
    """Give the company a rule: both agree to an order change, one after the other."""
    steps = AllOf(AskRole("sales.manager")), AllOf(AskRole("sales.director"))
    rule = ApprovalRule(
        resource="sales.order_changes",
        waiting_in="submitted",
        title="E2",
        valid_from=date(2020, 1, 1),
        steps=written_steps(steps),
    )
    session().add(rule)


def comment(desk: Desk, words: str) -> None:
    """Say something in the discussion of the record that is open."""
    desk.page.get_by_role("tab", name=desk.said("Discussion")).click()
    desk.page.locator("#talk-text").fill(words)
    desk.page.locator("#talk-text").press("Control+Enter")
    expect(desk.page.locator(".talk-comment")).to_contain_text(words)


def is_told(desk: Desk, sentence: str) -> None:
    """Find a notice in the inbox."""
    desk.at("/inbox/?tab=mentions")
    expect(desk.page.locator("main")).to_contain_text(desk.said(sentence))


def ask_for_another_address(desk: Desk) -> None:
    """Write into the change what the customer wants otherwise, and submit it."""
    desk.at("/sales/order_changes/list/").page.locator("#list tbody tr a").first.click()
    desk.page.wait_for_url("**/show/*")
    desk.page.goto(desk.page.url.replace("/show/", "/edit/"))
    desk.page.fill("[name=address]", ADDRESS)
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_url("**/show/*")
    desk.do("Submit", then="Submitted")


def approve(desk: Desk) -> None:
    """Agree in the inbox to what waits there."""
    desk.at("/inbox/").page.locator(".inbox-decide summary").click()
    desk.page.get_by_role("textbox", name=desk.said("Opinion")).fill("OK")
    desk.page.get_by_role("button", name=desk.said("Approve"), exact=True).click()
    expect(desk.page.locator(".inbox-decide")).to_have_count(0)


def pay(desk: Desk, number: str, customer: str) -> None:
    """Write down what the customer has paid, post it, and let it pay the order."""
    desk.open("/sales/orders/", number)
    due = desk.page.locator(".totals-main dd").inner_text()
    desk.at("/sales/receipts/add")
    desk.page.get_by_role("combobox", name=desk.said("Customer"), exact=True).focus()
    choose(desk.page, customer)
    desk.page.fill("[name=amount]", re.sub(r"[^0-9.]", "", due))
    desk.page.locator("[name=method]").select_option("transfer")
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_url("**/show/*")
    desk.do("Allocate oldest first")
    desk.do("Post", then="Posted")
