"""A receipt is posted or reversed as it was seen; who was overtaken looks at it again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bumen import CurrentCompany, change_record, create_record, session
from bumen.host import Host
from bumen_sales.errors.receipts import ReceiptHasChanged
from bumen_sales.models import Order, Receipt, ReceiptState
from bumen_sales.resources import Receipts
from bumen_sales.services import confirm_order
from bumen_sales.services.allocating import allocate_receipt
from bumen_sales.services.receipts import post_receipt, reverse_receipt

AT, DAY = datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 3, 2)
pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
"""SQLite has one writer: the second one begins when the first has ended."""


@pytest.fixture
def kept(host: Host, company: CurrentCompany, make: Any) -> dict[str, int]:
    """A draft of 200.00 that pays the first of two orders 105.00; the ids of all."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        customer = make.customer().id
        orders = [make.order(customer_id=customer, payment_method="prepaid") for _turn in "ab"]
        for order in orders:
            confirm_order(order, by=unit.user)
        session().flush()
        said = {"customer_id": customer, "amount": "200", "received_on": "2026-03-02"}
        line = {"order_id": orders[0].id, "amount": "105"}
        receipt = create_record(Receipts, said | {"lines": [line]}, by=unit.user)
        return {"receipt": receipt.id, "second": orders[1].id}


@pytest.fixture
def meanwhile(host: Host, company: CurrentCompany) -> Callable[[Callable[[], None]], None]:
    """A function that lets somebody else do something, wholly, in the middle of a test's unit."""

    def done(deed: Callable[[], None]) -> None:
        def one() -> None:
            with host.unit_of_work(company=company.code, by="admin"):
                deed()

        with ThreadPoolExecutor(max_workers=1) as other:
            other.submit(one).result(timeout=20)

    return done


def test_who_posts_what_was_corrected_meanwhile_is_told(
    host: Host, company: CurrentCompany, kept: dict[str, int], meanwhile: Any
) -> None:
    def correct() -> None:
        receipt = session().get_one(Receipt, kept["receipt"])
        line = {"id": receipt.lines[0].id, "order_id": kept["second"], "amount": "7"}
        change_record(Receipts, receipt, {"lines": [line]}, by=None, version=receipt.version)

    with host.unit_of_work(company=company.code, by="admin"):
        seen = session().get_one(Receipt, kept["receipt"])
        assert len(seen.lines) == 1
        meanwhile(correct)
        with pytest.raises(ReceiptHasChanged):
            post_receipt(seen, by=None, at=AT)


def test_who_reverses_what_was_allocated_meanwhile_is_told(
    host: Host, company: CurrentCompany, kept: dict[str, int], meanwhile: Any
) -> None:
    def allocate() -> None:
        receipt = session().get_one(Receipt, kept["receipt"])
        order = session().get_one(Order, kept["second"])
        allocate_receipt(receipt, by=None, at=AT, order=order, amount=Decimal(50))

    with host.unit_of_work(company=company.code, by="admin"):
        post_receipt(session().get_one(Receipt, kept["receipt"]), by=None, at=AT)
    with host.unit_of_work(company=company.code, by="admin"):
        seen = session().get_one(Receipt, kept["receipt"])
        assert len(seen.lines) == 1
        meanwhile(allocate)
        with pytest.raises(ReceiptHasChanged):
            reverse_receipt(seen, by=None, on=DAY, at=AT, reason="Twice")
        session().rollback()
    with host.unit_of_work(company=company.code):
        receipt = session().get_one(Receipt, kept["receipt"])
        assert (receipt.state, receipt.unallocated) == (ReceiptState.POSTED, 45)
        assert session().get_one(Order, kept["second"]).paid == 50
