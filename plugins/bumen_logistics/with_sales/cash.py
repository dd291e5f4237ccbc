"""Cash on delivery where sales is on: what carriers hand over pays the orders it is of."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from bumen import current, hookimpl, session, within
from bumen_logistics.events import CashRemitted, CashTakenBack
from bumen_logistics.models import Remittance, RemittanceLine
from bumen_logistics.models.cash import collected_at_the_door
from bumen_sales.models import Order, Receipt, ReceiptState
from bumen_sales.services import lock_with_receipts, receive_collected, reverse_receipt


@hookimpl
def sales_collected_at_the_door(orders: Sequence[Order]) -> Mapping[int, Decimal]:
    """Say what carriers have of these orders: their customers have paid it."""
    found = session().execute(collected_at_the_door(order.id for order in orders))
    return {source_id: amount for source_id, amount in found if source_id is not None}


@hookimpl
def logistics_takes_back(remittance: Remittance) -> bool:
    """Promise to reverse the receipts; the orders they pay by now are locked before all else.

    Nothing is promised while sales is off.
    """
    if "sales" not in current().on:
        return False
    orders = [line.cod.source_id for line in remittance.lines if line.cod.source_id is not None]
    lock_with_receipts(orders, [line.receipt_id for line in remittance.lines if line.receipt_id])
    return True


def pay_order(event: CashRemitted) -> None:
    """Make a receipt of what was handed over of an order's money. Source: E2.6."""
    line = session().get_one(RemittanceLine, event.line_id)
    if line.cod.source_id is None or "sales" not in current().on:
        return
    remittance = line.remittance
    receipt = receive_collected(
        session().get_one(Order, line.cod.source_id),
        line.amount,
        received_on=remittance.received_on,
        reference=remittance.reference or remittance.number,
        by=current().user,
        at=datetime.now(UTC),
    )
    line.receipt_id = receipt.id


def owe_order_again(event: CashTakenBack) -> None:
    """Reverse the receipt of what was not handed over after all, unless sales has done so."""
    line = session().get_one(RemittanceLine, event.line_id)
    if line.receipt_id is None or "sales" not in current().on:
        return
    receipt, remittance = session().get_one(Receipt, line.receipt_id), line.remittance
    if receipt.state is not ReceiptState.POSTED:
        return
    reverse_receipt(
        receipt,
        by=current().user,
        on=remittance.reversed_on or remittance.received_on,
        at=datetime.now(UTC),
        reason=remittance.reversal_reason or remittance.number,
    )


HEARD = (within(CashRemitted, pay_order), within(CashTakenBack, owe_order_again))
