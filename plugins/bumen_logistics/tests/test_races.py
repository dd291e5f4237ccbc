"""Sixteen at once: the last piece goes to one of them, and nothing is ever overdrawn."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from bumen import BusinessError, CurrentCompany, session
from bumen.host import Host
from bumen_logistics.models import Location, Preparation, RequestLine, Stock, StockMove, stock_at
from bumen_logistics.services import (
    begin_preparation,
    finish_preparation,
    issue_goods,
    receive_goods,
    reserve,
    transfer_goods,
    usual_warehouse,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MANY = 16
Deed = Callable[[], Any]


@pytest.fixture
def at_once(host: Host, company: CurrentCompany) -> Callable[..., Counter[str]]:
    """A function that lets sixteen people do something at the same moment, each in a unit."""
    meeting = Barrier(MANY)

    def one(deed: Deed) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin"):
                session().scalars(select(Stock)).all()  # everybody has seen it before
                if not host.database.is_sqlite:  # SQLite has one writer: the others wait
                    meeting.wait(timeout=20)
                deed()
        except BusinessError as refused:
            return refused.code
        return "done"

    def all_of(*deeds: Deed) -> Counter[str]:
        each = [deeds[number % len(deeds)] for number in range(MANY)]
        with ThreadPoolExecutor(max_workers=MANY) as people:
            return Counter(people.map(one, each))

    return all_of


@pytest.fixture
def kept(host: Host, company: CurrentCompany, make: Any) -> dict[str, int]:
    """Three of a product, and sixteen requests for one of it each; the ids of all."""
    with host.unit_of_work(company=company.code, by="admin"):
        stock = make.stock("3")
        request = make.request(*[(stock.product, "1")] * MANY)
        return {"stock": stock.id, "request": request.id}


def amounts(host: Host, company: CurrentCompany, stock_id: int) -> tuple[int, int, int]:
    """Return what is on hand, what is reserved, and what the moves add up to."""
    with host.unit_of_work(company=company.code):
        stock = session().get_one(Stock, stock_id)
        moved = select(func.sum(StockMove.quantity)).where(StockMove.stock_id == stock_id)
        return int(stock.on_hand), int(stock.reserved), int(session().scalars(moved).one())


def test_the_last_pieces_are_issued_to_as_many_as_there_are(
    host: Host, company: CurrentCompany, kept: dict[str, int], at_once: Callable[..., Counter[str]]
) -> None:
    def take() -> None:
        stock = session().get_one(Stock, kept["stock"])
        issue_goods(stock.product, stock.location, Decimal(1), by=None, at=NOW, reason="Sample")

    assert at_once(take) == {"done": 3, "not_enough_stock": 13}
    assert amounts(host, company, kept["stock"]) == (0, 0, 0)


def test_the_last_pieces_are_reserved_for_as_many_as_there_are(
    host: Host, company: CurrentCompany, kept: dict[str, int], at_once: Callable[..., Counter[str]]
) -> None:
    with host.unit_of_work(company=company.code):
        theirs = select(RequestLine.id).where(RequestLine.delivery_request_id == kept["request"])
        lines = iter(session().scalars(theirs).all())

    def keep() -> None:
        line = session().get_one(RequestLine, next(lines))
        reserve({line: Decimal(1)}, usual_warehouse(), by=None, at=NOW)

    assert at_once(keep) == {"done": 3, "not_enough_stock": 13}
    assert amounts(host, company, kept["stock"]) == (3, 3, 3)


def test_one_of_many_who_say_that_it_is_ready_says_so(
    host: Host, company: CurrentCompany, make: Any, at_once: Callable[..., Counter[str]]
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        stock = make.stock("16")
        preparation = make.preparation((stock.product, "1"))
        begin_preparation(preparation, by=None, at=NOW)
        ident, stock_id = preparation.id, stock.id

    def finish() -> None:
        finish_preparation(session().get_one(Preparation, ident), by=None, at=NOW)

    assert at_once(finish) == {"done": 1, "illegal_transition": 15}
    assert amounts(host, company, stock_id) == (16, 1, 16)


def test_goods_that_go_both_ways_at_once_neither_stop_nor_vanish(
    host: Host, company: CurrentCompany, make: Any, at_once: Callable[..., Counter[str]]
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        stock = make.stock("100")
        away = Location(code="B", warehouse=make.warehouse())
        session().add(away)
        session().flush()
        receive_goods(stock.product, away, Decimal(100), by=None, at=NOW)
        product_id, ways = stock.product_id, (stock.location_id, away.id)

    def move(start: int, end: int) -> None:
        there = session().scalars(stock_at(product_id, start)).one()
        start_at, end_at = (session().get_one(Location, one) for one in (start, end))
        transfer_goods(there.product, Decimal(1), start=start_at, end=end_at, by=None, at=NOW)

    there, back = (lambda: move(*ways)), (lambda: move(*reversed(ways)))

    assert at_once(there, back) == {"done": MANY}
    with host.unit_of_work(company=company.code):
        assert session().scalars(select(Stock.on_hand)).all() == [100, 100]


def test_a_product_is_first_kept_once_however_many_bring_it(
    host: Host, company: CurrentCompany, make: Any, at_once: Callable[..., Counter[str]]
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        product_id, place_id = make.product().id, make.place().id
        model = type(make.product())

    def bring() -> None:
        product, place = session().get_one(model, product_id), session().get_one(Location, place_id)
        receive_goods(product, place, Decimal(1), by=None, at=NOW)

    assert at_once(bring) == {"done": MANY}
    with host.unit_of_work(company=company.code):
        stock = session().scalars(stock_at(product_id, place_id)).one()
        assert stock.on_hand == MANY
