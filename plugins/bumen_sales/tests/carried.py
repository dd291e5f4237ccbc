"""What tests of orders on their way begin with, and ask."""

from datetime import UTC, datetime
from decimal import Decimal

from bumen import session
from bumen_base.models import PaymentMethod
from bumen_sales.models import (
    Order,
    TaskKind,
    TaskState,
    tasks_of,
)
from bumen_sales.services import (
    payment_changed,
)

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
COD = PaymentMethod.CASH_ON_DELIVERY


def pay(order: Order) -> None:
    order.paid, order.due = order.total, Decimal(0)
    session().flush()
    payment_changed(order, by=None, at=NOW)


def states(order: Order) -> dict[TaskKind, TaskState]:
    return {task.kind: task.state for task in session().scalars(tasks_of(order))}


def everything(order: Order) -> dict[int, Decimal]:
    return {line.id: line.quantity for line in order.lines}
