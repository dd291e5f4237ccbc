"""The records all peers are asked about: made by our own rules, then multiplied in the database."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from sqlalchemy import Table, Text, cast, func, insert, literal, select, true

from bumen.host import Host
from bumen.model.accounts import Role, User
from bumen.records import create_record
from bumen.search.building import rebuild
from bumen.search.command import totals
from bumen.testing.makers import make_administrator, make_company, make_user
from bumen_base.models import Customer

COMPANY, OURS, STOCK = "TW01", "admin", "stock"
REGIONS, SALESPEOPLE, PRODUCTS = 10, 20, 5
FIRST_CUSTOMER = "C0000001"


class Known(TypedDict):
    """What peers must know of the records: ids, of everything people ask about."""

    company: int
    stock_user: int
    customer: int
    products: list[int]
    long: NotRequired[int]
    """An order of many lines, where there is one."""


def fill(host: Host, *, rows: int) -> Known:
    """Make a company where everything is on, people in it, products, and this many customers."""
    company = make_company(host, code=COMPANY, plugins=host.registry.plugins)
    make_administrator(host, OURS, company=COMPANY)
    with host.unit_of_work(company=COMPANY, by=OURS):
        regions = [_made(host, "base.regions", name=f"地區 {n}") for n in range(REGIONS)]
        people = [_made(host, "base.employees", name=f"業務 {n}") for n in range(SALESPEOPLE)]
        products = [
            _made(
                host, "base.products", name=f"Tea {n}", unit="box", list_price="100", tax_rate="5"
            )
            for n in range(PRODUCTS)
        ]
        first = _made(host, "base.customers", code=FIRST_CUSTOMER, name="晴川家居 1 號")
    _multiply(host, first, rows, regions=regions, people=people)
    totals(rebuild(host.database, host.departments.indexed))
    return Known(
        company=company.id,
        stock_user=_stock_user(host),
        customer=first,
        products=products,
    )


def stock_order(known: Known, number: str) -> dict[str, Any]:
    """Return an order as it must be sent to whoever fills nothing in by themselves."""
    return {
        "company_id": known["company"],
        "customer": known["customer"],
        "number": number,
        "ordered_on": "2026-03-02",
        "state": "draft",
        "collecting": "as_usual",
        "untaxed": "1000.00",
        "tax": "50.00",
        "total": "1050.00",
        "due": "1050.00",
        **_MOMENTS,
    }


def stock_line(known: Known, order: int, position: int) -> dict[str, Any]:
    """Return a line of an order as it must be sent to whoever fills nothing in by themselves."""
    return {
        "company_id": known["company"],
        "order": order,
        "position": position,
        "product": known["products"][position],
        "quantity": "2",
        "unit": "box",
        "unit_price": "100.00",
        "tax_rate": "5",
        "untaxed": "200.00",
        "tax": "10.00",
        "total": "210.00",
        **_MOMENTS,
    }


_MOMENTS = {"created_at": "2026-03-02T08:00:00+00:00", "changed_at": "2026-03-02T08:00:00+00:00"}


def _made(host: Host, key: str, **values: Any) -> int:
    ident: int = create_record(host.registry.resources[key], values, by=None).id
    return ident


def _multiply(host: Host, first: int, rows: int, *, regions: list[int], people: list[int]) -> None:
    """Copy the first customer until there are enough, with codes and names of their own."""
    table: Table = Customer.__table__
    numbers = func.generate_series(2, rows).table_valued("n").render_derived()
    number = numbers.c.n
    own = {
        "code": literal("C") + func.lpad(cast(number, Text), 7, "0"),
        "name": literal("晴川家居 ") + cast(number, Text) + literal(" 號"),
        "name_key": literal("晴川家居") + cast(number, Text) + literal("號"),
        "region_id": regions[0] + number % len(regions),
        "salesperson_id": people[0] + number % len(people),
        "completeness": number % 101,
    }
    copied = [column for column in table.columns if column.name != "id"]
    values = select(*(own.get(column.name, column) for column in copied))
    values = values.select_from(table.join(numbers, true())).where(table.c.id == first)
    with host.database.engine.begin() as connection:
        connection.execute(insert(table).from_select(copied, values))
    with host.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        alone.exec_driver_sql("VACUUM ANALYZE")


def _stock_user(host: Host) -> int:
    """Make a person with Flask-AppBuilder's own role, who signs in to its stock application."""
    person = make_user(host, STOCK)
    with host.unit_of_work() as unit:
        role = unit.session.scalars(select(Role).where(Role.name == "Admin")).one()
        unit.session.get_one(User, person.id).roles = [role]
    return person.id
