"""The analysis of sales says what reckoning by hand says, however it is gathered."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from bumen import CurrentCompany, run_action, session
from bumen.host import Host
from bumen.listing import Condition, Listing
from bumen.reports import (
    Cell,
    Compared,
    Member,
    Pivot,
    Question,
    checked,
    dimensions_of,
    work_out,
)
from bumen.testing.workbench import Make, Workbench
from bumen_base.models import Category, Product
from bumen_base.services import save_category
from bumen_sales.models import Order, OrderLine
from bumen_sales.reports import SALES
from bumen_sales.resources import Orders
from bumen_sales.tests.conftest import Makers

TODAY = date(2026, 11, 22)
ALL = ("revenue", "orders", "average", "quantity")
WHERE = Listing(conditions=(Condition(field="state", operator="eq", value="confirmed"),))
BY: dict[str, Any] = {
    "lines.product": lambda _order, line: line.product_id,
    "lines.product.category": lambda _order, line: line.product.category_id,
    "customer": lambda order, _line: order.customer_id,
    "customer.industry": lambda order, _line: order.customer.industry,
    "region": lambda order, _line: order.region_id,
    "salesperson.department": lambda order, _line: (
        order.salesperson.department_id if order.salesperson else None
    ),
    "ordered_on.month": lambda order, _line: f"{order.ordered_on:%Y-%m}",
    "ordered_on.quarter": lambda order, _line: (
        f"{order.ordered_on.year}-Q{(order.ordered_on.month + 2) // 3}"
    ),
    "state": lambda order, _line: order.state,
}
ALSO: dict[str, Any] = {
    "id": lambda order, _line: order.id,
    "customer.customer_class": lambda order, _line: order.customer.customer_class,
    "salesperson": lambda order, _line: order.salesperson_id,
    "ordered_on.year": lambda order, _line: f"{order.ordered_on.year}",
    "ordered_on.day": lambda order, _line: f"{order.ordered_on}",
}
"""By what else lines are gathered, as rows alone."""
CONFIRMED = (
    select(Order)
    .where(Order.state == "confirmed")
    .options(selectinload(Order.lines).joinedload(OrderLine.product), joinedload(Order.customer))
)


@pytest.fixture(scope="session")
def at_hand(at_hand: dict[str, Make]) -> dict[str, Make]:
    """The orders are made once."""
    return {**at_hand, "sold_at_hand": sell}


@pytest.fixture
def sold_at_hand(host: Host, workbench: Workbench) -> None:
    """Sixty orders of two years, there from the beginning."""
    workbench.at_hand(sell, host)


@pytest.fixture
def sold(host: Host, company: CurrentCompany, sold_at_hand: None) -> Host:
    """Sixty orders of two years, of which some are drafts and cancelled ones."""
    return host


def sell(host: Host) -> None:
    """Make sixty orders of two years."""
    dice, make = random.Random(11), Makers()  # noqa: S311  # numbers to test with
    with host.unit_of_work(company="TW01", by="admin") as unit:
        teas = _products(make)
        buyers = [make.customer(industry=one) for one in ("tea", "inn", None)]
        people = [make.employee(name=name) for name in ("Ann", "Bob")]
        regions = [make.region(name=name) for name in ("North", "South")]
        for _number in range(60):
            lines = [
                {"product_id": tea.id, "quantity": str(dice.randint(1, 9))}
                for tea in dice.choices(teas, k=dice.randint(1, 3))
            ]
            made = make.order(
                customer_id=dice.choice(buyers).id,
                salesperson_id=dice.choice([None, *(one.id for one in people)]),
                region_id=dice.choice(regions).id,
                ordered_on=TODAY - timedelta(days=dice.randrange(700)),
                payment_method="prepaid",
                consignee="Lin",
                phone="0912 345 678",
                lines=lines,
            )
            if dice.random() < 0.8:
                run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)


def _products(make: Any) -> list[Product]:
    kinds = [Category(name="Green"), Category(name="Black")]
    for one in kinds:
        save_category(one, by=None, on=TODAY)
        session().add(one)
    session().flush()
    of: list[int | None] = [kinds[0].id, kinds[0].id, kinds[1].id, None]
    return [make.product(category_id=one, list_price=100 + 7 * n) for n, one in enumerate(of)]


def asked(rows: str, columns: str = "", **more: Any) -> Pivot:
    """Ask the analysis something of confirmed orders."""
    listing = more.pop("listing", WHERE)
    question = Question(rows=rows, columns=columns, listing=listing, **more)
    return work_out(checked(SALES, question), today=TODAY)


def by_hand(
    *by: str,
    since: date = date.min,
    until: date = date.max,
    only: Callable[[OrderLine], bool] = lambda _line: True,
) -> dict[Any, Any]:
    """Gather the lines of confirmed orders one by one: amount, orders, quantity."""
    found: dict[Any, Any] = defaultdict(lambda: [Decimal(0), set(), Decimal(0)])
    for order in session().scalars(CONFIRMED):
        for line in filter(only, order.lines) if since <= order.ordered_on <= until else ():
            sums = found[tuple({**BY, **ALSO}[one](order, line) for one in by)]
            sums[0] += line.untaxed
            sums[1].add(order.id)
            sums[2] += line.quantity
    return {values: (a, len(orders), q) for values, (a, orders, q) in found.items()}


def figures(cell: Any) -> tuple[Any, ...]:
    """Return what a cell comes to: amount, orders, quantity."""
    return tuple(cell.values[one] for one in ("revenue", "orders", "quantity"))


def told(members: Sequence[Member], cells: Sequence[Cell]) -> dict[Any, Any]:
    """Return what each member comes to."""
    found = {(one.value,): figures(cell) for one, cell in zip(members, cells, strict=True)}
    return {value: what for value, what in found.items() if any(what)}


def test_rows_and_their_total_are_what_reckoning_by_hand_finds(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        whole = by_hand()[()]
        average = (whole[0] / whole[1]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert {*BY, *ALSO} == dimensions_of(SALES).keys()
        for rows in (*BY, *ALSO):
            found = asked(rows, measures=ALL)

            assert told(found.rows, found.row_totals) == by_hand(rows), rows
            assert figures(found.total) == whole
            assert found.total.values["average"] == average


def test_cells_are_what_reckoning_by_hand_finds(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        whole = by_hand()[()]
        for rows, columns in list(permutations(BY, 2))[::3]:
            found = asked(rows, columns, measures=ALL)

            cells = {
                (found.rows[row].value, found.columns[column].value): figures(cell)
                for (row, column), cell in found.cells.items()
            }
            assert cells == by_hand(rows, columns), (rows, columns)
            assert told(found.rows, found.row_totals) == by_hand(rows)
            assert told(found.columns, found.column_totals) == by_hand(columns)
            assert figures(found.total) == whole


def test_a_whole_order_is_measured_like_its_lines(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        whole = asked("customer", measures=("revenue", "orders", "average"))
        lines = asked("customer", measures=ALL)

        assert not whole.asked.by_lines
        assert lines.asked.by_lines
        for one, other in zip(whole.row_totals, lines.row_totals, strict=True):
            assert one.values.items() <= other.values.items()


NARROWED: dict[str, Callable[[OrderLine, Any], bool]] = {
    "lines.product": lambda line, some: line.product_id == some,
    "lines.product.category": lambda line, some: line.product.category_id == some,
}


@pytest.mark.parametrize("field", NARROWED)
def test_narrowed_by_something_of_the_lines_nothing_else_of_an_order_is_counted(
    sold: Host, field: str
) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        for some in [one.value for one in asked(field, measures=("orders",)).rows]:
            held = Condition(field=field, operator="eq", value=some)
            if some is None:
                held = Condition(field=field, operator="empty", value=True)
            listing = Listing(conditions=(*WHERE.conditions, held))
            only = partial(NARROWED[field], some=some)
            for rows in BY:
                found = asked(rows, listing=listing, measures=ALL)

                assert told(found.rows, found.row_totals) == by_hand(rows, only=only), rows
                assert figures(found.total) == by_hand(only=only)[()]


def test_conditions_on_lines_are_true_of_one_line_together(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        green, black = session().scalars(select(Category.id).order_by(Category.id)).all()
        tea = session().scalars(select(Product.id).where(Product.category_id == green)).first()
        held = [("lines.product.category", black), ("lines.product", tea)]
        both = tuple(Condition(field=field, operator="eq", value=one) for field, one in held)
        several = Condition(field="lines.product.category", operator="in", value=[green, black])

        assert asked("state", listing=Listing(conditions=both), measures=("orders",)).rows == []
        found = asked("state", listing=Listing(conditions=(*WHERE.conditions, several)))
        only = {green, black}.__contains__
        assert figures(found.total) == by_hand(only=lambda one: only(one.product.category_id))[()]


def test_compared_by_a_product_both_years_are_of_that_product(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        tea = session().scalars(select(Product.id)).first()
        period = Condition(field="ordered_on", operator="period", value="2026")
        held = Condition(field="lines.product", operator="eq", value=tea)
        listing = Listing(conditions=(*WHERE.conditions, period, held))
        found = asked("customer", listing=listing, measures=ALL, compared=Compared.YEAR)

        days = {"since": date(2025, 1, 1), "until": date(2025, 11, 22)}
        assert _then(found.total) == by_hand(only=lambda one: one.product_id == tea, **days)[()]


def test_a_number_is_the_sum_of_the_orders_it_is_told_by(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        for rows in ("lines.product.category", "customer"):
            found = asked(rows, measures=ALL)
            for one, cell in zip(found.rows, found.row_totals, strict=True):
                listing = Listing(conditions=(*WHERE.conditions, one.condition))
                again = asked("id", listing=listing, measures=ALL)

                assert again.total.values == cell.values
                assert len(again.rows) == cell.values["orders"]
                assert (
                    sum(each.values["revenue"] for each in again.row_totals)
                    == (cell.values["revenue"])
                )


def test_this_year_is_compared_with_last_year_as_far_as_it_has_come(sold: Host) -> None:
    period = Condition(field="ordered_on", operator="period", value="2026")
    listing = Listing(conditions=(*WHERE.conditions, period))
    with sold.unit_of_work(company="TW01", by="admin"):
        found = asked(
            "ordered_on.month", "region", measures=ALL, listing=listing, compared=Compared.YEAR
        )

        year_ago = {"since": date(2025, 1, 1), "until": date(2025, 11, 22)}
        before = by_hand("ordered_on.month", "region", **year_ago)
        cells = {
            (found.rows[row].value.replace("2026", "2025"), found.columns[column].value): cell
            for (row, column), cell in found.cells.items()
        }
        then = {at: _then(cell) for at, cell in cells.items() if any(_then(cell))}
        assert then == before
        assert _then(found.total) == by_hand(**year_ago)[()]
        assert (found.before.first, found.before.last) == tuple(year_ago.values())


def _then(cell: Any) -> tuple[Any, ...]:
    return tuple(cell.before[one] for one in ("revenue", "orders", "quantity"))


def test_every_number_leads_to_the_orders_behind_it(sold: Host) -> None:
    with sold.unit_of_work(company="TW01", by="admin"):
        for rows in dimensions_of(SALES):
            found = asked(rows, measures=("orders",))
            for one, cell in zip(found.rows, found.row_totals, strict=True):
                listing = Listing(conditions=(*WHERE.conditions, one.condition))
                again = asked("state", listing=listing, measures=("orders",))
                assert again.total.values == cell.values, rows
