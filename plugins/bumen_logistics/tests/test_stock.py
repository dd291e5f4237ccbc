"""Stock changes by moves alone, and never falls below what is reserved."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import change_record, create_record, session
from bumen_base.models import ProductKind
from bumen_logistics.errors import (
    IssueNeedsReason,
    NotEnoughStock,
    NothingMoves,
    SameLocation,
    ServicesAreNotKept,
    StockIsFixed,
)
from bumen_logistics.events import StockRanLow
from bumen_logistics.models import LocationKind, MoveKind, Stock, StockMove, stock_at
from bumen_logistics.resources import Stock as StockList
from bumen_logistics.resources import StockMoves
from bumen_logistics.services import (
    correct_stock,
    issue_goods,
    issue_reserved,
    receive_goods,
    release_reservations,
    reserve,
    transfer_goods,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ONE, TEN = Decimal(1), Decimal(10)


def amounts(stock: Stock) -> tuple[int, int, int]:
    session().refresh(stock)
    return int(stock.on_hand), int(stock.reserved), int(stock.available)


def test_every_change_is_a_move_that_says_what_is_there_afterwards(unit, make) -> None:
    stock = make.stock("10")
    issue_goods(stock.product, stock.location, ONE, by=unit.user, at=NOW, reason="Broken")
    correct_stock(stock.product, stock.location, -ONE, by=unit.user, at=NOW, reason="Lost")

    session().flush()
    moves = session().scalars(select(StockMove).order_by(StockMove.id)).all()
    assert [(one.kind, int(one.quantity), int(one.on_hand)) for one in moves] == [
        (MoveKind.RECEIPT, 10, 10),
        (MoveKind.ISSUE, -1, 9),
        (MoveKind.COUNT, -1, 8),
    ]
    assert amounts(stock) == (8, 0, 8)


def test_goods_are_moved_wholly_or_not_at_all(unit, make) -> None:
    stock, away = make.stock("10"), make.place(kind=LocationKind.QUARANTINE)
    said = {"start": stock.location, "end": away, "by": unit.user, "at": NOW}
    transfer_goods(stock.product, Decimal(4), **said)

    with pytest.raises(NotEnoughStock), session().begin_nested():
        transfer_goods(stock.product, Decimal(7), **said)
    with pytest.raises(SameLocation):
        transfer_goods(stock.product, ONE, **said | {"end": stock.location})

    there = session().scalars(stock_at(stock.product_id, away.id)).one()
    assert (amounts(stock), amounts(there)) == ((6, 0, 6), (4, 0, 4))


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_and_less_than_nothing_does_not_move(unit, make, quantity) -> None:
    stock = make.stock()
    for move in (receive_goods, issue_goods):
        with pytest.raises(NothingMoves):
            move(
                stock.product,
                stock.location,
                Decimal(quantity),
                by=unit.user,
                at=NOW,
                reason="Broken",
            )


def test_what_goes_out_needs_a_reason(unit, make) -> None:
    stock = make.stock()

    with pytest.raises(IssueNeedsReason):
        issue_goods(stock.product, stock.location, ONE, by=unit.user, at=NOW)


def test_services_are_not_kept_in_stock(unit, make) -> None:
    with pytest.raises(ServicesAreNotKept):
        make.stock(product=make.product(kind=ProductKind.SERVICE))


def test_what_is_reserved_is_there_for_nobody_else(unit, make) -> None:
    stock = make.stock("10")
    line = make.request((stock.product, "8")).lines[0]
    reserve({line: Decimal(8)}, make.warehouse(), by=unit.user, at=NOW)

    with pytest.raises(NotEnoughStock) as refused:
        issue_goods(
            stock.product, stock.location, Decimal(3), by=unit.user, at=NOW, reason="Sample"
        )

    assert refused.value.message.in_language("en") == (
        f"Of {stock.product} 3 are wanted, 2 are available."
    )
    assert amounts(stock) == (10, 8, 2)


def test_reserving_names_every_product_that_is_short_and_keeps_none(unit, make) -> None:
    some, none = make.stock("3"), make.product()
    request = make.request((some.product, "3"), (some.product, "1"), (none, "2"))

    with pytest.raises(NotEnoughStock) as refused:
        reserve(
            {line: line.quantity for line in request.lines},
            make.warehouse(),
            by=unit.user,
            at=NOW,
        )

    assert list(refused.value.fields) == ["lines.1.quantity", "lines.2.quantity"]
    assert amounts(some) == (3, 0, 3)


def test_quarantine_is_never_reserved(unit, make) -> None:
    product, away = make.product(), make.place(kind=LocationKind.QUARANTINE)
    receive_goods(product, away, TEN, by=unit.user, at=NOW)
    line = make.request((product, "1")).lines[0]

    with pytest.raises(NotEnoughStock):
        reserve({line: ONE}, make.warehouse(), by=unit.user, at=NOW)


def test_what_is_kept_for_a_line_leaves_or_is_let_go(unit, make) -> None:
    stock = make.stock("10")
    line = make.request((stock.product, "8")).lines[0]
    reserve({line: Decimal(8)}, make.warehouse(), by=unit.user, at=NOW)

    (move,) = issue_reserved({line: Decimal(5)}, by=unit.user, at=NOW, source="SH-1")
    left = amounts(stock)
    with pytest.raises(NotEnoughStock), session().begin_nested():
        issue_reserved({line: Decimal(4)}, by=unit.user, at=NOW, source="SH-2")
    release_reservations([line], by=unit.user, at=NOW)

    assert (int(move.quantity), move.source) == (-5, "SH-1")
    assert (left, amounts(stock)) == ((5, 3, 2), (5, 0, 5))


def test_opening_stock_is_booked_as_moves(unit, make) -> None:
    product, place = make.product(), make.place()
    said = {"product_id": product.id, "location_id": place.id}
    create_record(StockMoves, {**said, "quantity": "12"}, by=unit.user)
    gone = create_record(StockMoves, {**said, "quantity": "-2", "reason": "Sample"}, by=unit.user)

    stock = session().scalars(stock_at(product.id, place.id)).one()
    assert (gone.kind, int(gone.on_hand), amounts(stock)) == (MoveKind.ISSUE, 10, (10, 0, 10))
    with pytest.raises(IssueNeedsReason):
        create_record(StockMoves, {**said, "quantity": "-1"}, by=unit.user)
    with pytest.raises(NotEnoughStock):
        create_record(StockMoves, {**said, "quantity": "-11", "reason": "x"}, by=unit.user)


def test_running_low_is_told_once(unit, make) -> None:
    stock = make.stock("10")
    change_record(StockList, stock, {"minimum": "5"}, by=unit.user, version=stock.version)
    said = {"by": unit.user, "at": NOW, "reason": "Sample"}
    for quantity in ("5", "1", "1"):
        issue_goods(stock.product, stock.location, Decimal(quantity), **said)

    assert [one for one in unit._events if isinstance(one, StockRanLow)] == [StockRanLow(stock.id)]
    assert stock.below_minimum


def test_a_stock_stays_one_of_its_product_and_place(unit, make) -> None:
    stock, other = make.stock(), make.product()

    with pytest.raises(StockIsFixed):
        change_record(
            StockList, stock, {"product_id": other.id}, by=unit.user, version=stock.version
        )


def test_a_reason_of_blanks_is_none(unit, make) -> None:
    stock = make.stock("10")
    said = {"by": unit.user, "at": NOW, "reason": " \u3000"}

    for deed in (issue_goods, correct_stock):
        with pytest.raises(IssueNeedsReason):
            deed(stock.product, stock.location, ONE, **said)


def test_a_refusal_is_read_when_the_records_it_names_are_gone(host, company, make) -> None:
    def take_too_much() -> None:
        stock = make.stock("1")
        issue_goods(stock.product, stock.location, TEN, by=None, at=NOW, reason="Sample")

    with (
        pytest.raises(NotEnoughStock) as refused,
        host.unit_of_work(company=company.code, by="admin"),
    ):
        take_too_much()

    (said,) = refused.value.fields["quantity"]
    assert str(refused.value) == str(said)
    assert str(said).endswith(" 10 are wanted, 1 are available.")
