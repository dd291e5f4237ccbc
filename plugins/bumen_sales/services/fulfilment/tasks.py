"""The three tasks of an order: goods ready, payment in, vehicle found; and what is said of them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from bumen import NoticeKind, Text, User, ask, holders, session, tell
from bumen_base.models import PaymentMethod
from bumen_sales.errors import (
    GoodsAreNotPaid,
    OrderIsNotOnItsWay,
    ProgressIsEmpty,
    PromisedInThePast,
)
from bumen_sales.hooks import sales_finds_vehicle
from bumen_sales.models import (
    OPEN,
    UNDELIVERED,
    Order,
    OrderState,
    OrderTask,
    ProgressEntry,
    TaskKind,
    TaskState,
    WaitsFor,
    task_of,
    tasks_of,
)
from bumen_sales.services.locking import lock_order
from bumen_sales.texts import _

TOLD: dict[TaskKind, tuple[tuple[str, ...], Text]] = {
    TaskKind.GOODS: (
        ("sales.workshop",),
        _("Please prepare the goods of this order."),
    ),
    TaskKind.PAYMENT: (
        ("sales.finance",),
        _("Please say when the money for this order is in."),
    ),
    TaskKind.VEHICLE: (
        ("sales.service_manager",),
        _("Please find a vehicle for this order."),
    ),
}
"""Which roles are told when a task begins, and what."""
_AN_HOUR = Decimal(3600)
_KEPT = Decimal("0.001")


def begin_tasks(order: Order, *, by: User | None) -> None:
    """Begin the three tasks of an order at the same moment, and tell the three departments.

    Of an order that nothing is to be paid of beforehand, payment is no longer waited for.
    """
    for kind, (roles, said) in TOLD.items():
        is_done = kind is TaskKind.PAYMENT and is_payment_in(order)
        state = TaskState.DONE if is_done else TaskState.OPEN
        session().add(OrderTask(order=order, kind=kind, state=state))
        if not is_done and not _is_told_elsewhere(order, kind):
            told = {one for role in roles for one in holders(role)}
            tell(told - {by.id if by else None}, kind=NoticeKind.NEWS, record=order, text=said)
    order.waits_for = WaitsFor.of(goods=True, payment=not is_payment_in(order))
    session().flush()


def drop_tasks(order: Order) -> None:
    """End what is still open of an order that is given up."""
    for task in session().scalars(tasks_of(order)):
        if task.state is TaskState.OPEN:
            task.state = TaskState.DROPPED
    order.waits_for = None


def is_payment_in(order: Order) -> bool:
    """Whether goods may leave as far as money goes; prepaid orders are paid in full first."""
    return order.payment_method is not PaymentMethod.PREPAID or order.due == 0


def refuse_unpaid_goods(order: Order) -> None:
    """Refuse to let goods leave before they are paid, as after a prepaid order has grown."""
    if not is_payment_in(order):
        raise GoodsAreNotPaid(order)


def goods_are_ready(
    order: Order, *, by: User | None, at: datetime, note: str | None = None
) -> None:
    """Finish the task of the workshop; once more changes nothing. Source: E2.2, A4.3.3."""
    _finish(order, TaskKind.GOODS, by=by, at=at, note=note)


def goods_are_not_ready(order: Order, *, by: User | None, at: datetime) -> None:
    """Take up the task of the workshop again, as when what was ready is needed elsewhere."""
    _take_up_again(order, TaskKind.GOODS)


def vehicle_is_found(
    order: Order, *, by: User | None, at: datetime, note: str | None = None
) -> None:
    """Finish the task of logistics; once more changes nothing."""
    _finish(order, TaskKind.VEHICLE, by=by, at=at, note=note)


def vehicle_is_lost(order: Order, *, by: User | None, at: datetime) -> None:
    """Take up the search for a vehicle again."""
    _take_up_again(order, TaskKind.VEHICLE)


def report_progress(
    order: Order, what: str, *, by: User | None, at: datetime, promised_on: date | None = None
) -> None:
    """Write down how an order stands; a new day for the goods may come with it. Source: A4.3.3."""
    if not what.strip():
        raise ProgressIsEmpty
    if order.state not in OPEN:
        raise OrderIsNotOnItsWay(order)
    session().add(ProgressEntry(order=order, what=what.strip(), by=by, at=at))
    if promised_on is not None:
        promise_goods(order, promised_on, by=by, why=what.strip())


def promise_goods(order: Order, promised_on: date, *, by: User | None, why: str) -> None:
    """Promise the goods for a day, and tell whoever sells them and whoever is in charge."""
    if promised_on < order.ordered_on:
        raise PromisedInThePast
    task = _task(order, TaskKind.GOODS)
    task.promised_on, task.note = promised_on, why
    said = _("The goods are promised for %(day)s: %(why)s", day=promised_on.isoformat(), why=why)
    tell(people_of(order), kind=NoticeKind.NEWS, record=order, text=said)


def answer_payment(order: Order, *, by: User, at: datetime, note: str) -> None:
    """Answer whether the money has come, before it has; the first answer counts. Source: E5.3."""
    lock_order(order)
    if not note.strip():
        raise ProgressIsEmpty
    task = _task(order, TaskKind.PAYMENT)
    _answer(task, at=at)
    task.note = note.strip()
    tell(people_of(order), kind=NoticeKind.NEWS, record=order, text=_said_of_payment(task.note))


def people_of(order: Order) -> set[int]:
    """Return who sells an order and who is in charge of it, as far as they sign in."""
    whose = (order.salesperson, order.in_charge)
    return {one.user_id for one in whose if one is not None and one.user_id is not None}


def settle_payment(order: Order, *, by: User | None, at: datetime) -> None:
    """Finish or take up again what finance waits for, as the order is paid now."""
    task = _task(order, TaskKind.PAYMENT)
    if is_payment_in(order):
        finish(task, by=by, at=at)
    else:
        _open(task)
    _note_waiting(order)


def finish(task: OrderTask, *, by: User | None, at: datetime, note: str | None = None) -> None:
    """Write down that a task is done; what is done stays as it is."""
    if task.state is not TaskState.OPEN:
        return
    _answer(task, at=at)
    task.state, task.done_at, task.done_by = TaskState.DONE, at, by
    task.hours_done = _hours(task, at)
    task.note = (note or "").strip() or task.note


def _is_told_elsewhere(order: Order, kind: TaskKind) -> bool:
    return kind is TaskKind.VEHICLE and any(ask(sales_finds_vehicle, order=order))


def _said_of_payment(note: str) -> Text:
    return _("Finance on the money for this order: %(note)s", note=note)


def _finish(
    order: Order, kind: TaskKind, *, by: User | None, at: datetime, note: str | None
) -> None:
    lock_order(order)
    if order.state not in UNDELIVERED:
        raise OrderIsNotOnItsWay(order)
    finish(_task(order, kind), by=by, at=at, note=note)
    _note_waiting(order)


def _take_up_again(order: Order, kind: TaskKind) -> None:
    lock_order(order)
    if order.state not in UNDELIVERED:
        raise OrderIsNotOnItsWay(order)
    _open(_task(order, kind))
    _note_waiting(order)


def _note_waiting(order: Order) -> None:
    """Write down what a confirmed order waits for; nobody's change of the order is late for it."""
    open_ = {one.kind for one in session().scalars(tasks_of(order)) if one.state is TaskState.OPEN}
    goods, payment = TaskKind.GOODS in open_, TaskKind.PAYMENT in open_
    is_waiting = order.state is OrderState.CONFIRMED
    waits_for = WaitsFor.of(goods=goods, payment=payment) if is_waiting else None
    if order.waits_for is not waits_for:
        noted = update(Order).where(Order.id == order.id).values(waits_for=waits_for)
        session().execute(noted.execution_options(synchronize_session=False))
        set_committed_value(order, "waits_for", waits_for)


def _open(task: OrderTask) -> None:
    task.state, task.done_at, task.done_by, task.hours_done = TaskState.OPEN, None, None, None


def _answer(task: OrderTask, *, at: datetime) -> None:
    if task.answered_at is None:
        task.answered_at, task.hours = at, _hours(task, at)


def _hours(task: OrderTask, at: datetime) -> Decimal:
    seconds = max(Decimal(str((at - task.begun_at).total_seconds())), Decimal(0))
    return (seconds / _AN_HOUR).quantize(_KEPT)


def _task(order: Order, kind: TaskKind) -> OrderTask:
    found = session().scalars(task_of(order, kind)).one_or_none()
    if found is None:
        raise OrderIsNotOnItsWay(order)
    return found
