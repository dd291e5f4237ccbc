"""What a contract's page tells of how it is performed: what is drawn, due and paid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bumen import Slot, session, today
from bumen_sales.models import Contract, Instalment, paid_for
from bumen_sales.resources import Contracts
from bumen_sales.texts import _


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part is an instalment as it stands: how much of it is paid, whether it is late."""

    due_on: date
    amount: Decimal
    condition: str | None
    paid: Decimal
    is_late: bool


def performance(record: Contract) -> Mapping[str, Any]:
    """Work out what is left to draw, and which instalments are paid by the contract's orders."""
    paid = session().scalar(paid_for(record)) or Decimal(0)
    return {
        "contract": record,
        "left": record.amount - record.drawn,
        "paid": paid,
        "parts": list(parts_of(record.instalments, paid=paid, on=today())),
    }


def parts_of(instalments: list[Instalment], *, paid: Decimal, on: date) -> Iterator[Part]:
    """Yield the instalments, the earliest first: what is paid counts for the earliest."""
    for one in sorted(instalments, key=lambda one: (one.due_on, one.position)):
        share = min(one.amount, paid)
        paid -= share
        yield Part(
            due_on=one.due_on,
            amount=one.amount,
            condition=one.condition,
            paid=share,
            is_late=share < one.amount and one.due_on < on,
        )


SHOWN = (
    Slot(
        "record.tab:sales.contracts",
        title=_("Performance"),
        template="sales/contract.html",
        values=performance,
        permission=Contracts.permission(),
        shows=("amount", "drawn"),
    ),
)
