"""What must always hold of money: asked by `bumen check`, of all companies at once."""

from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from bumen import Check
from bumen_sales.models import Allocation, Order, Receipt, ReceiptState

_COUNTS = and_(Receipt.state == ReceiptState.POSTED, Allocation.taken_off_on.is_(None))
"""What is true of a receipt and one of its lines while the line pays an order."""


def _wrongly_paid() -> Select[Any]:
    """Select the orders that are paid otherwise than by what is allocated to them."""
    allocated = (
        select(func.coalesce(func.sum(case((_COUNTS, Allocation.amount))), 0))
        .select_from(Allocation)
        .join(
            Receipt,
            and_(Receipt.company_id == Allocation.company_id, Receipt.id == Allocation.receipt_id),
        )
        .where(Allocation.company_id == Order.company_id, Allocation.order_id == Order.id)
    )
    return select(Order.id).where(Order.paid != allocated.scalar_subquery())


def _wrongly_left() -> Select[Any]:
    """Select the receipts of which something else is left than their lines leave."""
    allocated = (
        select(func.coalesce(func.sum(Allocation.amount), 0))
        .where(
            Allocation.company_id == Receipt.company_id,
            Allocation.receipt_id == Receipt.id,
            Allocation.taken_off_on.is_(None),
        )
        .scalar_subquery()
    )
    wrong = Receipt.unallocated != Receipt.amount - allocated
    gone = Receipt.state == ReceiptState.REVERSED
    return select(Receipt.id).where(or_(and_(~gone, wrong), and_(gone, Receipt.unallocated != 0)))


CHECKS = (
    Check(
        table="sales_order",
        sentence="An order is paid by what posted receipts have allocated to it.",
        broken=_wrongly_paid(),
    ),
    Check(
        table="sales_receipt",
        sentence="Of a receipt is left what its lines leave, and nothing once it is reversed.",
        broken=_wrongly_left(),
    ),
)
