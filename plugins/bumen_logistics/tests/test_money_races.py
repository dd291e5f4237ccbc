"""Many at once with the carrier's money: it counts once, and shipments are settled once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest

from bumen import BusinessError, CurrentCompany, change_record, create_record, session
from bumen.host import Host
from bumen_logistics.models import CashOnDelivery, Remittance, Shipment
from bumen_logistics.resources import Remittances
from bumen_logistics.services import post_remittance, record_collection, settle_shipment

NOW, DAY = datetime(2026, 3, 2, 8, tzinfo=UTC), date(2026, 3, 2)
MANY = 6
Deed = Callable[[], Any]


@pytest.fixture
def at_once(host: Host, company: CurrentCompany) -> Callable[..., Counter[str]]:
    """A function that lets some people do something at the same moment, each in a unit."""
    meeting = Barrier(MANY)

    def one(deed: Deed) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin"):
                done = deed()  # what everybody has seen before the others begin
                if not host.database.is_sqlite:  # SQLite has one writer: the others wait
                    meeting.wait(timeout=20)
                done()
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
    """Money that was collected, a remittance of it, another, and a shipment; the ids of all."""
    with host.unit_of_work(company=company.code, by="admin"):
        carrier = make.carrier()
        cash, own = make.cash(carrier), make.arrived(None)
        record_collection(cash, by=None, on=DAY)
        session().flush()
        values = {"carrier_id": carrier.id, "received_on": "2026-03-02", "lines": []}
        first, second = (create_record(Remittances, values, by=None) for _turn in "ab")
        return {"first": first.id, "second": second.id, "own": own.id, "cash": cash.id}


def posting(ident: int) -> Deed:
    def seen() -> Deed:
        remittance = session().get_one(Remittance, ident)
        return lambda: post_remittance(remittance, by=None, at=NOW)

    return seen


def correcting(ident: int) -> Deed:
    """Let a reference be written into a remittance as it was seen."""

    def seen() -> Deed:
        remittance = session().get_one(Remittance, ident)
        about = {"by": None, "version": remittance.version}
        return lambda: change_record(Remittances, remittance, {"reference": "TT-1"}, **about)

    return seen


def remitted(host: Host, company: CurrentCompany, ident: int) -> tuple[Decimal, Decimal]:
    """Return what was handed over of money, and what is outstanding."""
    with host.unit_of_work(company=company.code):
        cash = session().get_one(CashOnDelivery, ident)
        return cash.remitted, cash.outstanding


def test_one_of_many_who_post_a_remittance_posts_it(
    host: Host, company: CurrentCompany, kept: dict[str, int], at_once: Callable[..., Counter[str]]
) -> None:
    found = at_once(posting(kept["first"]))

    assert found["done"] == 1
    assert remitted(host, company, kept["cash"]) == (100, 0)


def test_of_two_remittances_of_one_money_one_counts(
    host: Host, company: CurrentCompany, kept: dict[str, int], at_once: Callable[..., Counter[str]]
) -> None:
    found = at_once(posting(kept["first"]), posting(kept["second"]))

    assert found["done"] == 1
    assert remitted(host, company, kept["cash"]) == (100, 0)


def test_one_of_many_who_settle_a_shipment_settles_it(
    kept: dict[str, int], at_once: Callable[..., Counter[str]]
) -> None:
    def seen() -> Deed:
        shipment = session().get_one(Shipment, kept["own"])
        return lambda: settle_shipment(shipment, by=None)

    assert at_once(seen) == {"done": 1, "illegal_transition": MANY - 1}
