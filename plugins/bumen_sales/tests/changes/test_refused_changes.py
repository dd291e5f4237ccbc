"""What has been promised is changed only as far as it can be. A4.3.6."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bumen import session
from bumen_sales.errors import (
    ChangeDropsEverything,
    FurtherLineIsIncomplete,
    LessThanShipped,
    LineIsNamedTwice,
    LineKeepsItsProduct,
    MoreIsPaid,
    NoSuchLine,
    OrderCannotBeChanged,
    OrderHasChangedSince,
    ProductsAreArchived,
    RequestedBeforeOrdered,
)
from bumen_sales.services import ship_lines, submit_change

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ({"line_number": 3, "quantity": "1"}, NoSuchLine),
        ({"quantity": "1"}, FurtherLineIsIncomplete),
        ({"line_number": 1, "quantity": "2.999"}, LessThanShipped),
    ],
)
def test_what_does_not_fit_the_order_is_refused(unit, released, change, line, refusal) -> None:
    ship_lines(released, {released.lines[0].id: Decimal(3)}, by=unit.user, at=NOW)
    session().flush()

    with pytest.raises(refusal):
        change(released, line)


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        ({"line_number": 1, "quantity": "2"}, LineIsNamedTwice),
        ({"line_number": 2, "quantity": "1", "product": 0}, LineKeepsItsProduct),
        ({"quantity": "0", "product": 0}, FurtherLineIsIncomplete),
    ],
)
def test_a_line_is_named_once_and_keeps_its_product(order, change, second, refusal) -> None:
    said = dict(second)
    if "product" in said:
        said["product_id"] = order.lines[said.pop("product")].product_id

    with pytest.raises(refusal):
        change(order, {"line_number": 1, "quantity": "1"}, said)


def test_a_product_that_is_no_longer_sold_is_not_added_but_its_line_may_shrink(
    make, order, change
) -> None:
    old = order.lines[0].product
    old.active = False
    session().flush()

    assert change(order, {"line_number": 1, "quantity": "5"}).total_after == Decimal("735.00")
    with pytest.raises(ProductsAreArchived):
        change(order, {"product_id": old.id, "quantity": "1"})


def test_a_day_before_the_order_date_is_refused(order, change) -> None:
    with pytest.raises(RequestedBeforeOrdered):
        change(order, requested_on="2026-05-31")


def test_a_change_that_drops_everything_is_refused(unit, order, change) -> None:
    every = [{"line_number": number, "quantity": "0"} for number in (1, 2)]

    with pytest.raises(ChangeDropsEverything):
        submit_change(change(order, *every), by=unit.user)


def test_an_order_is_not_brought_below_what_is_paid(unit, order, change) -> None:
    order.paid, order.due = Decimal("1000.00"), Decimal("260.00")
    session().flush()
    exactly = change(
        order, {"line_number": 1, "quantity": "8"}, {"line_number": 2, "quantity": "4"}
    )
    assert exactly.total_after == Decimal("1050.00")
    submit_change(exactly, by=unit.user)

    with pytest.raises(MoreIsPaid):
        submit_change(change(order, {"line_number": 1, "quantity": "7"}), by=unit.user)


def test_a_change_of_an_order_that_was_changed_since_is_refused(order, change, agree) -> None:
    first = change(order, {"line_number": 1, "quantity": "9"})
    second = change(order, {"line_number": 1, "quantity": "8"})
    agree(first)

    with pytest.raises(OrderHasChangedSince):
        agree(second)
    assert order.lines[0].quantity == Decimal(9)


def test_a_draft_and_an_order_that_has_left_cannot_be_changed(
    unit, make, released, change, agree
) -> None:
    waiting = change(released, {"line_number": 1, "quantity": "11"})
    with pytest.raises(OrderCannotBeChanged):
        change(make.order(), {"line_number": 1, "quantity": "2"})
    rest = {line.id: line.quantity for line in released.lines}
    ship_lines(released, rest, by=unit.user, at=NOW)
    session().flush()

    with pytest.raises(OrderCannotBeChanged):
        agree(waiting)
