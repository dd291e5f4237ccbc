"""Remittances that are reversed take their receipts along, whatever those pay by now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Event
from time import sleep
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, session
from bumen.host import Host
from bumen_logistics.errors.cash import ReceiptsStay
from bumen_logistics.models import Remittance, RemittanceState, request_from
from bumen_logistics.resources import Remittances
from bumen_logistics.services import post_remittance, record_collection, reverse_remittance
from bumen_sales.models import Order, Receipt, ReceiptState
from bumen_sales.resources import Orders
from bumen_sales.services import confirm_order, lock_order
from bumen_sales.services.allocating import allocate_receipt

DAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 8, tzinfo=UTC)
DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}
A_MOMENT = 0.5
"""So long (seconds) the reversal has to come as far as it can."""


class Paid(NamedTuple):
    """What a carrier has handed over, the order it is of, and an earlier one that got the rest."""

    remittance: int
    order: int
    earlier: int


@pytest.fixture
def paid(host: Host, company: CurrentCompany, make: Any) -> Paid:
    """A hundred handed over: sixty of them pay the order, the rest an earlier one."""
    with host.unit_of_work(company=company.code, by="admin"):
        said = {"customer_id": make.customer().id, "product_id": make.stock("5").product_id}
        earlier, order = (ordered(price, **said).id for price in ("100", "60"))
    with host.unit_of_work(company=company.code, by="admin"):
        remittance = handed_over(make, session().scalars(request_from(order)).one()).id
    with host.unit_of_work(company=company.code, by="admin") as unit:
        receipt = session().scalars(select(Receipt)).one()
        other = session().get_one(Order, earlier)
        allocate_receipt(receipt, by=unit.user, at=NOW, order=other, amount=Decimal(40))
    return Paid(remittance, order, earlier)


def ordered(price: str, *, customer_id: int, product_id: int) -> Order:
    line = {"product_id": product_id, "quantity": "1", "unit_price": price, "tax_rate": "0"}
    said = {"customer_id": customer_id, "payment_method": "cash_on_delivery", "lines": [line]}
    order: Order = create_record(Orders, said | DELIVERY, by=current().user)
    confirm_order(order, by=current().user)
    return order


def handed_over(make: Any, request: Any) -> Remittance:
    carrier = make.carrier()
    record_collection(make.cash(carrier, "100", request=request), by=None, on=DAY)
    session().flush()
    said = {"carrier_id": carrier.id, "received_on": f"{DAY}", "lines": []}
    remittance: Remittance = create_record(Remittances, said, by=None)
    post_remittance(remittance, by=None, at=NOW)
    return remittance


def reverse(ident: int) -> None:
    remittance = session().get_one(Remittance, ident)
    reverse_remittance(remittance, by=None, on=DAY, at=NOW, reason="Paid to somebody else")


def test_what_has_paid_orders_is_not_reversed_while_sales_is_off(
    host: Host, company: CurrentCompany, paid: Paid
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        unit.on -= {"sales"}
        with pytest.raises(ReceiptsStay):
            reverse(paid.remittance)

        assert session().get_one(Remittance, paid.remittance).state is RemittanceState.POSTED


def test_a_reversal_waits_for_who_works_on_orders_its_money_went_to(
    host: Host, company: CurrentCompany, paid: Paid
) -> None:
    held = Event()

    def work_on_both() -> None:
        with host.unit_of_work(company=company.code, by="admin"):
            lock_order(session().get_one(Order, paid.earlier))
            held.set()
            sleep(A_MOMENT)
            lock_order(session().get_one(Order, paid.order))

    def take_back() -> None:
        held.wait(timeout=20)
        with host.unit_of_work(company=company.code, by="admin"):
            reverse(paid.remittance)

    with ThreadPoolExecutor(max_workers=2) as people:
        for done in [people.submit(work_on_both), people.submit(take_back)]:
            done.result()

    with host.unit_of_work(company=company.code):
        owed = [session().get_one(Order, one).due for one in (paid.order, paid.earlier)]
        states = session().scalars(select(Receipt.state)).all()
        assert (owed, states) == ([60, 100], [ReceiptState.REVERSED])
