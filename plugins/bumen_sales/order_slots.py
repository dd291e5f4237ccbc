"""What the page of an order says while its goods are in the house: who is waited for, what next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bumen import Slot, Text, ask, session
from bumen_sales.hooks import sales_finds_vehicle
from bumen_sales.models import (
    Order,
    OrderState,
    OrderTask,
    TaskKind,
    TaskState,
    WaitsFor,
    tasks_of,
)
from bumen_sales.resources import OrderTasks
from bumen_sales.texts import _

_IN_THE_HOUSE = frozenset({OrderState.CONFIRMED, OrderState.RELEASED})
_WAITS = {
    TaskKind.GOODS: _("Waits for the workshop"),
    TaskKind.PAYMENT: _("Waits for finance"),
    TaskKind.VEHICLE: _("Waits for the service manager"),
}
_WAITS_FOR_LOGISTICS = _("Waits for logistics")


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task is one of the three of an order, with whom it waits for while it is open."""

    kind: TaskKind
    state: TaskState
    said: Text | None
    promised_on: date | None


def tasks_now(record: Order) -> Mapping[str, Any] | None:
    """Tell whom the goods of an order wait for; None before it is promised and once they left."""
    if record.state not in _IN_THE_HOUSE:
        return None
    tasks = [_told(record, one) for one in session().scalars(tasks_of(record))]
    return {"tasks": tasks, "following": _following(record)}


def _told(order: Order, task: OrderTask) -> Task:
    is_open = task.state is TaskState.OPEN
    return Task(
        kind=task.kind,
        state=task.state,
        said=_of_whom(order, task.kind) if is_open else None,
        promised_on=task.promised_on if is_open else None,
    )


def _of_whom(order: Order, kind: TaskKind) -> Text:
    if kind is TaskKind.VEHICLE and any(ask(sales_finds_vehicle, order=order)):
        return _WAITS_FOR_LOGISTICS
    return _WAITS[kind]


def _following(order: Order) -> Text | None:
    """Say what comes next; nothing while that is what the tasks say."""
    if order.state is OrderState.RELEASED:
        return _("The goods leave with slip %(slip)s.", slip=order.slip_number)
    if order.waits_for is WaitsFor.SLIP:
        return _("The service manager issues the sales slip.")
    return None


SHOWN = (
    Slot(
        "record.top:sales.orders",
        title=_("What is waited for"),
        template="sales/tasks.html",
        values=tasks_now,
        permission=OrderTasks.permission(),
        shows=("kind", "state", "promised_on"),
    ),
)
