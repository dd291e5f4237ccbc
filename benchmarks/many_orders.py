"""Many orders of many customers: made by our own rules once, then multiplied in the database.

Nearly all are closed and paid; of the newest, some are in each of the states before. One order has
twenty lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Table,
    Text,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    true,
)

from benchmarks.records import COMPANY, OURS, Known
from bumen.host import Host
from bumen.records import create_record
from bumen.search.building import rebuild
from bumen.search.command import totals
from bumen_base.models import Customer, Employee, PaymentMethod, Product, Region
from bumen_sales.models import Order, OrderLine

FIRST_DAY, DAYS = date(2024, 1, 1), 1000
LINES, LONG = 3, 20
NUMBER = "SO-{:07}"
_SYLLABLES = "大同中華宏達精密友聯合興光明正泰益群創威盛"
_UNFINISHED = 20
"""Of the newest part of so many, orders are in every state before the last."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount is how much there is of everything."""

    customers: int
    products: int
    orders: int


def add_orders(host: Host, known: Known, amount: Amount) -> None:
    """Give customers names to be told by, and add products and orders until there are enough."""
    _name(host)
    _multiply_products(host, known["products"][0], amount.products)
    first = _first_order(host, known)
    _multiply_orders(host, first, known["customer"], amount)
    _multiply_lines(host, first, known["products"][0], amount)
    _add_long(host, known)
    totals(rebuild(host.database, host.departments.indexed))
    settle(host)


def settle(host: Host) -> None:
    """Let the database know what it holds."""
    with host.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        alone.exec_driver_sql("VACUUM ANALYZE")


def copy(host: Host, made: Table, own: Mapping[str, Any], beside: Any, where: Any) -> None:
    """Copy rows of a table beside others, with some values of their own."""
    copied = [column for column in made.columns if column.name != "id"]
    values = select(*(own.get(column.name, column) for column in copied))
    values = values.select_from(made.join(beside, true())).where(where)
    with host.database.engine.begin() as connection:
        connection.execute(insert(made).from_select(copied, values))


def nth(model: type[Any], number: Any) -> Any:
    """Return the id of one of a model's records, taking turns."""
    ids = model.__table__.c.id
    least = select(func.min(ids)).scalar_subquery()
    return least + number % select(func.count(ids)).scalar_subquery()


def _name(host: Host) -> None:
    customers: Table = Customer.__table__
    syllables, size = literal(_SYLLABLES), len(_SYLLABLES)
    number = cast(func.substr(customers.c.code, 2), Integer)
    two = func.substr(syllables, 1 + number % size, 1).concat(
        func.substr(syllables, 1 + (number // size) % size, 1)
    )
    name = two.concat(customers.c.name)
    with host.database.engine.begin() as connection:
        connection.execute(customers.update().values(name=name, name_key=name))


def _multiply_products(host: Host, first: int, products: int) -> None:
    made: Table = Product.__table__
    numbers = func.generate_series(1, products).table_valued("n").render_derived()
    text = cast(numbers.c.n, Text)
    own = {"code": literal("P-").concat(text), "name": literal("Tea of garden ").concat(text)}
    copy(host, made, own, numbers, made.c.id == first)


def _first_order(host: Host, known: Known, *, lines: int = LINES) -> int:
    with host.unit_of_work(company=COMPANY, by=OURS) as unit:
        products = (known["products"] * lines)[:lines]
        values = {
            "customer_id": known["customer"],
            "payment_method": PaymentMethod.ON_ACCOUNT,
            "lines": [{"product_id": one, "quantity": "2"} for one in products],
            "ordered_on": FIRST_DAY,
        }
        order = create_record(host.registry.resources["sales.orders"], values, by=unit.user)
        ident: int = order.id
    return ident


def _multiply_orders(host: Host, first: int, customer: int, amount: Amount) -> None:
    made: Table = Order.__table__
    numbers = func.generate_series(1, amount.orders).table_valued("n").render_derived()
    number = numbers.c.n
    total = LINES * (100 + number % 900)
    day = cast(literal(FIRST_DAY), Date) + number * DAYS // (amount.orders + 1)
    state = _state(number, amount.orders)
    is_paid = state == "closed"
    own = {
        "number": literal("SO-").concat(func.lpad(cast(number, Text), 7, "0")),
        "customer_id": customer + (number * 11) % amount.customers,
        "salesperson_id": nth(Employee, number),
        "region_id": nth(Region, number),
        "ordered_on": day,
        "requested_on": day + 14,
        "due_on": day + 30,
        "state": cast(state, made.c.state.type),
        "waits_for": case((state == "confirmed", "goods")),
        "untaxed": total,
        "tax": 0,
        "total": total,
        "paid": case((is_paid, total), else_=0),
        "due": case((is_paid, 0), else_=total),
    }
    copy(host, made, own, numbers, made.c.id == first)
    _drop(host, first)


def _state(number: Any, orders: int) -> Any:
    newest = number > orders - orders // _UNFINISHED
    turn = number % 20
    unfinished: list[tuple[Any, Any]] = [
        (newest & (turn == place), literal(state))
        for place, state in enumerate(
            ("draft", "confirmed", "released", "shipped", "delivered", "delivered")
        )
    ]
    return case(*unfinished, else_="closed")


def _drop(host: Host, first: int) -> None:
    """Take the lines' pattern off the books: its amounts are those of nobody's order."""
    with host.database.engine.begin() as connection:
        made: Table = Order.__table__
        connection.execute(made.update().where(made.c.id == first).values(state="cancelled"))


def _multiply_lines(host: Host, first: int, product: int, amount: Amount) -> None:
    made, orders = OrderLine.__table__, Order.__table__.alias("o")
    price = orders.c.untaxed / LINES
    own = {
        "order_id": orders.c.id,
        "product_id": product + (orders.c.id + made.c.position) % amount.products,
        "quantity": 1,
        "unit_price": price,
        "untaxed": price,
        "tax": 0,
        "total": price,
        "shipped": 0,
        "delivered": 0,
    }
    copy(host, made, own, orders, (made.c.order_id == first) & (orders.c.id != first))


def _add_long(host: Host, known: Known) -> None:
    """Add the order that is opened, and remember it."""
    known["long"] = _first_order(host, known, lines=LONG)
