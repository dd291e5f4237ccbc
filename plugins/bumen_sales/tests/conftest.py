"""Sales is tested with master data and nothing else; the makers work in the unit that runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from types import ModuleType
from typing import Any

import pytest

from bumen import CurrentCompany, create_record, current, hookimpl, run_action, session, today
from bumen.host import Host
from bumen.registry import Candidate
from bumen_base.models import Address, Contact, Customer, Employee, PaymentMethod, Product, Region
from bumen_base.services import (
    grant_credit,
    save_customer,
    save_employee,
    save_product,
    save_region,
)
from bumen_sales.models import Order
from bumen_sales.resources import Orders
from bumen_sales.services import confirm_order, goods_are_ready, issue_slip
from bumen_sales.tests.targeted import Field

DAY = date(2026, 3, 2)
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


@dataclass
class Makers:
    """Makes records with whatever is not said filled in."""

    numbers: Any = field(default_factory=lambda: count(1))

    def customer(self, **said: Any) -> Customer:
        """Make a customer with one contact and one delivery address, unless told otherwise."""
        said = {
            "name": f"Teahouse {next(self.numbers)}",
            "contacts": [Contact(name="Lin Mei", mobile="0912 345 678")],
            "addresses": [Address(street="Zhongshan Rd. 1", city="Taipei", country="TW")],
        } | said
        return self._saved(Customer(**said), save_customer)

    def product(self, **said: Any) -> Product:
        """Make a product that costs 100.00 before 5 percent of tax."""
        number = next(self.numbers)
        said = {"name": f"Tea {number}", "unit": "box", "list_price": 100, "tax_rate": 5} | said
        return self._saved(Product(**said), save_product)

    def employee(self, **said: Any) -> Employee:
        """Make an employee."""
        return self._saved(Employee(**{"name": "Chen Bo"} | said), save_employee)

    def region(self, **said: Any) -> Region:
        """Make a region."""
        return self._saved(Region(**{"name": "North"} | said), save_region)

    def order(self, **said: Any) -> Order:
        """Make a draft the way people do: one line of a new product, unless told otherwise."""
        if "customer_id" not in said:
            said["customer_id"] = self.customer().id
        if "lines" not in said:
            said["lines"] = [{"product_id": self.product().id, "quantity": "1"}]
        made: Order = create_record(Orders, said, by=current().user)
        return made

    def _saved(self, record: Any, save: Any) -> Any:
        save(record, by=current().user, on=DAY)
        session().add(record)
        session().flush()
        return record


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Sales, and what it requires."""
    return (Candidate("base", "bumen_base"), Candidate("sales", "bumen_sales"))


@pytest.fixture
def neighbour(host: Host) -> Iterator[Callable[..., None]]:
    """Let a made-up department answer questions, by their names, for the rest of a test."""
    department = ModuleType("neighbour")
    manager, hooks = host.registry.manager, host.registry.hooks

    def open_department(**answers: Callable[..., Any]) -> None:
        vars(department).update({name: hookimpl(one) for name, one in answers.items()})
        manager.register(department, "sales:neighbour")
        hooks.forget()

    yield open_department
    manager.unregister(department)
    hooks.forget()


@pytest.fixture
def make() -> Makers:
    """The makers."""
    return Makers()


@pytest.fixture
def order(host: Host, company: CurrentCompany, make: Any) -> int:
    """The id of a draft that goes to 林美玲."""
    with host.unit_of_work(company="TW01", by="admin"):
        ident: int = make.order(consignee="林美玲").id
        return ident


@pytest.fixture
def sold(host: Host, company: CurrentCompany, make: Any) -> date:
    """Three confirmed orders of two customers and a draft; returns the day they are of."""
    with host.unit_of_work(company="TW01", by="admin") as unit:
        day, person = today(), make.employee(name="Bo").id
        tea, cake = make.product(name="Tea"), make.product(name="Cake", list_price=30)
        for name, number in (("Inn", 2), ("Inn", 3), ("Shop", 1), ("Draft", 9)):
            lines = [{"product_id": one.id, "quantity": str(number)} for one in (tea, cake)]
            buyer = make.customer(name=name, industry=name.lower())
            said = DELIVERY | {"customer_id": buyer.id, "ordered_on": day, "lines": lines}
            made = make.order(**said, salesperson_id=person)
            if name != "Draft":
                run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)
    return day


@pytest.fixture
def sales(unit: Any, make: Any) -> Field:
    """Where people sell."""
    people = [make.employee(name=one) for one in ("Ann", "Bob", "Cid")]
    return Field(make.region(name="North"), make.region(name="South"), *people)


@pytest.fixture
def confirmed(unit, make):
    """A function that makes a confirmed order of two lines: 6 and 3, paid as it is told."""

    def made(method: PaymentMethod = PaymentMethod.CASH_ON_DELIVERY, **said) -> Order:
        lines = [{"product_id": make.product().id, "quantity": much} for much in ("6", "3")]
        order = make.order(lines=lines, payment_method=method.value, **said)
        if method is PaymentMethod.ON_ACCOUNT:
            grant_credit(order.customer, by=None, credit_limit=Decimal(100_000))
        confirm_order(order, by=unit.user)
        session().flush()
        return order

    return made


@pytest.fixture
def released(unit, confirmed):
    """A function that makes an order with its sales slip."""

    def made(method: PaymentMethod = PaymentMethod.CASH_ON_DELIVERY, **said) -> Order:
        order = confirmed(method, **said)
        goods_are_ready(order, by=unit.user, at=datetime(2026, 11, 20, 4, tzinfo=UTC))
        issue_slip(order, by=unit.user, on=date(2026, 11, 20))
        return order

    return made
