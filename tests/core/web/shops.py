"""A shop at work: customers, products and orders, with somebody who may do everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from bumen.host import Host
from bumen.records import create_record, run_action
from bumen.registry import Candidate
from bumen.testing.people import signed_in
from bumen_sales.models import Order

PLUGINS = (
    Candidate("base", "bumen_base"),
    Candidate("sales", "bumen_sales"),
    Candidate("kitchen", "kitchen"),
)
ORDERS = "/sales/orders"
SCRIPT = {"Accept": "application/json"}


@dataclass
class Shop:
    """Orders of one company, made as they are wanted; `admin` may do everything there."""

    host: Host
    app: Flask
    code: str = "TW01"
    by: str = "admin"
    known: dict[str, int] = field(default_factory=dict)

    def browser(self, name: str | None = None) -> FlaskClient:
        """Return the browser of somebody who reads English; of whoever makes the orders if none."""
        return signed_in(self.app, self.host, name or self.by, language="en")

    def order(self, *steps: str, price: str = "10", **values: Any) -> int:
        """Write an order down, take it through these steps, and return its id."""
        line = {"product_id": self._product(), "quantity": "1", "unit_price": price}
        said = {"consignee": "W", "phone": "1", "address": "A", "customer_id": self._customer()}
        given = {**said, "lines": [line], **values}
        resource = self.host.registry.resources["sales.orders"]
        with self.host.unit_of_work(company=self.code, by=self.by) as unit:
            order = create_record(resource, given, by=unit.user)
            for step in steps:
                why = {"reason": "x"} if step == "cancel" else {}
                run_action(resource, order, step, why, by=unit.user, version=order.version)
            ident: int = order.id
        return ident

    def kept(self, ident: int) -> Order:
        """Return an order as it is kept."""
        with self.host.unit_of_work(company=self.code, by=self.by) as unit:
            return unit.session.scalars(select(Order).where(Order.id == ident)).one()

    def move(self, ident: int, step: str, *, by: str | None = None, **sent: Any) -> TestResponse:
        """Move an order on the board as its script does, from its present version if none given."""
        sent.setdefault("version", self.kept(ident).version)
        url = f"{ORDERS}/board/{ident}/{step}"
        return self.browser(by).post(url, data={"sure": "1", **sent}, headers=SCRIPT)

    def _customer(self) -> int:
        return self._made("base.customers", name="Customer")

    def _product(self) -> int:
        return self._made("base.products", name="Tea", unit="box", tax_rate="0")

    def _made(self, key: str, **values: Any) -> int:
        if key not in self.known:
            resource = self.host.registry.resources[key]
            with self.host.unit_of_work(company=self.code, by=self.by) as unit:
                self.known[key] = create_record(resource, values, by=unit.user).id
        return self.known[key]


def make_product(host: Host, **values: Any) -> int:
    """Make a product in TW01 and return its id."""
    resource = host.registry.resources["base.products"]
    with host.unit_of_work(company="TW01", by="admin") as unit:
        given = {"unit": "box", "list_price": "12", "tax_rate": "5", **values}
        ident: int = create_record(resource, given, by=unit.user).id
    return ident
