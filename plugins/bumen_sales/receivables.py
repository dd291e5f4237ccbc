"""What follows from orders for the money that is owed, and how its documents are numbered."""

from bumen import CurrentCompany, Numbering, Text, current, hookimpl, session, today, within
from bumen_sales.events import (
    OrderCancelled,
    OrderChanged,
    OrderConfirmed,
    OrderDelivered,
    ReceiptPosted,
)
from bumen_sales.models import Order, Receipt, Reminder, Statement
from bumen_sales.models.reminders import unmade
from bumen_sales.services import receipts, reminders, statements
from bumen_sales.services.collecting import free_what_was_paid, note_due_day
from bumen_sales.texts import _

PAID = _("It is paid by now.")
CANCELLED = _("The order was cancelled.")

NUMBERS = (
    Numbering(
        receipts.NUMBERED,
        _("Receipts"),
        pattern="RC-{YYYY}-{00000}",
        gapless=True,
        model=Receipt,
    ),
    Numbering(
        statements.NUMBERED,
        _("Statements of account"),
        pattern="ST-{YYYY}-{00000}",
        gapless=True,
        model=Statement,
    ),
    Numbering(
        reminders.NUMBERED,
        _("Reminders"),
        pattern="RM-{YYYY}-{00000}",
        gapless=True,
        model=Reminder,
    ),
)


@hookimpl
def bumen_seed_company(company: CurrentCompany) -> None:
    """Give a company that begins to sell levels of reminders, in its language."""
    reminders.begin_with_usual_levels(company.locale)


def note_when_due(event: OrderConfirmed | OrderChanged | OrderDelivered) -> None:
    """Write down from when on an order is due: it depends on how it is paid and on its arrival."""
    note_due_day(session().get_one(Order, event.order_id), on=today())


def free_payments(event: OrderCancelled) -> None:
    """Make advances of what was paid for an order that is not delivered after all."""
    order = session().get_one(Order, event.order_id)
    free_what_was_paid(order, by=current().user, on=today(), reason=_said(CANCELLED))
    note_due_day(order, on=today())
    _drop_unmade(order, _said(CANCELLED))


def drop_needless_reminders(event: ReceiptPosted) -> None:
    """Drop reminders nobody has made yet of orders that are paid by now."""
    for line in session().get_one(Receipt, event.receipt_id).lines:
        if line.order.due == 0:
            _drop_unmade(line.order, _said(PAID))


def _drop_unmade(order: Order, reason: str) -> None:
    for reminder in session().scalars(unmade(order)).all():
        reminders.drop_reminder(reminder, by=None, reason=reason)


def _said(text: Text) -> str:
    company = current().company
    return text.in_language(company.locale if company else "en")


SUBSCRIPTIONS = (
    within(OrderConfirmed, note_when_due),
    within(OrderChanged, note_when_due),
    within(OrderDelivered, note_when_due),
    within(OrderCancelled, free_payments),
    within(ReceiptPosted, drop_needless_reminders),
)
