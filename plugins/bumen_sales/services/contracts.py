"""Contracts: drawn up, reviewed, signed, followed up and ended."""

from datetime import date, timedelta
from decimal import Decimal

from bumen import Text, User, add_activity, has_files, next_number
from bumen_sales.errors import (
    ContractEndsBeforeItBegins,
    ContractIsNotOnFile,
    InstalmentsDoNotAddUp,
    PaymentIsNotAgreed,
    ReasonIsMissing,
    RecordIsOfAnotherCustomer,
    SignedInTheFuture,
)
from bumen_sales.models import Contract
from bumen_sales.services.filling import fill
from bumen_sales.services.opportunities import follow_offer
from bumen_sales.services.ownership import account_of, employee_of_user
from bumen_sales.texts import _

CONTRACTS = "sales.contract"
FOLLOW_UP: tuple[tuple[int, Text], ...] = (
    (7, _("Make sure that deliveries come on time.")),
    (30, _("Ask how satisfied they are with the service.")),
    (90, _("Talk about the next purchase.")),
)
"""What is done after a signature, so many days later. Source: A4.2.6."""


def draw_up_contract(contract: Contract, *, by: User | None, on: date) -> None:
    """Begin a contract; refuses what `revise_contract` refuses. Source: A4.2.5."""
    fill(contract, "begins_on", on)
    fill(contract, "ends_on", _a_year_after(contract.begins_on))
    customer = contract.customer
    contract.salesperson = contract.salesperson or customer.salesperson or employee_of_user(by)
    contract.region = contract.region or customer.region
    revise_contract(contract, by=by, on=on)
    contract.number = next_number(kind=CONTRACTS, on=on)


def revise_contract(contract: Contract, *, by: User | None, on: date) -> None:
    """Keep a changed draft; refuses an end before its beginning, and others' opportunities."""
    if contract.ends_on < contract.begins_on:
        raise ContractEndsBeforeItBegins
    opportunity, customer = contract.opportunity, contract.customer
    if opportunity is not None and opportunity.customer is not customer:
        raise RecordIsOfAnotherCustomer(opportunity, customer=customer, field="opportunity_id")


def submit_contract(contract: Contract, *, by: User | None) -> None:
    """Put a contract before everybody who reviews it; each says what they think.

    Refuses one that does not say how it is paid, and instalments that do not add up to its
    amount. Source: B9.3.
    """
    if not (contract.instalments or contract.payment_terms):
        raise PaymentIsNotAgreed
    whole = sum((one.amount for one in contract.instalments), Decimal(0))
    if contract.instalments and whole != contract.amount:
        raise InstalmentsDoNotAddUp(contract, whole=whole)
    contract.move("submit", by=by)


def sign_contract(contract: Contract, *, by: User | None, on: date, signed_on: date) -> None:
    """Write down that both sides have signed: its opportunity is won, and followed up from now on.

    Refuses a day to come, and a contract without the scanned file. Source: A4.2.5, A4.2.6.
    """
    if signed_on > on:
        raise SignedInTheFuture(signed_on)
    if not has_files(contract):
        raise ContractIsNotOnFile(contract)
    contract.move("sign", by=by)
    contract.signed_on = signed_on
    follow_offer(contract.opportunity, "win", on=on)
    user_id = account_of(contract.salesperson, else_of=by)
    if user_id is None or by is None:
        return
    for days, what in FOLLOW_UP:
        due_on = max(on, min(signed_on + timedelta(days=days), contract.ends_on))
        add_activity(contract, what=str(what), user_id=user_id, due_on=due_on, by=by)


def terminate_contract(contract: Contract, *, by: User | None, reason: str) -> None:
    """End a contract before its time; refuses to without a reason."""
    if not reason.strip():
        raise ReasonIsMissing
    contract.move("terminate", by=by)
    contract.termination_reason = reason.strip()


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
