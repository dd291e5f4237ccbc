"""Stock is counted, reported, warned of, and held to what its moves add up to."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from bumen import CurrentCompany, create_record, run_action, session, start, today
from bumen.checking import problems
from bumen.host import Host
from bumen.notices.models import Notice
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen_logistics.errors import (
    CountedTwice,
    CountIsEmpty,
    DifferencesNeedReasons,
    NotEnoughStock,
)
from bumen_logistics.models import CountState, LocationKind, Stock, StockMove, stock_at
from bumen_logistics.reports.stock import missing
from bumen_logistics.resources import Stock as StockList
from bumen_logistics.resources import StockCounts
from bumen_logistics.services import (
    ages_of_stock,
    approve_count,
    issue_goods,
    receive_goods,
    report_exception,
    reserve,
    submit_count,
)
from bumen_logistics.services.ageing import parts_of
from bumen_logistics.warnings import LATE

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def count(make, *lines: tuple[Stock, str, str | None]):
    said = [
        {"product_id": stock.product_id, "counted": number, "reason": reason}
        for stock, number, reason in lines
    ]
    return create_record(StockCounts, {"location_id": make.place().id, "lines": said}, by=None)


def test_differences_are_booked_when_the_count_is_approved(unit, make) -> None:
    less, alike, more = make.stock("10"), make.stock("5"), make.stock("1")
    made = count(make, (less, "8", "Broken"), (alike, "5", None), (more, "2", "Found"))
    submit_count(made, by=unit.user)
    receive_goods(less.product, less.location, Decimal(100), by=unit.user, at=NOW)
    approve_count(made, by=unit.user, at=NOW)

    moves = session().scalars(
        select(StockMove).where(StockMove.source == made.number).order_by(StockMove.id)
    )
    for stock in (less, alike, more):
        session().refresh(stock)
    assert [line.difference for line in made.lines] == [-2, 0, 1]
    assert [(one.quantity, one.reason) for one in moves] == [(-2, "Broken"), (1, "Found")]
    assert (less.on_hand, alike.on_hand, more.on_hand) == (108, 5, 2)
    assert made.state is CountState.APPROVED


def test_a_difference_needs_a_reason(unit, make) -> None:
    made = count(make, (make.stock("10"), "8", " "))

    with pytest.raises(DifferencesNeedReasons) as refused:
        submit_count(made, by=unit.user)

    assert list(refused.value.fields) == ["lines.0.reason"]


def test_nothing_and_one_thing_twice_are_no_count(unit, make) -> None:
    stock = make.stock("10")
    with pytest.raises(CountIsEmpty):
        submit_count(count(make), by=unit.user)
    with pytest.raises(CountedTwice):
        count(make, (stock, "8", "Broken"), (stock, "9", "Broken"))


def test_what_is_reserved_is_not_counted_away(unit, make) -> None:
    stock = make.stock("10")
    line = make.request((stock.product, "8")).lines[0]
    reserve({line: Decimal(8)}, make.warehouse(), by=unit.user, at=NOW)
    made = count(make, (stock, "7", "Stolen"))
    submit_count(made, by=unit.user)

    with pytest.raises(NotEnoughStock):
        approve_count(made, by=unit.user, at=NOW)


def test_stock_is_brought_in_moved_and_taken_out_by_hand(unit, make) -> None:
    stock, away = make.stock("10"), make.place(kind=LocationKind.QUARANTINE)
    for name, said in (
        ("receive_goods", {"quantity": "5"}),
        ("transfer", {"quantity": "4", "location_id": away.id}),
        ("issue_goods", {"quantity": "1", "reason": "Sample"}),
    ):
        run_action(StockList, stock, name, said, by=unit.user, version=stock.version)

    there = session().scalars(stock_at(stock.product_id, away.id)).one()
    session().refresh(stock)
    assert (stock.on_hand, there.on_hand) == (10, 4)


def test_goods_that_came_first_are_taken_to_have_left_first(unit, make) -> None:
    product, place, day = make.product(), make.place(), date(2026, 6, 30)
    for days, quantity in ((200, "10"), (100, "10"), (50, "10"), (5, "10")):
        at = datetime(2026, 6, 30, 8, tzinfo=UTC) - timedelta(days=days)
        receive_goods(product, place, Decimal(quantity), by=unit.user, at=at)
    issue_goods(product, place, Decimal(15), by=unit.user, at=NOW, reason="Sample")

    (aged,) = ages_of_stock(seen=(), on=day)

    assert aged.parts == [10, 10, 5, 0]
    assert parts_of(Decimal(3), [None, Decimal(2), None]) == [0, 2, 0, 1]


def test_what_is_missing_is_told_with_its_cause(unit, make) -> None:
    made = make.preparation((make.product(), "5"))
    said = {"cause": "No leaves", "promised_on": today()}
    report_exception(made, by=unit.user, on=today(), at=NOW, **said)
    session().flush()

    (row,) = missing(seen=())

    assert (row[1], row[3:]) == (
        made.request.number,
        (5, NOW.date(), today(), "No leaves"),
    )


def test_keepers_are_told_of_what_runs_low_and_what_is_late(
    host: Host, company: CurrentCompany, make
) -> None:
    person = make_user(host, "kay", company="TW01", roles=["logistics.manager"])
    with host.unit_of_work(company="TW01", by="admin"):
        stock = make.stock("10")
        make.warehouse().keeper = make.employee(user_id=person.id)
        stock.minimum = Decimal(5)
        preparation = make.preparation((stock.product, "1"))
        preparation.due_on = date(2026, 1, 5)
        make.preparation((stock.product, "1"))
        session().flush()
        issue_goods(stock.product, stock.location, Decimal(6), by=None, at=NOW, reason="Sample")
        number, named = preparation.number, str(stock)
    with host.unit_of_work(company="TW01", by="admin"):
        start(LATE)
    work_off(host)

    with host.unit_of_work(company="TW01"):
        told = session().scalars(select(Notice).where(Notice.user_id == person.id))
        records = sorted((one.resource, one.record_id) for one in told)
    assert len(records) == 2, (number, named)
    assert [name for name, _ident in records] == ["logistics.preparations", "logistics.stock"]


def test_stock_that_differs_from_its_moves_and_reservations_is_named(
    host: Host, company: CurrentCompany, make
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        ids = [make.stock("10").id for _more in "ab"]
    whole = list(problems(host))
    table = Stock.__table__
    with host.database.engine.begin() as connection:
        for ident, values in (
            (ids[0], {"on_hand": Decimal(11), "available": Decimal(11)}),
            (ids[1], {"reserved": Decimal(1), "available": Decimal(9)}),
        ):
            connection.execute(update(table).where(table.c.id == ident).values(**values))

    assert whole == []
    assert list(problems(host)) == [
        f"logistics_stock: What is on hand is what the moves add up to. Not so: {ids[0]}",
        f"logistics_stock: What is reserved is what the reservations add up to. Not so: {ids[1]}",
    ]
