"""Logistics is tested with master data and nothing else, unless a test asks for sales, too."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from bumen import create_record, current, session, today
from bumen.registry import Candidate
from bumen_base.models import Customer, Employee, Product
from bumen_base.services import save_customer, save_employee, save_product
from bumen_logistics.models import (
    Carrier,
    CashOnDelivery,
    DeliveryRequest,
    Location,
    Preparation,
    Shipment,
    ShipmentState,
    Stock,
    Warehouse,
    preparations_of,
    stock_at,
)
from bumen_logistics.resources import DeliveryRequests
from bumen_logistics.services import (
    expect_cash,
    place_of,
    receive_goods,
    request_delivery,
    save_carrier,
    usual_warehouse,
)
from bumen_logistics.tests.shipping import Shipping

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = date(2026, 3, 2)
DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}


@dataclass
class Makers:
    """Makes records with whatever is not said filled in."""

    numbers: Any = field(default_factory=lambda: count(1))

    def customer(self, **said: Any) -> Customer:
        """Make a customer."""
        name = {"name": f"Teahouse {next(self.numbers)}"}
        return self._saved(Customer(**name | said), save_customer)

    def product(self, **said: Any) -> Product:
        """Make a product."""
        said = {"name": f"Tea {next(self.numbers)}", "unit": "box", "tax_rate": 5} | said
        return self._saved(Product(**said), save_product)

    def employee(self, **said: Any) -> Employee:
        """Make an employee."""
        return self._saved(Employee(**{"name": "Chen Bo"} | said), save_employee)

    def warehouse(self) -> Warehouse:
        """Return the warehouse the company began with."""
        return usual_warehouse()

    def place(self, **said: Any) -> Location:
        """Return the location goods are delivered from."""
        return place_of(self.warehouse(), **said)

    def stock(self, quantity: str = "10", product: Product | None = None) -> Stock:
        """Receive some of a product, a new one unless told otherwise."""
        product = product or self.product()
        receive_goods(product, self.place(), Decimal(quantity), by=current().user, at=NOW)
        return session().scalars(stock_at(product.id, self.place().id)).one()

    def request(self, *wanted: tuple[Product, str], **said: Any) -> DeliveryRequest:
        """Make a draft of a delivery: one of a new product, unless told otherwise."""
        said = {"customer_id": self.customer().id, **DELIVERY, **said}
        wanted = wanted or ((self.product(), "1"),)
        lines = [{"product_id": one.id, "quantity": number} for one, number in wanted]
        made: DeliveryRequest = create_record(
            DeliveryRequests, {**said, "lines": lines}, by=current().user
        )
        return made

    def preparation(self, *wanted: tuple[Product, str], **said: Any) -> Preparation:
        """Request a delivery and return what is to be got ready for it."""
        request = self.request(*wanted, **said)
        request_delivery(request, by=current().user, on=today(), at=NOW)
        return session().scalars(preparations_of(request.id)).one()

    def carrier(self, **said: Any) -> Carrier:
        """Make a carrier."""
        return self._saved(
            Carrier(**{"name": f"Carrier {next(self.numbers)}"} | said), save_carrier
        )

    def arrived(self, carrier: Carrier | None, **said: Any) -> Shipment:
        """Make a shipment that has arrived: what is said of it, and no way behind it."""
        number = next(self.numbers)
        shipment = Shipment(
            **{
                "number": f"SH-{number}",
                "state": ShipmentState.ARRIVED,
                "request": self.request(),
                "warehouse": self.warehouse(),
                "carrier": carrier,
                "shipped_on": DAY,
                "arrived_on": DAY,
                "tracking_token": f"token-{number}",
            }
            | said
        )
        session().add(shipment)
        session().flush()
        return shipment

    def cash(self, carrier: Carrier | None, due: str = "100", **said: Any) -> CashOnDelivery:
        """Make what a carrier collects of a shipment that has arrived."""
        shipment = self.arrived(carrier, cash_on_delivery=Decimal(due), **said)
        cash = expect_cash(shipment, by=None, on=DAY)
        assert cash is not None
        return cash

    def _saved(self, record: Any, save: Any) -> Any:
        save(record, by=current().user, on=DAY)
        session().add(record)
        session().flush()
        return record


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Logistics, and what it requires."""
    return (Candidate("base", "bumen_base"), Candidate("logistics", "bumen_logistics"))


@pytest.fixture
def make() -> Makers:
    """The makers."""
    return Makers()


@pytest.fixture
def shipping(make: Makers) -> Shipping:
    """The makers of shipments."""
    return Shipping(make)
