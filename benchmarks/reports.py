"""What an analysis costs over many orders, beside plain SQL that gathers the same.

Both must find the same, or the run fails. Plain SQL is what somebody would write by hand, with the
company in its condition.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from pydantic import SecretStr
from sqlalchemy import Date as DateType
from sqlalchemy import Table, cast, func, insert, literal, select, text, true
from sqlalchemy import Text as TextType

from benchmarks.figures import Goal, Report, medians, table, tell
from benchmarks.records import COMPANY, OURS, Known, fill
from benchmarks.statements import Figures, measured
from bumen.host import Host
from bumen.listing import Condition, Listing
from bumen.records import create_record
from bumen.reports import Pivot, Question, checked, work_out
from bumen.settings import Settings
from bumen.testing.databases import PostgresqlDatabases
from bumen.upgrading import upgrade
from bumen_base.models import Employee, Region
from bumen_sales.models import Order, OrderLine
from bumen_sales.reports import SALES

ORDERS, CUSTOMERS, LINES, ROUNDS = 1_000_000, 20_000, 2, 5
WARM_UP = 1
TIMES = 1.5
"""How many times plain SQL an analysis may take."""
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 1000
_SINCE, _UNTIL = "2026-01-01", "2026-12-31"
_YEAR = Condition(field="ordered_on", operator="period", value="2026")
_CONFIRMED = Condition(field="state", operator="eq", value="confirmed")
_FROM = "FROM sales_order o WHERE o.company_id = :company AND o.state = 'confirmed'"
_FROM_LINES = (
    "FROM sales_order_line l JOIN sales_order o ON o.id = l.order_id "
    "WHERE l.company_id = :company AND o.company_id = :company AND o.state = 'confirmed'"
)
_IN_2026 = f"AND o.ordered_on BETWEEN '{_SINCE}' AND '{_UNTIL}'"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case is a question, and the plain SQL that answers it: sums and numbers of each group."""

    title: str
    rows: str
    columns: str = ""
    measures: tuple[str, ...] = ("revenue", "orders")
    conditions: tuple[Condition, ...] = (_CONFIRMED,)
    sql: str


CASES = (
    Case(
        title="by month, all orders",
        rows="ordered_on.month",
        sql=f"SELECT to_char(o.ordered_on, 'YYYY-MM'), sum(o.untaxed), count(*) {_FROM} GROUP BY 1",
    ),
    Case(
        title="by person, all orders",
        rows="salesperson",
        sql=f"SELECT o.salesperson_id, sum(o.untaxed), count(*) {_FROM} GROUP BY 1",
    ),
    Case(
        title="by customer, this year",
        rows="customer",
        conditions=(_CONFIRMED, _YEAR),
        sql=f"SELECT o.customer_id, sum(o.untaxed), count(*) {_FROM} {_IN_2026} GROUP BY 1 "
        "ORDER BY 2 DESC LIMIT 501",
    ),
    Case(
        title="region × month, this year",
        rows="region",
        columns="ordered_on.month",
        conditions=(_CONFIRMED, _YEAR),
        sql="SELECT o.region_id, to_char(o.ordered_on, 'YYYY-MM'), sum(o.untaxed), count(*) "
        f"{_FROM} {_IN_2026} GROUP BY 1, 2",
    ),
    Case(
        title="by product, all lines",
        rows="lines.product",
        measures=("revenue", "quantity"),
        sql=f"SELECT l.product_id, sum(l.untaxed), sum(l.quantity) {_FROM_LINES} GROUP BY 1",
    ),
)


