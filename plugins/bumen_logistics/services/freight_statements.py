"""Freight is settled with carriers: their bill beside their rates, checked, approved, paid."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from bumen import User, next_number, publish, session
from bumen_logistics.errors.freight_statements import (
    BilledTwice,
    BillIsUnexplained,
    NoteIsMissing,
    PaidInFuture,
    PeriodEndsBeforeItBegins,
    ShipmentOfAnother,
    StatementIsEmpty,
)
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.events import FreightPaid
from bumen_logistics.models.freight_statements import (
    BILLED_IN,
    FreightLine,
    FreightStatement,
    shipments_to_bill,
    statement_to_lock,
)
from bumen_logistics.services.changes import fill
from bumen_logistics.services.settling import lock_shipments, settle_what_is_paid

NUMBERED = "logistics.freight_statement"
_NOTHING = Decimal(0)


def draft_freight_statement(statement: FreightStatement, *, by: User | None, on: date) -> None:
    """Begin a statement; without lines it is of all that the carrier took in the time. E3.7.

    Refuses a carrier without such shipments, and what `revise_freight_statement` refuses.
    """
    _refuse_wrong_period(statement)
    if not statement.lines:
        days = {"since": statement.from_day, "until": statement.until_day}
        with session().no_autoflush:
            found = session().scalars(shipments_to_bill(statement.carrier.id, **days)).all()
        statement.lines = [
            FreightLine(shipment=shipment, position=place) for place, shipment in enumerate(found)
        ]
    if not statement.lines:
        raise StatementIsEmpty
    revise_freight_statement(statement, by=by)
    statement.number = next_number(kind=NUMBERED, on=on)


def revise_freight_statement(statement: FreightStatement, *, by: User | None) -> None:
    """Compare each line with the carrier's rate anew, and add them up.

    Refuses shipments that are billed already.
    """
    _refuse_wrong_period(statement)
    _refuse_wrong_lines(statement)
    for line in statement.lines:
        line.reckoned = line.shipment.freight_estimated or _NOTHING
        fill(line, "billed", line.reckoned)
        line.difference = line.billed - line.reckoned
    statement.reckoned = sum((line.reckoned for line in statement.lines), _NOTHING)
    statement.billed = sum((line.billed for line in statement.lines), _NOTHING)
    statement.difference = statement.billed - statement.reckoned


def check_freight_statement(statement: FreightStatement, *, by: User | None) -> None:
    """Say that the carrier's bill agrees; each line billed otherwise says why. Source: E3.7.

    Refuses shipments of another carrier, and such as have not ended.
    """
    session().scalars(statement_to_lock(statement.id)).one()
    if not statement.lines:
        raise StatementIsEmpty
    _refuse_strange_shipments(statement)
    bare = [
        place
        for place, line in enumerate(statement.lines)
        if line.difference and not (line.difference_reason or "").strip()
    ]
    if bare:
        raise BillIsUnexplained(bare)
    statement.move("check", by=by)


def return_freight_statement(statement: FreightStatement, *, by: User | None, reason: str) -> None:
    """Give a statement back to be corrected; refuses without a reason."""
    if not reason.strip():
        raise ReasonIsMissing
    session().scalars(statement_to_lock(statement.id)).one()
    statement.move("return", by=by)
    statement.return_reason = reason.strip()


def approve_freight_statement(statement: FreightStatement, *, by: User | None) -> None:
    """Agree that the carrier is paid what it bills. Source: E3.7."""
    session().scalars(statement_to_lock(statement.id)).one()
    statement.move("approve", by=by)


def pay_freight_statement(
    statement: FreightStatement,
    *,
    by: User | None,
    on: date,
    note: str,
    paid_on: date | None = None,
) -> None:
    """Write down by hand that the carrier was paid, and how; its shipments are settled. E3.7.

    A shipment whose cash on delivery is still to come waits for that. Refuses without a note, and
    a day after `on`.
    """
    if not note.strip():
        raise NoteIsMissing
    if paid_on is not None and paid_on > on:
        raise PaidInFuture
    shipments = [line.shipment for line in statement.lines]
    lock_shipments(shipments)
    session().scalars(statement_to_lock(statement.id)).one()
    statement.move("pay", by=by)
    statement.payment_note, statement.paid_on = note.strip(), paid_on or on
    settle_what_is_paid(shipments)
    publish(FreightPaid(statement.id))


def _refuse_wrong_period(statement: FreightStatement) -> None:
    if statement.until_day < statement.from_day:
        raise PeriodEndsBeforeItBegins


def _refuse_wrong_lines(statement: FreightStatement) -> None:
    elsewhere = _billed_elsewhere(statement.lines, besides=statement.id)
    seen = set()
    for place, line in enumerate(statement.lines):
        shipment = line.shipment
        if shipment.id in elsewhere or shipment.id in seen:
            raise BilledTwice(line, place=place)
        seen.add(shipment.id)


def _refuse_strange_shipments(statement: FreightStatement) -> None:
    for place, line in enumerate(statement.lines):
        is_theirs = line.shipment.carrier_id == statement.carrier.id
        if not is_theirs or line.shipment.state not in BILLED_IN:
            raise ShipmentOfAnother(line, place=place)


def _billed_elsewhere(lines: Sequence[FreightLine], *, besides: int | None) -> set[int]:
    """Return which of the lines' shipments (ids) stand in another statement."""
    theirs = FreightLine.shipment_id.in_([line.shipment.id for line in lines])
    not_here = FreightLine.freight_statement_id != (besides or 0)
    others = select(FreightLine.shipment_id).where(theirs, not_here)
    with session().no_autoflush:
        return set(session().scalars(others))
