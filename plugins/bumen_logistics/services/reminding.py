"""Carriers are reminded of money they should have handed over."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from bumen import (
    NoticeKind,
    Text,
    current,
    holders,
    is_address,
    round_money,
    send_mail,
    sends_mail,
    tell,
)
from bumen_logistics.models.cash import CashOnDelivery
from bumen_logistics.texts import _

WHO_ASKS = "logistics.clerk"
"""The role of who asks carriers for money."""


def remind_of_cash(overdue: Sequence[CashOnDelivery], *, on: date, at: datetime) -> bool:
    """Ask one carrier for what it should have handed over; return whether it was written to.

    The clerks hear of it. A carrier without an address of mail is called by them. Source: E2.6.
    """
    first, carrier = overdue[0], overdue[0].carrier
    total = round_money(sum((one.due - one.remitted for one in overdue), Decimal(0)))
    said = _(
        "%(carrier)s should have handed over %(total)s of %(count)s shipments.",
        carrier=carrier.name if carrier else _("Our own transport"),
        total=total,
        count=len(overdue),
    )
    tell(holders(WHO_ASKS), kind=NoticeKind.LATE, record=first, text=said)
    for one in overdue:
        one.reminded_on = on
    if carrier is None or not sends_mail() or not is_address(carrier.email):
        return False
    subject = _spoken(_("Cash on delivery that is overdue"))
    send_mail(carrier.email or "", subject=subject, text=_letter(overdue), by=None, at=at)
    return True


def _letter(overdue: Sequence[CashOnDelivery]) -> str:
    """Write to a carrier, in the company's language, which money is missing."""
    company = current().company
    lines = [
        _spoken(
            _(
                "%(shipment)s, arrived on %(arrived)s, due on %(due)s: %(amount)s",
                shipment=one.shipment.number,
                arrived=one.arrived_on.isoformat(),
                due=one.due_on.isoformat(),
                amount=one.due - one.remitted,
            )
        )
        for one in overdue
    ]
    asked = _("Please hand over what you have collected for us at the door:")
    thanks = _("If you have done so meanwhile, please disregard this letter.")
    return "\n\n".join(
        [_spoken(asked), "\n".join(lines), _spoken(thanks), company.name if company else ""]
    )


def _spoken(text: Text) -> str:
    company = current().company
    return text.in_language(company.locale if company else "en")
