"""What carriers of the demonstration have collected, handed over and billed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, run_action, session, today
from bumen_logistics.demo.words import words_in
from bumen_logistics.models import CashOnDelivery, CashState, Shipment
from bumen_logistics.models.freight_statements import BILLED_IN, FreightStatement
from bumen_logistics.resources import FreightStatements, Remittances
from bumen_logistics.services import expect_cash, record_collection

BILLED_FOR = timedelta(days=60)
"""How far back the carriers' bills go."""


def fill(company: CurrentCompany) -> None:
    """Have money collected and handed over, and a carrier's bill paid and another one checked."""
    words = words_in(company.locale)
    came = select(Shipment).where(Shipment.arrived_on.is_not(None)).order_by(Shipment.id)
    shipments = session().scalars(came).all()
    expected = [expect_cash(one, by=current().user, on=today()) for one in shipments]
    _collect([one for one in expected if one is not None])
    _hand_over()
    _bill(words)


def _collect(expected: Sequence[CashOnDelivery]) -> None:
    """Have all money collected but that of each third door."""
    for number, cash in enumerate(expected):
        if number % 3 != 2 and cash.state is CashState.DUE:
            day = cash.arrived_on
            record_collection(cash, by=current().user, on=today(), collected_on=day)
    session().flush()


def _hand_over() -> None:
    """Have the first carrier hand over what it has."""
    held = select(CashOnDelivery).where(CashOnDelivery.state == CashState.COLLECTED)
    first = session().scalars(held.order_by(CashOnDelivery.id)).first()
    if first is not None:
        said: dict[str, Any] = {
            "carrier_id": first.carrier_id,
            "lines": [],
            "reference": "TT-20260007",
        }
        made = create_record(Remittances, said, by=current().user)
        run_action(Remittances, made, "post", {}, by=current().user, version=made.version)


def _bill(words: dict[str, str]) -> None:
    """Have the first carrier paid for what it took, and the second one's bill checked."""
    billed = (Shipment.state.in_(BILLED_IN), Shipment.carrier_id.is_not(None))
    recent = Shipment.shipped_on >= today() - BILLED_FOR
    carriers = select(Shipment.carrier_id).where(*billed, recent).distinct()
    for place, carrier_id in enumerate(session().scalars(carriers.order_by(Shipment.carrier_id))):
        days = {"from_day": today() - BILLED_FOR, "until_day": today()}
        said: dict[str, Any] = {"carrier_id": carrier_id, "lines": [], **days}
        statement = create_record(FreightStatements, said, by=current().user)
        for step, about in (("check", {}), ("approve", {}), ("pay", {"note": words["paid_by"]})):
            if place == 0 or (place == 1 and step == "check"):
                _take(statement, step, about)


def _take(statement: FreightStatement, step: str, about: dict[str, str]) -> None:
    by, version = current().user, statement.version
    run_action(FreightStatements, statement, step, about, by=by, version=version)
