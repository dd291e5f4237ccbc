"""What tests of money at the door begin with: it is collected, handed over, and counts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bumen import create_record, session
from bumen_logistics.models import CashOnDelivery, Remittance
from bumen_logistics.resources import Remittances
from bumen_logistics.services import post_remittance, record_collection

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def collect(cash: CashOnDelivery, amount: str | None = None, **said: Any) -> None:
    exact = None if amount is None else Decimal(amount)
    record_collection(cash, by=None, on=DAY, amount=exact, **said)
    session().flush()


def collected(make: Any, carrier: Any, due: str = "100", **said: Any) -> CashOnDelivery:
    cash: CashOnDelivery = make.cash(carrier, due, **said)
    collect(cash)
    return cash


def remit(carrier: Any, *lines: dict[str, Any], **said: Any) -> Remittance:
    values = {"carrier_id": carrier.id if carrier else None, "received_on": "2026-03-02"}
    made: Remittance = create_record(Remittances, {**values, "lines": lines, **said}, by=None)
    return made


def line(cash: CashOnDelivery, amount: str, **said: Any) -> dict[str, Any]:
    return {"cod_id": cash.id, "amount": amount, **said}


def post(remittance: Remittance) -> None:
    post_remittance(remittance, by=None, at=NOW)
