"""Bumen over a million orders, as it is served."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from benchmarks.many_orders import Amount, add_orders
from benchmarks.peers.bumen import Bumen, host_on
from benchmarks.peers.visiting import PAGE_SIZE, done, listed, memory_after, with_token
from benchmarks.processes import answer
from benchmarks.records import COMPANY, OURS, Known, fill
from benchmarks.statements import measured
from bumen.app import create_app
from bumen.host import Host
from bumen.listing import Condition, Listing
from bumen.records import create_record
from bumen.reports import Question, checked, work_out
from bumen.settings import Settings
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from bumen.upgrading import upgrade
from bumen_base.models import Product
from bumen_logistics.services import place_of, receive_goods, usual_warehouse
from bumen_sales.reports import SALES

ORDERS = "/api/v1/sales/orders/"
SMALL = "TW02"
"""A company with sales only: what it confirms changes its state, and prepares nothing."""
_COLUMNS = "(number,customer,ordered_on,requested_on,state,salesperson,total)"


class Orders(Bumen):
    """Our application, in a process of its own."""

    beside: FlaskClient
    """The program of the company with sales only."""
    beside_known: dict[str, Any]

    def fill(self, *, url: str, customers: int, products: int, orders: int) -> Known:
        """Bring an empty database up, and fill it with what all peers are asked about."""
        host = host_on(url)
        upgrade(host)
        known = fill(host, rows=customers)
        add_orders(host, known, Amount(customers=customers, products=products, orders=orders))
        host.database.engine.dispose()
        return known

    def open(self, *, url: str, known: Known) -> None:
        """Start the application, and let somebody sign in."""
        self.host = host_on(url)
        app = create_app(self.host)
        self.known, self.tokens = known, {}
        self.program = with_token(app, OURS)
        self.program.environ_base["HTTP_X_COMPANY"] = COMPANY
        self.browser = signed_in(app, self.host, OURS, company=COMPANY)

    def found_small(self) -> None:
        """Make the company with sales only; bring goods in where all is on."""
        make_company(self.host, code=SMALL, plugins=["base", "sales"])
        make_administrator(self.host, "small", company=SMALL)
        with self.host.unit_of_work(company=SMALL, by="small") as unit:
            made = self.host.registry.resources
            tea = {"name": "Tea", "unit": "box", "list_price": "100", "tax_rate": "5"}
            product = create_record(made["base.products"], tea, by=unit.user)
            customer = create_record(made["base.customers"], {"name": "晴川家居"}, by=unit.user)
            self.beside_known = {"customer": customer.id, "products": [product.id] * 5}
        self.beside = with_token(self.program.application, "small")
        with self.host.unit_of_work(company=COMPANY, by=OURS) as unit:
            place = place_of(usual_warehouse())
            for one in self.known["products"]:
                product = unit.session.get_one(Product, one)
                much, now = Decimal(100_000), datetime.now(UTC)
                receive_goods(product, place, much, by=unit.user, at=now)

    def list_by_api(self, *, page: int = 0) -> dict[str, Any]:
        """Get a page of the newest orders through the API."""
        return listed(lambda: self.program.get(f"{ORDERS}?q={_query(f'page:{page}')}"))

    def list_on(self, *, page: int) -> dict[str, Any]:
        """Get the same page by going on after the one before it."""
        if page not in self.tokens:
            before = self.program.get(f"{ORDERS}?q={_query(f'page:{page - 1}')}")
            self.tokens[page] = before.get_json()["next"]
        query = _query(f"after:'{self.tokens[page]}'")
        return listed(lambda: self.program.get(f"{ORDERS}?q={query}"))

    def list_as_page(self) -> dict[str, Any]:
        """Get the first page of orders as people see it."""
        return listed(lambda: self.browser.get(f"/sales/orders/list/?sort=-id&size={PAGE_SIZE}"))

    def of_customer(self, *, customer: int) -> dict[str, Any]:
        """Get the newest orders of one customer."""
        return self._filtered(f"(col:customer,opr:rel_o_m,value:{customer})")

    def number_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders whose number contains something."""
        return self._filtered(f"(col:number,opr:ct,value:'{part}')")

    def name_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders in whose customer's name something occurs."""
        query = _query(f"search:'{part}'")
        return listed(lambda: self.program.get(f"{ORDERS}?q={query}"))

    def open_by_api(self) -> dict[str, Any]:
        """Get one order with twenty lines through the API."""
        return done(lambda: self.program.get(f"{ORDERS}{self.known['long']}"))

    def open_as_page(self) -> dict[str, Any]:
        """Get the same order as people see it."""
        return done(lambda: self.browser.get(f"/sales/orders/show/{self.known['long']}"))

    def confirm(self) -> dict[str, Any]:
        """Confirm an order where nothing follows from it."""
        return self._confirmed(self.beside, self.beside_known)

    def confirm_and_prepare(self) -> dict[str, Any]:
        """Confirm an order; its goods are reserved and a shipment is planned."""
        return self._confirmed(self.program, self.known)

    def by_month(self) -> dict[str, Any]:
        """Work out sales by month, region and person over all orders."""
        question = Question(
            rows="salesperson",
            columns="ordered_on.month",
            measures=("revenue", "orders"),
            listing=Listing(conditions=(Condition(field="state", operator="eq", value="closed"),)),
        )

        def work() -> Any:
            with self.host.unit_of_work(company=COMPANY, by=OURS):
                return work_out(checked(SALES, question), today=date(2026, 12, 31))

        _pivot, figures = measured(work)
        return dict(figures)

    def memory(self, *, times: int) -> float:
        """Return how many MB the process holds after so many pages."""
        return memory_after(self.list_by_api, times=times)

    def page(self, *, address: str) -> dict[str, Any]:
        """Get a page of ours that nobody else has."""
        return done(lambda: self.browser.get(address))

    def _confirmed(self, program: FlaskClient, known: Any) -> dict[str, Any]:
        lines = [{"product_id": one, "quantity": "2"} for one in known["products"]]
        order = {"customer_id": known["customer"], "lines": lines, "consignee": "Lin"}
        order |= {"phone": "0912 345 678", "address": "Zhongshan Rd. 1"}
        ident = program.post(ORDERS, json=order).get_json()["id"]
        where = f"{ORDERS}{ident}/actions/confirm"
        return done(lambda: program.post(where, json={"version": 1}))

    def _filtered(self, condition: str) -> dict[str, Any]:
        query = _query(f"filters:!({condition})")
        return listed(lambda: self.program.get(f"{ORDERS}?q={query}"))


def served(url: str, _company: int, secret: str) -> Flask:
    """Make the application, to be served."""
    return create_app(Host.start(Settings(database_url=url, secret_key=SecretStr(secret))))


def _query(place: str) -> str:
    order = "order_column:id,order_direction:desc"
    return f"(columns:!{_COLUMNS},{order},page_size:{PAGE_SIZE},{place})"


if __name__ == "__main__":
    answer(Orders())
