"""Statements of account: worked out, sent, confirmed or disputed by the customer."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from bumen import User, next_number, session
from bumen_base.models import Customer
from bumen_sales.errors.reasons import ReasonIsMissing
from bumen_sales.errors.statements import (
    ContactIsAnotherCustomers,
    StatementEndsBeforeItBegins,
    StatementOfDaysToCome,
)
from bumen_sales.models.statements import (
    EntryKind,
    Statement,
    StatementLine,
    charged_before,
    charged_orders,
    receipts_between,
    received_before,
)
from bumen_sales.services.days import day_of, midnight, month_before
from bumen_sales.services.filling import fill

NUMBERED = "sales.statement"
_ORDER = (EntryKind.ORDER, EntryKind.RECEIPT, EntryKind.REVERSAL)


def draft_statement(statement: Statement, *, by: User | None, on: date) -> None:
    """Work out what a customer has bought and paid in some days; last month where none are named.

    Refuses days that end before they begin or after `on`, and another customer's contact.
    """
    _work_out(statement, on=on)
    statement.number = next_number(kind=NUMBERED, on=on)


def revise_statement(statement: Statement, *, by: User | None, on: date) -> None:
    """Work a draft out again; refuses what `draft_statement` refuses."""
    _work_out(statement, on=on)


def send_statement(statement: Statement, *, by: User | None, on: date) -> None:
    """Fix a statement as it goes to the customer: from now on nothing in it changes."""
    _work_out(statement, on=on)
    statement.move("send", by=by)


def confirm_statement(statement: Statement, *, by: User | None) -> None:
    """Write down that the customer agrees, at once or after a dispute."""
    statement.move("confirm", by=by)


def dispute_statement(statement: Statement, *, by: User | None, reason: str) -> None:
    """Write down that the customer does not agree: they are not reminded until that is settled."""
    if not reason.strip():
        raise ReasonIsMissing
    statement.move("dispute", by=by)
    statement.dispute_reason = reason.strip()


def make_statement(customer: Customer, *, first: date, last: date, on: date) -> Statement:
    """Return a new draft of a customer's statement of some days."""
    statement = Statement(customer=customer, begins_on=first, ends_on=last)
    draft_statement(statement, by=None, on=on)
    session().add(statement)
    return statement


def _work_out(statement: Statement, *, on: date) -> None:
    days = month_before(on)
    fill(statement, "begins_on", days.first)
    fill(statement, "ends_on", days.last)
    _refuse_wrong_days(statement, on=on)
    with session().no_autoflush:
        statement.opening = _opening(statement)
        lines = sorted(_entries(statement), key=lambda line: (line.on, _ORDER.index(line.kind)))
    _add_up(statement, lines)
    statement.lines[:] = lines


def _refuse_wrong_days(statement: Statement, *, on: date) -> None:
    if statement.ends_on < statement.begins_on:
        raise StatementEndsBeforeItBegins
    if statement.ends_on > on:
        raise StatementOfDaysToCome
    contact = statement.contact
    if contact is not None and contact.customer is not statement.customer:
        raise ContactIsAnotherCustomers(statement)


def _opening(statement: Statement) -> Decimal:
    customer, day = statement.customer, statement.begins_on
    charged = session().scalar(charged_before(customer, midnight(day)))
    received = session().scalar(received_before(customer, day))
    return (charged or Decimal(0)) - (received or Decimal(0))


def _entries(statement: Statement) -> Iterator[StatementLine]:
    """Yield what happened: orders, receipts, and receipts that were taken back."""
    customer, first, last = statement.customer, statement.begins_on, statement.ends_on
    times = {"since": midnight(first), "before": midnight(_after(last))}
    for at, number, reference, total in session().execute(charged_orders(customer, **times)):
        kind = EntryKind.ORDER
        yield StatementLine(
            on=day_of(at), kind=kind, document=number, reference=reference, debit=total
        )
    for receipt in session().scalars(receipts_between(customer, first=first, last=last)):
        said = {"document": receipt.number, "reference": receipt.reference}
        if first <= receipt.received_on <= last:
            kind, day = EntryKind.RECEIPT, receipt.received_on
            yield StatementLine(on=day, kind=kind, credit=receipt.amount, **said)
        if receipt.reversed_on is not None and first <= receipt.reversed_on <= last:
            kind, day = EntryKind.REVERSAL, receipt.reversed_on
            yield StatementLine(on=day, kind=kind, debit=receipt.amount, **said)


def _add_up(statement: Statement, lines: Iterable[StatementLine]) -> None:
    """Write the balance behind each line, and the sums into the statement."""
    balance, charged, credited = statement.opening, Decimal(0), Decimal(0)
    for position, line in enumerate(lines):
        line.position = position
        line.debit, line.credit = line.debit or Decimal(0), line.credit or Decimal(0)
        charged, credited = charged + line.debit, credited + line.credit
        balance = line.balance = balance + line.debit - line.credit
    statement.charged, statement.credited, statement.closing = charged, credited, balance


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
