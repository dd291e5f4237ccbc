"""One order of one product, and what each department can do about it: done, or refused whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text

from bumen import create_record, run_action, session, today
from bumen.errors import BusinessError
from bumen.host import Host
from bumen_base.models import Customer, Product
from bumen_base.resources import Customers, Products
from bumen_base.services import grant_credit
from bumen_logistics.models import (
    UNDER_WAY,
    CashOnDelivery,
    DeliveryRequest,
    Preparation,
    Shipment,
    Stock,
)
from bumen_logistics.resources import Carriers, Cod, Preparations, Remittances, Shipments
from bumen_logistics.services import place_of, receive_goods, usual_warehouse
from bumen_sales.models import Allocation, Order, OrderChange, OrderLine, Receipt
from bumen_sales.resources import OrderChanges, Orders, Receipts
from tests.scenarios.plain_order import PRICE

DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}
RESOURCES = {
    Order: Orders,
    Preparation: Preparations,
    Shipment: Shipments,
    CashOnDelivery: Cod,
    Receipt: Receipts,
}
STANDS = select(
    Order.state, Order.total, Order.paid, Order.due, OrderLine.shipped, OrderLine.delivered
).join(OrderLine, OrderLine.order_id == Order.id)
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
class RandomOrder:
    """An order on its way through the house; every deed is a unit of work of its own."""

    host: Host
    order: int = 0
    customer: int = 0
    product: int = 0
    carrier: int = 0

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
        shipments = select(Shipment.id).where(Shipment.request_id.in_(request))
        whose = {
            Order: Order.id == self.order,
            Preparation: Preparation.request_id.in_(request),
            Shipment: Shipment.request_id.in_(request),
            CashOnDelivery: CashOnDelivery.shipment_id.in_(shipments),
            Receipt: Receipt.customer_id == self.customer,
        }
        with self.host.unit_of_work(company="TW01", by="admin"):
            return list(session().scalars(select(model.id).where(whose[model]).order_by(model.id)))

    def act(
        self, model: type[Any], ident: int, name: str, *, by: str = "admin", **said: Any
    ) -> bool:
        """Do something with a record; returns whether it was done, and not refused."""
        try:
            with self.host.unit_of_work(company="TW01", by=by) as unit:
                one = session().get_one(model, ident)
                run_action(RESOURCES[model], one, name, said, by=unit.user, version=one.version)
        except BusinessError:
            return False
        return True

    def receive(self, amount: int, *, allocated: int) -> int | None:
        """Post a receipt that pays so much of the order; returns its id unless it is refused."""
        lines = [{"order_id": self.order, "amount": f"{allocated}"}] if allocated else []
        said = {"customer_id": self.customer, "amount": f"{amount}", "lines": lines}
        try:
            with self.host.unit_of_work(company="TW01", by="admin") as unit:
                one = create_record(Receipts, said, by=unit.user)
                run_action(Receipts, one, "post", {}, by=unit.user, version=one.version)
                return int(one.id)
        except BusinessError:
            return None

    def change(self, quantity: int) -> bool:
        """Change how much is ordered: asked for, submitted, approved by somebody else."""
        line = {"line_number": 1, "quantity": f"{quantity}"}
        said = {"order_id": self.order, "reason": "Guests", "lines": [line]}
        try:
            with self.host.unit_of_work(company="TW01", by="admin") as unit:
                one = create_record(OrderChanges, said, by=unit.user)
                run_action(OrderChanges, one, "submit", {}, by=unit.user, version=one.version)
                session().flush()
                ident = one.id
            with self.host.unit_of_work(company="TW01", by="boss") as unit:
                one, yes = session().get_one(OrderChange, ident), {"opinion": "Yes"}
                run_action(OrderChanges, one, "approve", yes, by=unit.user, version=one.version)
        except BusinessError:
            return False
        return True

    def remit(self) -> Decimal | None:
        """Hand over all that the carrier has; returns how much unless it is refused."""
        said = {"carrier_id": self.carrier, "lines": []}
        try:
            with self.host.unit_of_work(company="TW01", by="admin") as unit:
                one = create_record(Remittances, said, by=unit.user)
                run_action(Remittances, one, "post", {}, by=unit.user, version=one.version)
                return Decimal(one.total)
        except BusinessError:
            return None

    def paid_by(self, receipt: int) -> int:
        """Return how much of the order a receipt pays."""
        amounts = select(Allocation.amount).where(Allocation.receipt_id == receipt)
        with self.host.database.engine.connect() as connection:
            return int(sum(connection.scalars(amounts)))

    def stands(self) -> tuple[Any, ...]:
        """Return state, total, paid, due, shipped, delivered, and what is on hand in all places."""
        on_hand = select(Stock.on_hand).where(Stock.product_id == self.product)
        with self.host.database.engine.connect() as connection:
            state, *sums = connection.execute(STANDS.where(Order.id == self.order)).one()
            return (str(state), *map(int, sums), int(sum(connection.scalars(on_hand))))

    def to_collect_beyond_due(self) -> Decimal:
        """Return how much more is to be collected at the door than is due, of all under way."""
        request = select(DeliveryRequest.id).where(DeliveryRequest.source_id == self.order)
        theirs = (Shipment.request_id.in_(request), Shipment.state.in_(UNDER_WAY))
        handed = select(CashOnDelivery.remitted).where(CashOnDelivery.source_id == self.order)
        due = select(Order.due).where(Order.id == self.order)
        with self.host.database.engine.connect() as connection:
            asked = sum(connection.scalars(select(Shipment.cash_on_delivery).where(*theirs)))
            return Decimal(asked - sum(connection.scalars(handed)) - connection.scalar(due))

    def broken(self) -> list[str]:
        """Return what does not hold though it must, asked in plain SQL."""
        with self.host.database.engine.connect() as connection:
            return [name for name, sql in BROKEN.items() if connection.execute(text(sql)).first()]

    def today(self) -> str:
        """Say which day it is where the company is."""
        with self.host.unit_of_work(company="TW01"):
            return today().isoformat()
