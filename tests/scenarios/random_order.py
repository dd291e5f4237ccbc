"""One order of one product, and what each department can do about it: done, or refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, text

from bumen import change_record, create_record, run_action, session, today
from bumen.errors import BusinessError
from bumen.host import Host
from bumen_base.models import Customer, Product
from bumen_base.resources import Customers, Products
from bumen_base.services import grant_credit
from bumen_logistics.models import (
    CashOnDelivery,
    DeliveryRequest,
    FreightStatement,
    Preparation,
    PreparationLine,
    Remittance,
    Shipment,
    ShipmentLine,
    Stock,
)
from bumen_logistics.resources import (
    Carriers,
    Cod,
    DeliveryRequests,
    FreightStatements,
    Preparations,
    Remittances,
    Shipments,
)
from bumen_logistics.services import place_of, receive_goods, usual_warehouse
from bumen_sales.models import Order, OrderChange, OrderLine, Receipt, Statement
from bumen_sales.resources import OrderChanges, Orders, Receipts, Statements
from bumen_sales.services import begin_change
from tests.scenarios.plain_order import PRICE

DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}
RESOURCES = {
    CashOnDelivery: Cod,
    DeliveryRequest: DeliveryRequests,
    FreightStatement: FreightStatements,
    Order: Orders,
    OrderChange: OrderChanges,
    Preparation: Preparations,
    Receipt: Receipts,
    Remittance: Remittances,
    Shipment: Shipments,
    Statement: Statements,
}
SUMS = (Order.total, Order.paid, Order.due, OrderLine.shipped, OrderLine.delivered)
STANDS = select(Order.state, *SUMS).join(OrderLine, OrderLine.order_id == Order.id)
PREPARED = select(Preparation.state, PreparationLine.quantity).join(
    PreparationLine, PreparationLine.preparation_id == Preparation.id
)
SHIPPED = select(Shipment.state, ShipmentLine.ordered).join(
    ShipmentLine, ShipmentLine.shipment_id == Shipment.id
)
COLLECTED = select(
    CashOnDelivery.state, CashOnDelivery.due, CashOnDelivery.collected, CashOnDelivery.remitted
).order_by(CashOnDelivery.id)
RECEIVED = select(Receipt.state, Receipt.amount, Receipt.unallocated).order_by(Receipt.id)
BROKEN = {
    "total = paid + due": "SELECT id FROM sales_order WHERE total <> paid + due",
    "closed is delivered and paid": "SELECT o.id FROM sales_order o JOIN sales_order_line l"
    " ON l.order_id = o.id WHERE o.state = 'closed' AND (o.due <> 0 OR l.delivered <> l.quantity)",
    "0 <= reserved <= on hand": "SELECT id FROM logistics_stock"
    " WHERE reserved < 0 OR on_hand < reserved",
    "stock = sum of moves": "SELECT s.id FROM logistics_stock s WHERE on_hand <>"
    " (SELECT coalesce(sum(quantity), 0) FROM logistics_stock_move m WHERE m.stock_id = s.id)",
    "collected = remitted + outstanding": "SELECT id FROM logistics_cod"
    " WHERE collected <> remitted + outstanding OR collected > due OR outstanding < 0",
}
"""Plain SQL that finds the rows in which something that must hold does not."""


@dataclass
class Deed:
    """A deed is what was tried: what was made, or why it was refused."""

    refusal: str | None = None
    ident: int = 0


@dataclass
class RandomOrder:
    """An order on its way through the house; every deed is a unit of work of its own."""

    host: Host
    order: int = 0
    customer: int = 0
    product: int = 0
    carrier: int = 0
    made: int = 0

    def write(self, method: str, quantity: int, *, credit: int) -> None:
        """Write the draft of an order of a new product by a new customer."""
        with self.host.unit_of_work(company="TW01", by="admin") as unit:
            by = unit.user
            customer = create_record(Customers, {"name": "Teahouse"}, by=by)
            said = {"name": "Tea", "unit": "box", "list_price": PRICE, "tax_rate": "0"}
            self.product = create_record(Products, said, by=by).id
            self.carrier = create_record(Carriers, {"name": "Swift"}, by=by).id
            self.customer = customer.id
            grant_credit(session().get_one(Customer, customer.id), by=None, credit_limit=credit)
            line = {"product_id": self.product, "quantity": f"{quantity}", "unit_price": f"{PRICE}"}
            said = {"customer_id": self.customer, "payment_method": method, "lines": [line]}
            self.order = create_record(Orders, said | DELIVERY, by=by).id

    def stock(self, quantity: int) -> None:
        """Receive some of the product."""
        with self.host.unit_of_work(company="TW01", by="admin") as unit:
            product, place = session().get_one(Product, self.product), place_of(usual_warehouse())
            now = datetime.now(UTC)
            receive_goods(product, place, Decimal(quantity), by=unit.user, at=now)

    def ids(self, model: type[Any]) -> list[int]:
        """Return the ids of what was made for the order, the oldest first."""
        request = select(DeliveryRequest.id).where(DeliveryRequest.source_id == self.order)
        whose = {
            CashOnDelivery: CashOnDelivery.source_id == self.order,
            DeliveryRequest: DeliveryRequest.source_id == self.order,
            Preparation: Preparation.request_id.in_(request),
            Receipt: Receipt.customer_id == self.customer,
            Remittance: Remittance.carrier_id == self.carrier,
            Shipment: Shipment.request_id.in_(request),
        }
        with self.host.unit_of_work(company="TW01", by="admin"):
            return list(session().scalars(select(model.id).where(whose[model]).order_by(model.id)))

    def act(
        self, model: type[Any], ident: int, name: str, *, by: str = "admin", **said: Any
    ) -> str | None:
        """Do something with a record; returns the name of the refusal, or nothing."""
        with self.deed() as deed, self.host.unit_of_work(company="TW01", by=by) as unit:
            one = session().get_one(model, ident)
            run_action(RESOURCES[model], one, name, said, by=unit.user, version=one.version)
        return deed.refusal

    def make(self, model: type[Any], said: dict[str, Any], *names: str) -> str | None:
        """Make a record and do something with it at once; returns as `act` does, all or nothing."""
        with self.deed() as deed, self.host.unit_of_work(company="TW01", by="admin") as unit:
            one = create_record(RESOURCES[model], said, by=unit.user)
            for name in names:
                more = {"note": "By bank"} if name == "pay" else {}
                run_action(RESOURCES[model], one, name, more, by=unit.user, version=one.version)
                session().flush()
            deed.ident = int(one.id)
        self.made = deed.ident
        return deed.refusal

    def receive(self, amount: Decimal, *, pays: Decimal) -> str | None:
        """Post a receipt that pays so much of the order."""
        lines = [{"order_id": self.order, "amount": f"{pays}"}] if pays else []
        said = {"customer_id": self.customer, "amount": f"{amount}", "lines": lines}
        return self.make(Receipt, said, "post")

    def change(self, quantity: int) -> str | None:
        """Change how much is ordered: asked for, submitted, approved by somebody else."""
        lines = [{"line_number": 1, "quantity": f"{quantity}"}]
        with self.deed() as deed, self.host.unit_of_work(company="TW01", by="admin") as unit:
            order, by = session().get_one(Order, self.order), unit.user
            begin_change(order, by=by, on=today(), reason="Guests")
            session().flush()
            one = session().scalars(select(OrderChange).order_by(OrderChange.id.desc())).first()
            change_record(OrderChanges, one, {"lines": lines}, by=by, version=one.version)
            session().flush()
            run_action(OrderChanges, one, "submit", {}, by=by, version=one.version)
            deed.ident = int(one.id)
        yes = {"by": "boss", "opinion": "Yes"}
        return deed.refusal or self.act(OrderChange, deed.ident, "approve", **yes)

    def remit(self) -> str | None:
        """Hand over all that the carrier has."""
        return self.make(Remittance, {"carrier_id": self.carrier, "lines": []}, "post")

    def pay_freight(self) -> str | None:
        """Pay the carrier for all that it took."""
        days = {"from_day": self.day(-2), "until_day": self.day(2)}
        said = {"carrier_id": self.carrier, "bill_number": "B-1"} | days
        return self.make(FreightStatement, said, "check", "approve", "pay")

    def balance(self) -> Decimal:
        """Send the customer a statement of account; returns what it says they owe."""
        said = {"customer_id": self.customer, "begins_on": self.day(0), "ends_on": self.day(0)}
        assert self.make(Statement, said, "send", "confirm") is None
        query = select(Statement.closing).where(Statement.id == self.made)
        with self.host.database.engine.connect() as connection:
            return Decimal(connection.scalars(query).one())

    def figures(self) -> dict[str, Any]:
        """Return all that the plain order must agree with."""
        request = select(DeliveryRequest.id).where(DeliveryRequest.source_id == self.order)
        prepared = Preparation.request_id.in_(request)
        shipped = Shipment.request_id.in_(request)
        stock = select(func.sum(Stock.on_hand), func.sum(Stock.reserved))
        asked = {
            "order": STANDS.where(Order.id == self.order),
            "stock": stock.where(Stock.product_id == self.product),
            "preparations": PREPARED.where(prepared).order_by(Preparation.id),
            "shipments": SHIPPED.where(shipped).order_by(Shipment.id),
            "cash": COLLECTED.where(CashOnDelivery.source_id == self.order),
            "receipts": RECEIVED.where(Receipt.customer_id == self.customer),
        }
        with self.host.database.engine.connect() as connection:
            found = {name: connection.execute(query).all() for name, query in asked.items()}
        rows = {name: [tuple(map(_plain, row)) for row in rows] for name, rows in found.items()}
        return {name: one[0] if name in {"order", "stock"} else one for name, one in rows.items()}

    def broken(self) -> list[str]:
        """Return what does not hold though it must, asked in plain SQL."""
        with self.host.database.engine.connect() as connection:
            return [name for name, sql in BROKEN.items() if connection.execute(text(sql)).first()]

    @contextmanager
    def deed(self) -> Iterator[Deed]:
        """Do something that may be refused; then nothing of it is done."""
        deed = Deed()
        try:
            yield deed
        except BusinessError as refusal:
            deed.refusal = type(refusal).__name__

    def day(self, later: int) -> str:
        """Say which day it is so many days later where the company is."""
        with self.host.unit_of_work(company="TW01"):
            return (today() + timedelta(days=later)).isoformat()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
