"""Reminders: written for what is overdue once a level, made, answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bumen import (
    Text,
    User,
    current,
    is_address,
    next_number,
    send_mail,
    sends_mail,
    session,
)
from bumen_sales.errors.reasons import ReasonIsMissing
from bumen_sales.errors.statements import (
    AnswerIsMissing,
    LevelHasUnknownWords,
    LevelIsInUse,
    PaymentPromisedInThePast,
)
from bumen_sales.models import Order
from bumen_sales.models.reminders import (
    Reminder,
    ReminderChannel,
    ReminderLevel,
    ReminderState,
    any_at_level,
    highest_levels,
    levels,
)
from bumen_sales.services.collecting import collected_at_the_door
from bumen_sales.texts import _

NUMBERED = "sales.reminder"
WORDS = ("order", "amount", "due_on", "days", "customer")
"""What a level's text may hold in braces."""
_IN_BRACES = re.compile(r"{([^{}]*)}")


@dataclass(frozen=True, kw_only=True)
class Usual:
    """A usual level is what a company begins with, until it writes its own."""

    name: Text
    days: int
    channel: ReminderChannel
    subject: Text
    text: Text


USUAL = (
    Usual(
        name=_("Friendly reminder"),
        days=3,
        channel=ReminderChannel.MAIL,
        subject=_("Payment for order {order}"),
        text=_(
            "Dear {customer},\n\n{amount} for order {order} were due on {due_on}. Perhaps it was "
            "overlooked: please transfer the amount these days. If you have paid already, please "
            "take no notice of this mail."
        ),
    ),
    Usual(
        name=_("Call"),
        days=15,
        channel=ReminderChannel.PHONE,
        subject=_("Call about order {order}"),
        text=_(
            "{customer} owes {amount} for order {order} since {due_on}, {days} days. Ask why, and "
            "until when it will be paid."
        ),
    ),
    Usual(
        name=_("Letter"),
        days=30,
        channel=ReminderChannel.LETTER,
        subject=_("Overdue payment for order {order}"),
        text=_(
            "Dear {customer},\n\nin spite of our reminders {amount} for order {order} are unpaid, "
            "{days} days after the due date {due_on}. Please pay within seven days. Until then we "
            "deliver no further orders on account."
        ),
    ),
)


def begin_with_usual_levels(locale: str) -> None:
    """Give a new company levels to begin with, in its language."""
    for usual in USUAL:
        level = ReminderLevel(
            name=usual.name.in_language(locale),
            days_overdue=usual.days,
            channel=usual.channel,
            subject=usual.subject.in_language(locale),
            text=usual.text.in_language(locale),
        )
        session().add(level)


def save_level(level: ReminderLevel, *, by: User | None) -> None:
    """Keep how customers are reminded; refuses words in braces that nothing is known of."""
    for field in ("subject", "text"):
        for name in _IN_BRACES.findall(getattr(level, field)):
            if name not in WORDS:
                raise LevelHasUnknownWords(name, field=field)


def drop_level(level: ReminderLevel, *, by: User | None) -> None:
    """Let a level go that nobody was reminded at."""
    if session().scalar(any_at_level(level)) is not None:
        raise LevelIsInUse


def write_reminders(
    orders: Sequence[Order], *, by: User | None, on: date, at: datetime
) -> list[Reminder]:
    """Return new reminders of overdue orders: each at the highest level it has come to, once.

    What a carrier has collected at the door is not asked for. What goes by mail is sent where there
    is an address; the rest waits for somebody to make it. Source: E2.7, A4.3.5.
    """
    known = session().scalars(levels()).all()
    idents = [order.id for order in orders]
    reached: dict[int, int] = dict(session().execute(highest_levels(idents)).all())
    found = list(_asked_for(orders, known, reached, on=on))
    for reminder in found:
        reminder.number = next_number(kind=NUMBERED, on=on)
        session().add(reminder)
        _mail(reminder, by=by, at=at)
    session().flush()
    return found


def mark_made(reminder: Reminder, *, by: User | None) -> None:
    """Write down that somebody has called, or that the letter has left."""
    reminder.move("mark_made", by=by)


def record_answer(
    reminder: Reminder,
    *,
    by: User | None,
    on: date,
    answer: str,
    promised_on: date | None = None,
) -> None:
    """Write down what the customer answered, and until when they will pay: not reminded before.

    Refuses an empty answer and a promise for a day before `on`.
    """
    if not answer.strip():
        raise AnswerIsMissing
    if promised_on is not None and promised_on < on:
        raise PaymentPromisedInThePast(promised_on)
    reminder.move("record_answer", by=by)
    reminder.answer, reminder.promised_on = answer.strip(), promised_on


def drop_reminder(reminder: Reminder, *, by: User | None, reason: str) -> None:
    """Leave a reminder unmade, because it is paid by now or for another reason."""
    if not reason.strip():
        raise ReasonIsMissing
    reminder.move("drop", by=by)
    reminder.drop_reason = reason.strip()


def _asked_for(
    orders: Sequence[Order],
    known: Sequence[ReminderLevel],
    reached: Mapping[int, int],
    *,
    on: date,
) -> Iterator[Reminder]:
    """Yield a reminder of each order that has come to a higher level than it was reminded at."""
    door = collected_at_the_door(orders)
    for order in orders:
        days = (on - (order.due_on or on)).days
        level = next((one for one in known if one.days_overdue <= days), None)
        amount = order.due - door.get(order.id, Decimal(0))
        if level is not None and level.days_overdue > reached.get(order.id, 0) and amount > 0:
            yield _reminder(order, level, days=days, amount=amount, on=on)


def _reminder(
    order: Order, level: ReminderLevel, *, days: int, amount: Decimal, on: date
) -> Reminder:
    words = {
        "order": order.number,
        "amount": _money(amount),
        "due_on": f"{order.due_on}",
        "days": f"{days}",
        "customer": order.customer.name,
    }
    return Reminder(
        state=ReminderState.WRITTEN,
        customer=order.customer,
        order=order,
        level=level,
        channel=level.channel,
        written_on=on,
        due_on=order.due_on,
        days_overdue=days,
        amount=amount,
        subject=_filled_in(level.subject, words)[:300],
        text=_filled_in(level.text, words),
    )


def _mail(reminder: Reminder, *, by: User | None, at: datetime) -> None:
    """Send a reminder that goes by mail, where there is an address and a mail server."""
    contact = reminder.order.contact
    to = (contact.email if contact else None) or reminder.customer.email
    if reminder.channel is ReminderChannel.MAIL and to and is_address(to) and sends_mail():
        send_mail(to, subject=reminder.subject, text=reminder.text, by=by, at=at)
        reminder.address = to
        reminder.move("mark_made", by=None)


def _filled_in(text: str, words: Mapping[str, str]) -> str:
    return _IN_BRACES.sub(lambda found: words.get(found[1], found[0]), text)


def _money(amount: Decimal) -> str:
    company = current().company
    return f"{company.currency if company else ''} {amount:,.2f}".strip()
