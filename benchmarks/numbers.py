"""What "the number contains …" costs over a million orders, beside LIKE: first page, and count.

By the filter of the number alone, and by the search of the list, which looks into the customer too.
The list begins with the newest: numbers of the first year lie at its far end.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import Table, Text, cast, func, insert, literal, select, true

from benchmarks.beside_like import Question, Ways, as_table, beside_like, goals, like_in, settle
from benchmarks.figures import Report, tell
from benchmarks.search import COMPANY, databases_of, filled, new_host
from benchmarks.statements import Figures, measured
from bumen.host import Host
from bumen.listing import Condition, Listing
from bumen.records import create_record
from bumen.search.building import rebuild
from bumen.search.command import totals
from bumen_base.models import Customer
from bumen_base.resources import Products
from bumen_sales.models import Order
from bumen_sales.resources import Orders

ORDERS, CUSTOMERS, ROUNDS = 1_000_000, 1000, 3
YEARS = (2024, 2025, 2026)
TIMES = 5
"""How many times LIKE it may take at most."""
COLUMNS = ("number", "ordered_on")
PARTS = {
    "one order": "{last:06}",
    "four digits": "4217",
    "two digits": "99",
    "everywhere": "SO",
    "newest year": "2026-",
    "oldest year, far": "2024-",
    "1 digit": "7",
    "not there": "9999999",
}


def report(*, backend: str, orders: int, rounds: int) -> Report:
    """Measure the filter and the search among so many orders on one database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(databases_of(backend, folder)) as databases,
        databases.empty() as url,
    ):
        host = new_host(url, Path(folder))
        filled(host, CUSTOMERS)
        filling = _ordered(host, orders)
        found = _found(host, orders, rounds)
        host.database.engine.dispose()
    title = (
        f"{backend}, {orders:,} orders, median of {rounds}; "
        f"all entries made anew in {filling['seconds']:.0f} s"
    )
    text = f"{title}\n\n{as_table(found)}\n"
    return Report(text=text, found=found, goals=goals(found, times=TIMES))


@click.command()
@click.option("--orders", default=ORDERS, show_default=True, type=click.IntRange(100, 9_000_000))
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 99))
@click.option("--backend", multiple=True, default=("sqlite", "postgresql"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, orders: int, rounds: int, backend: Sequence[str], as_json: bool) -> None:
    """Measure what "the number contains …" costs beside LIKE."""
    tell(
        {name: report(backend=name, orders=orders, rounds=rounds) for name in backend},
        as_json=as_json,
    )


def _ordered(host: Host, orders: int) -> Figures:
    """Copy one order until there are enough, and let the search know them."""
    with host.unit_of_work(company=COMPANY, by="admin") as unit:
        customer = unit.session.scalars(select(func.min(Customer.id))).one()
        product = create_record(
            Products, {"name": "茶", "unit": "盒", "list_price": "1"}, by=unit.user
        )
        lines = [{"product_id": product.id, "quantity": "2"}]
        order = create_record(Orders, {"customer_id": customer, "lines": lines}, by=unit.user)
        first = order.id
    made: Table = Order.__table__
    places = select(literal(1).label("n")).cte("places", recursive=True)
    places = places.union_all(select(places.c.n + 1).where(places.c.n < orders))
    year = cast(YEARS[0] + (places.c.n * len(YEARS)) // (orders + 1), Text)
    number = func.substr(cast(1_000_000 + places.c.n, Text), 2)
    own = {
        "number": literal("SO-", Text) + year + literal("-", Text) + number,
        "customer_id": customer + places.c.n % CUSTOMERS,
    }
    copied = [column for column in made.columns if column.name != "id"]
    values = select(*(own.get(column.name, column) for column in copied))
    values = values.select_from(made.join(places, true())).where(made.c.id == first)
    with host.database.engine.begin() as connection:
        connection.execute(insert(made).from_select(copied, values))
    _built, figures = measured(lambda: totals(rebuild(host.database, host.departments.indexed)))
    settle(host.database)
    return figures


def _found(host: Host, orders: int, rounds: int) -> Mapping[str, Ways]:
    found: dict[str, Ways] = {}
    with host.unit_of_work(company=COMPANY, by="admin"):
        for title, part in PARTS.items():
            words = part.format(last=orders // 2)
            for way, question in _questions(words).items():
                found[f"{way}, {title} ({words})"] = beside_like(question, rounds=rounds)
    return found


def _questions(words: str) -> Mapping[str, Question]:
    """Return the filter and the search, each with LIKE on the columns it looks into."""
    plain = Listing(columns=COLUMNS)
    holds = Condition(field="number", operator="ct", value=words)
    own = [Order.number, Order.reference, Order.consignee]
    theirs = [Customer.code, Customer.name]
    either = like_in(own, words) | Order.customer.has(like_in(theirs, words))
    asked = {
        "filter": (Listing(columns=COLUMNS, conditions=(holds,)), like_in([Order.number], words)),
        "search": (Listing(columns=COLUMNS, search=words), either),
    }
    return {
        way: Question(title=words, resource=Orders, asked=listing, plain=plain, like=like)
        for way, (listing, like) in asked.items()
    }


if __name__ == "__main__":
    main()
