"""Money of the demonstration: what was paid, what is overdue, who was asked, what was answered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, run_action, session, today
from bumen_base.models import PaymentMethod
from bumen_sales.models import FIRM, Order, OrderState, Receipt, Reminder, ReminderState, Statement
from bumen_sales.models.reminders import overdue_for
from bumen_sales.resources import Orders, Receipts, Reminders, Statements
from bumen_sales.services.collecting import note_due_day
from bumen_sales.services.days import month_before
from bumen_sales.services.receipts import post_receipt
from bumen_sales.services.reminders import write_reminders
from bumen_sales.services.statements import make_statement

PAID_AFTER = 120
"""Orders on account that are older than so many days are paid, but for one of three."""
SAID = {
    "zh_Hant": {
        "bounced": "支票退票，客戶改以匯款支付。",
        "answer": "會計出差，下週三匯款。",
        "dispute": "三月的一張訂單已退貨一箱，金額不符。",
        "debt": "客戶已停止營業，多次聯繫未果。",
        "note": "客戶預付下一批貨款。",
    },
    "zh_Hans": {
        "bounced": "支票被退票，客户改用转账付款。",
        "answer": "会计出差，下周三转账。",
        "dispute": "三月的一张订单已退回一箱，金额不符。",
        "debt": "客户已停止经营，多次联系无果。",
        "note": "客户预付下一批货款。",
    },
}
_MORNING = time(2, tzinfo=UTC)


def fill(company: CurrentCompany) -> None:
    """Let customers pay, late or in part; remind them, and state their accounts."""
    said = SAID.get(company.locale, SAID["zh_Hant"])
    firm = select(Order).where(Order.state.in_(FIRM)).order_by(Order.id)
    orders = session().scalars(firm).all()
    for order in orders:
        note_due_day(order, on=order.ordered_on)
    session().flush()
    _pay_on_account([one for one in orders if one.payment_method is PaymentMethod.ON_ACCOUNT])
    _pay_otherwise(orders, said)
    _remind(said)
    _state_accounts(orders, said)


def receive(order: Order, on: date, amount: Decimal | None = None, **more: Any) -> Receipt:
    """Return the posted receipt of what an order's customer paid on a day, all that is due."""
    much = amount or order.due
    said = {
        "customer_id": order.customer_id,
        "received_on": min(on, today()),
        "amount": much,
        "reference": f"{on:%y%m%d}{order.id:04}",
        "lines": [{"order_id": order.id, "amount": much}],
    }
    receipt: Receipt = create_record(Receipts, said | more, by=current().user)
    post_receipt(receipt, by=current().user, at=datetime.combine(receipt.received_on, _MORNING))
    return receipt


def _pay_on_account(orders: Sequence[Order]) -> None:
    """Let what is old be paid, of one order in three a part only."""
    for number, order in enumerate(orders):
        age = (today() - order.ordered_on).days
        if order.state is OrderState.DELIVERED and order.due > 0 and age > PAID_AFTER:
            part = Decimal(round(order.due / 2)) if number % 3 == 0 else None
            receive(order, (order.due_on or order.ordered_on) + timedelta(days=5), part)


def _pay_otherwise(orders: Sequence[Order], said: dict[str, str]) -> None:
    """Bring in what else there is: an advance, a cheque that bounced, a draft to be looked at."""
    by, open_now = current().user, [one for one in orders if one.due > 0]
    if len(open_now) < 3:
        return
    first, second, third = open_now[-3:]
    receive(first, today() - timedelta(days=6), first.due, lines=[], note=said["note"])
    cheque = receive(second, today() - timedelta(days=12), method="cheque")
    why = {"reason": said["bounced"]}
    run_action(Receipts, cheque, "reverse", why, by=by, version=cheque.version)
    draft = {"customer_id": third.customer_id, "amount": third.due}
    made = create_record(Receipts, draft, by=by)
    run_action(Receipts, made, "spread", {}, by=by, version=made.version)


def _remind(said: dict[str, str]) -> None:
    """Remind of what is overdue; one customer answers, one debt is given up."""
    by, day = current().user, today()
    overdue = session().scalars(overdue_for(day, after=0, most=100)).all()
    write_reminders(overdue, by=None, on=day, at=datetime.combine(day, _MORNING))
    waiting = select(Reminder).where(Reminder.state == ReminderState.WRITTEN).order_by(Reminder.id)
    reminder = session().scalars(waiting.limit(1)).first()
    if reminder is not None:
        answer = {"answer": said["answer"], "promised_on": day + timedelta(days=7)}
        run_action(Reminders, reminder, "record_answer", answer, by=by, version=reminder.version)
    if len(overdue) > 1:
        worst = min(overdue[1:], key=lambda one: one.due_on or day)
        run_action(
            Orders, worst, "mark_bad_debt", {"reason": said["debt"]}, by=by, version=worst.version
        )


def _state_accounts(orders: Sequence[Order], said: dict[str, str]) -> None:
    """State accounts of the last two months: a draft, one sent, one confirmed, one disputed."""
    last = month_before(today())
    first = month_before(last.first).first
    recent = sorted((one for one in orders if one.released_at), key=lambda one: one.ordered_on)
    customers = list(dict.fromkeys(one.customer for one in reversed(recent)))[:4]
    steps: tuple[tuple[str, ...], ...] = ((), ("send",), ("send", "confirm"), ("send", "dispute"))
    for customer, taken in zip(customers, steps, strict=False):
        statement = make_statement(customer, first=first, last=last.last, on=today())
        session().flush()
        for name in taken:
            _take(statement, name, {"reason": said["dispute"]} if name == "dispute" else {})


def _take(statement: Statement, name: str, said: dict[str, str]) -> None:
    run_action(Statements, statement, name, said, by=current().user, version=statement.version)
