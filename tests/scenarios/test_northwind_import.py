"""A trading company's files become its customers, products, people and orders, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bumen import CurrentCompany, session
from bumen.exchange import ImportReport, import_file, read_mapping
from bumen.host import Host
from bumen.unit_of_work import UnitOfWork
from bumen_base.models import Address, Category, Contact, Customer, Employee, Product, Region
from bumen_sales.models import Order, OrderLine

MAPPINGS = Path(__file__).parent / "northwind"
FILES = MAPPINGS.parents[3] / "shared" / "data" / "northwind"

IN_ORDER = {
    "regions": "base.regions",
    "territories": "base.regions",
    "employees": "base.employees",
    "categories": "base.categories",
    "products": "base.products",
    "customers": "base.customers",
    "orders": "sales.orders",
}
EXPECTED = {
    "regions": 4,
    "territories": 53,
    "employees": 9,
    "categories": 8,
    "products": 77,
    "customers": 91,
    "orders": 830,
}
NET_OF_ALL_LINES = Decimal("1265793.29")
"""Unit price × quantity × (1 − discount), each line rounded half-up to cents."""

pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason=f"the Northwind files are not there: {FILES}"
)


def take(host: Host, name: str) -> ImportReport:
    """Import one of the files by its mapping, in a unit of work of its own."""
    with host.unit_of_work(company="TW01", by="admin", way="import") as unit:
        return import_file(
            IN_ORDER[name],
            FILES / f"{name}.csv",
            registry=host.registry,
            mapping=read_mapping(MAPPINGS / f"{name}.toml"),
            by=unit.user,
        )


@contextmanager
def looking(host: Host) -> Iterator[UnitOfWork]:
    """Look at what is there."""
    with host.unit_of_work(company="TW01", by="admin") as unit:
        yield unit


def count(model: type[object]) -> int | None:
    """Return how many records there are."""
    return session().scalar(select(func.count()).select_from(model))


def test_all_of_northwind_is_imported_to_the_cent(host: Host, company: CurrentCompany) -> None:
    reports = {name: take(host, name) for name in IN_ORDER}

    assert {name: report.created for name, report in reports.items()} == EXPECTED
    assert [report.problems for report in reports.values()] == [[]] * len(IN_ORDER)
    assert (reports["orders"].lines, reports["customers"].lines) == (2_155, 182)
    with looking(host):
        assert session().scalar(select(func.sum(OrderLine.untaxed))) == NET_OF_ALL_LINES
        assert session().scalar(select(func.sum(Order.untaxed))) == NET_OF_ALL_LINES
        assert (count(Order), count(OrderLine)) == (830, 2_155)
        assert (count(Customer), count(Contact), count(Address)) == (91, 91, 91)
        assert (count(Product), count(Category), count(Employee)) == (77, 8, 9)
        inner = select(func.count()).where(Region.parent_id.is_not(None))
        assert session().scalar(inner) == 53
        see_that_single_records_are_as_the_files_say()


def see_that_single_records_are_as_the_files_say() -> None:
    """Look at an order, an employee, a product, a territory and an address closely."""
    order = session().scalars(select(Order).where(Order.reference == "10250")).one()
    assert (str(order.ordered_on), str(order.requested_on)) == ("1996-07-08", "1996-08-05")
    assert order.address == "Rua do Paço 67, 05454-876 Rio de Janeiro, RJ, Brazil"
    people = (str(order.customer), str(order.salesperson))
    assert people == ("HANAR Hanari Carnes", "4 Margaret Peacock")
    assert [(line.product.name, line.quantity, line.discount) for line in order.lines] == [
        ("Jack's New England Clam Chowder", Decimal(10), Decimal(0)),
        ("Manjimup Dried Apples", Decimal(35), Decimal(15)),
        ("Louisiana Fiery Hot Pepper Sauce", Decimal(15), Decimal(15)),
    ]
    fuller = session().scalars(select(Employee).where(Employee.name == "Andrew Fuller")).one()
    below = select(Employee.number).where(Employee.superior_id == fuller.id)
    assert sorted(session().scalars(below)) == ["1", "3", "4", "5", "8"]
    assert session().scalar(select(func.count()).where(Product.active)) == 69
    boston = session().scalars(select(Region).where(Region.name == "Boston")).one()
    assert str(boston.parent) == "1 Eastern"
    street = "Avda. de la Constitución 2222"
    mexican = session().scalars(select(Address).where(Address.street == street)).one()
    assert (mexican.country, mexican.province, mexican.customer.code) == ("MX", None, "ANATR")


def test_the_files_can_be_imported_again_without_harm(host: Host, company: CurrentCompany) -> None:
    master_data = [name for name in IN_ORDER if name != "orders"]
    for name in master_data:
        take(host, name)

    again = {name: take(host, name) for name in master_data}

    assert [report.problems for report in again.values()] == [[]] * len(master_data)
    assert {report.created for report in again.values()} == {0}
    assert (again["regions"].skipped, again["customers"].updated) == (4, 91)
    with looking(host):
        assert (count(Customer), count(Contact), count(Address)) == (91, 91, 91)
        assert (count(Product), count(Category), count(Employee)) == (77, 8, 9)


def test_orders_without_their_customers_are_refused_as_a_whole(
    host: Host, company: CurrentCompany
) -> None:
    for name in ("employees", "categories", "products"):
        take(host, name)

    report = take(host, "orders")

    assert (report.saved, report.created, report.refused) == (False, 0, 830)
    first = report.problems[0].as_json()
    assert (first["file"], first["row"], first["column"]) == ("orders.csv", 2, "customerID")
    with looking(host):
        assert (count(Order), count(OrderLine)) == (0, 0)
