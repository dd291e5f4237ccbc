"""Carriers hand over what they collected: drawn up line by line, posted once, reversed once."""

from datetime import date, datetime
from decimal import Decimal

from bumen import User, ask, next_number, publish, session
from bumen_logistics.errors.cash import (
    CashOfAnotherCarrier,
    CashStandsTwice,
    DifferenceIsUnexplained,
    ReceiptsStay,
    ReceivedInFuture,
    RemittanceHasChanged,
    RemittanceIsEmpty,
    RemittedBeyond,
    SumIsUnexplained,
)
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.events import CashRemitted, CashTakenBack
from bumen_logistics.hooks import logistics_takes_back
from bumen_logistics.models.cash import cash_to_lock, cash_with, handed_over, taken_back
from bumen_logistics.models.remittances import (
    Remittance,
    RemittanceLine,
    RemittanceState,
    remittance_to_lock,
)
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.services.changes import fill
from bumen_logistics.services.settling import (
    lock_shipments,
    settle_what_is_paid,
    take_up_what_is_owed,
)

NUMBERED = "logistics.remittance"
_NOTHING = Decimal(0)


def draft_remittance(remittance: Remittance, *, by: User | None, on: date) -> None:
    """Begin a remittance; without lines it is of all that the carrier still has.

    Refuses what `revise_remittance` refuses.
    """
    fill(remittance, "received_on", on)
    if not remittance.lines:
        with session().no_autoflush:
            open_ = session().scalars(cash_with(_carrier_of(remittance))).all()
        remittance.lines = [
            RemittanceLine(cod=cash, amount=cash.outstanding, position=place)
            for place, cash in enumerate(open_)
        ]
    revise_remittance(remittance, by=by, on=on)
    remittance.number = next_number(kind=NUMBERED, on=remittance.received_on)


def revise_remittance(remittance: Remittance, *, by: User | None, on: date) -> None:
    """Add a draft up anew after it was changed.

    Refuses a day after `on`, money twice, of another carrier, and more than is outstanding.
    """
    fill(remittance, "received_on", on)
    if remittance.received_on > on:
        raise ReceivedInFuture
    _refuse_wrong_lines(remittance)
    remittance.total = sum((line.amount for line in remittance.lines), _NOTHING)
    fill(remittance, "received", remittance.total)
    remittance.difference = remittance.received - remittance.total


def post_remittance(remittance: Remittance, *, by: User | None, at: datetime) -> None:
    """Let money count as handed over: all lines, once, and never more than was collected.

    Shipments of which nothing is missing any more are settled. Refuses a remittance without
    lines, one that does not explain its differences, and one just corrected. Source: E2.6.
    """
    seen, shipments = remittance.version, _lock_with_shipments(remittance)
    if remittance.state is RemittanceState.DRAFT:
        if remittance.version != seen:
            raise RemittanceHasChanged(remittance)
        _refuse_unexplained(remittance)
    remittance.move("post", by=by)
    for place, line in enumerate(remittance.lines):
        _hand_over(line, remittance.received_on, place=place)
    settle_what_is_paid(shipments)


def reverse_remittance(
    remittance: Remittance, *, by: User | None, on: date, at: datetime, reason: str
) -> None:
    """Take back a remittance that was wrong: its money is with the carrier again; both stay.

    Shipments it had settled wait for their money once more. Refuses without a reason, what is not
    posted or was reversed before, and receipts that nobody would take back. Source: E2.6.
    """
    if not reason.strip():
        raise ReasonIsMissing
    _refuse_unless_receipts_follow(remittance)
    shipments = _lock_with_shipments(remittance)
    remittance.move("reverse", by=by)
    remittance.reversed_on, remittance.reversal_reason = on, reason.strip()
    for line in remittance.lines:
        _take_back(line)
    take_up_what_is_owed(shipments)


def _refuse_unless_receipts_follow(remittance: Remittance) -> None:
    """Refuse to leave receipts behind that sales has made, and does not take back."""
    has_receipts = any(line.receipt_id is not None for line in remittance.lines)
    if has_receipts and not any(ask(logistics_takes_back, remittance=remittance)):
        raise ReceiptsStay(remittance)


def _lock_with_shipments(remittance: Remittance) -> list[Shipment]:
    """Lock the shipments of a remittance, their money, then it; all are read again."""
    shipments = [line.cod.shipment for line in remittance.lines]
    lock_shipments(shipments)
    session().scalars(cash_to_lock(line.cod_id for line in remittance.lines)).all()
    session().scalars(remittance_to_lock(remittance.id)).one()
    return shipments


def _take_back(line: RemittanceLine) -> None:
    cash = line.cod
    session().flush()
    session().execute(taken_back(cash, line.amount))
    session().refresh(cash)
    if not cash.remitted:
        cash.remitted_on = None
    cash.move("take_back", by=None)
    publish(CashTakenBack(cash.id, line.remittance_id, line.id))


def _hand_over(line: RemittanceLine, day: date, *, place: int) -> None:
    cash = line.cod
    session().flush()
    changed = session().execute(handed_over(cash, line.amount))
    session().refresh(cash)
    if not changed.rowcount:  # type: ignore[attr-defined]  # of an UPDATE
        raise RemittedBeyond(line, place=place, outstanding=cash.outstanding)
    cash.remitted_on = day
    if cash.remitted == cash.due:
        cash.move("remit", by=None)
    publish(CashRemitted(cash.id, line.remittance_id, line.id))


def _refuse_wrong_lines(remittance: Remittance) -> None:
    seen, carrier_id = set(), _carrier_of(remittance)
    for place, line in enumerate(remittance.lines):
        if line.cod.id in seen:
            raise CashStandsTwice(line, place=place)
        seen.add(line.cod.id)
        if line.cod.carrier_id != carrier_id:
            raise CashOfAnotherCarrier(line, place=place)
        if line.amount > (left := line.cod.due - line.cod.remitted):
            raise RemittedBeyond(line, place=place, outstanding=left)


def _refuse_unexplained(remittance: Remittance) -> None:
    if not remittance.lines:
        raise RemittanceIsEmpty(remittance)
    bare = [
        place
        for place, line in enumerate(remittance.lines)
        if line.amount < line.cod.outstanding and not (line.difference_reason or "").strip()
    ]
    if bare:
        raise DifferenceIsUnexplained(bare)
    if remittance.difference and not (remittance.explanation or "").strip():
        raise SumIsUnexplained


def _carrier_of(remittance: Remittance) -> int | None:
    return remittance.carrier.id if remittance.carrier is not None else None