def report(*, orders: int, rounds: int) -> Report:
    """Measure analyses over so many orders on PostgreSQL."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(PostgresqlDatabases()) as databases,
        databases.empty() as url,
    ):
        host = _host(url, Path(folder))
        upgrade(host)
        known = fill(host, rows=CUSTOMERS)
        _order(host, known, orders)
        found = {case.title: _measured(host, known, case, rounds) for case in CASES}
        host.database.engine.dispose()
    title = f"PostgreSQL, {orders:,} orders of {LINES} lines, median of {rounds}"
    return Report(
        text=f"{title}\n\n{_as_table(found)}",
        found=found,
        goals=[_goal(title, figures) for title, figures in found.items()],
    )


@click.command()
@click.option("--orders", default=ORDERS, show_default=True, type=click.IntRange(100, 9_000_000))
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1, 99))
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
def main(*, orders: int, rounds: int, as_json: bool) -> None:
    """Measure what an analysis of many orders costs."""
    tell({"reports": report(orders=orders, rounds=rounds)}, as_json=as_json)


def _host(url: str, folder: Path) -> Host:
    secret = SecretStr("only-for-benchmarks-0123456789-abcdefgh")
    return Host.start(Settings(data_dir=folder, database_url=url, secret_key=secret))


def _order(host: Host, known: Known, orders: int) -> None:
    """Make an order by our own rules, then copy it and its lines until there are enough."""
    with host.unit_of_work(company=COMPANY, by=OURS) as unit:
        lines = [{"product_id": one, "quantity": "2"} for one in known["products"][:LINES]]
        order = create_record(
            host.registry.resources["sales.orders"],
            {"customer_id": known["customer"], "lines": lines, "ordered_on": _FIRST_DAY},
            by=unit.user,
        )
        first, customer = order.id, order.customer_id
    _copy_orders(host, first, customer, orders)
    _copy_lines(host, first, known["products"])
    with host.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        alone.exec_driver_sql("VACUUM ANALYZE")


def _copy_orders(host: Host, first: int, customer: int, orders: int) -> None:
    made: Table = Order.__table__
    n = func.generate_series(2, orders).table_valued("n").render_derived()
    number = n.c.n
    amount = 100 + number % 900
    own = {
        "number": literal("SO-") + cast(number, TextType),
        "customer_id": customer + (number * 11) % CUSTOMERS,
        "salesperson_id": _nth(Employee, number),
        "region_id": _nth(Region, number),
        "ordered_on": cast(literal(_FIRST_DAY), DateType) + number % _DAYS,
        "state": cast(literal("confirmed"), made.c.state.type),
        "untaxed": amount,
        "total": amount,
        "due": amount,
    }
    _copy(host, made, own, n, made.c.id == first)


def _copy_lines(host: Host, first: int, products: Sequence[int]) -> None:
    made, orders = OrderLine.__table__, Order.__table__.alias("o")
    own = {
        "order_id": orders.c.id,
        "product_id": products[0] + (orders.c.id + made.c.position) % len(products),
        "untaxed": orders.c.untaxed / LINES,
        "total": orders.c.untaxed / LINES,
    }
    others = orders.c.id != first
    _copy(host, made, own, orders, (made.c.order_id == first) & others)


def _nth(model: type[Any], number: Any) -> Any:
    """Return the id of one of a model's records, taking turns."""
    ids = model.__table__.c.id
    least = select(func.min(ids)).scalar_subquery()
    return least + number % select(func.count(ids)).scalar_subquery()


def _copy(host: Host, made: Table, own: Mapping[str, Any], beside: Any, where: Any) -> None:
    copied = [column for column in made.columns if column.name != "id"]
    values = select(*(own.get(column.name, column) for column in copied))
    values = values.select_from(made.join(beside, true())).where(where)
    with host.database.engine.begin() as connection:
        connection.execute(insert(made).from_select(copied, values))


def _measured(host: Host, known: Known, case: Case, rounds: int) -> Mapping[str, Figures]:
    """Answer a question both ways in turns; the answers must be the same."""
    ours: list[Figures] = []
    plain: list[Figures] = []
    for number in range(WARM_UP + rounds):
        answer, our = measured(lambda: _ours(host, case))
        rows, theirs = measured(lambda: _by_hand(host, known, case))
        _check(_told(answer, case), rows, case)
        if number >= WARM_UP:
            ours.append(our)
            plain.append(theirs)
    return {"bumen": medians(ours), "plain": medians(plain)}


def _check(told: dict[Any, Any], rows: dict[Any, Any], case: Case) -> None:
    """Refuse to compare what is not the same; of the largest, those alike may be others."""
    if "LIMIT" in case.sql:
        assert sorted(told.values()) == sorted(rows.values()), case.title
    else:
        assert told == rows, case.title


def _ours(host: Host, case: Case) -> Pivot:
    question = Question(
        rows=case.rows,
        columns=case.columns,
        measures=case.measures,
        listing=Listing(conditions=case.conditions),
    )
    with host.unit_of_work(company=COMPANY, by=OURS):
        return work_out(checked(SALES, question), today=date(2026, 12, 31))


def _by_hand(host: Host, known: Known, case: Case) -> dict[Any, tuple[Decimal, Decimal]]:
    with host.database.wide_session() as wide:
        rows = wide.execute(text(case.sql), {"company": known["company"]}).all()
    keys = len(case.sql.partition("GROUP BY")[2].partition("ORDER")[0].split(","))
    return {tuple(row[:keys]): (row[-2], Decimal(row[-1])) for row in rows[:500]}


def _told(answer: Pivot, case: Case) -> dict[Any, tuple[Any, ...]]:
    def figures(cell: Any) -> tuple[Any, ...]:
        return tuple(cell.values[name] for name in case.measures)

    if not case.columns:
        rows = zip(answer.rows, answer.row_totals, strict=True)
        return {(one.value,): figures(cell) for one, cell in rows}
    rows_at, columns = answer.rows, answer.columns
    return {
        (rows_at[row].value, columns[column].value): figures(cell)
        for (row, column), cell in answer.cells.items()
    }


def _goal(title: str, figures: Mapping[str, Figures]) -> Goal:
    times = figures["bumen"]["seconds"] / figures["plain"]["seconds"]
    return Goal(promise=f"{title}: ≤ {TIMES}× plain SQL", found=f"{times:.2f}×", met=times <= TIMES)


def _as_table(found: Mapping[str, Mapping[str, Figures]]) -> str:
    rows: list[Sequence[str]] = [("", "plain SQL", "Bumen", "", "statements")]
    for title, figures in found.items():
        plain, ours = figures["plain"]["seconds"], figures["bumen"]["seconds"]
        statements = f"{figures['bumen']['statements']:.0f}"
        rows.append((title, _ms(plain), _ms(ours), f"{ours / plain:.2f}×", statements))
    return table(rows)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
