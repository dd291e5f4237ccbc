"""Remittances that were wrong: taken back once, and their money is with the carrier again."""

import pytest

from bumen import IllegalTransition, session
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.models import CashOnDelivery, CashState, Remittance, RemittanceState
from bumen_logistics.models import ShipmentState as State
from bumen_logistics.money_checks import CHECKS
from bumen_logistics.services import reverse_remittance, write_off_cash
from bumen_logistics.tests.collecting import DAY, NOW, collected, line, post, remit


def reverse(remittance: Remittance, reason: str = "Paid to somebody else") -> None:
    reverse_remittance(remittance, by=None, on=DAY, at=NOW, reason=reason)
    session().flush()


def told(cash: CashOnDelivery) -> tuple[object, ...]:
    return cash.state, cash.collected, cash.remitted, cash.outstanding, cash.remitted_on


def test_what_is_reversed_is_with_the_carrier_again_and_may_be_handed_over_anew(unit, make) -> None:
    cash = collected(make, None)
    remittance = remit(None)
    post(remittance)

    reverse(remittance, " Paid to somebody else ")

    assert (remittance.state, remittance.reversed_on, remittance.reversal_reason) == (
        RemittanceState.REVERSED,
        DAY,
        "Paid to somebody else",
    )
    assert told(cash) == (CashState.COLLECTED, 100, 0, 100, None)
    assert cash.shipment.state is State.ARRIVED
    assert [session().scalars(check.broken).all() for check in CHECKS] == [[]] * len(CHECKS)

    post(remit(None))

    assert (told(cash), cash.shipment.state) == (
        (CashState.REMITTED, 100, 100, 0, DAY),
        State.SETTLED,
    )


def test_parts_of_other_remittances_stay_handed_over(unit, make) -> None:
    carrier = make.carrier()
    cash = collected(make, carrier)
    first = remit(carrier, line(cash, "60", difference_reason="Torn note"))
    post(first)
    post(remit(carrier))

    reverse(first)

    assert told(cash) == (CashState.COLLECTED, 100, 40, 60, DAY)


def test_money_given_up_meanwhile_is_missed_again(unit, make) -> None:
    carrier = make.carrier()
    cash = collected(make, carrier)
    remittance = remit(carrier, line(cash, "60", difference_reason="Torn note"))
    post(remittance)
    write_off_cash(cash, by=None, reason="Bankrupt")

    reverse(remittance)

    assert told(cash) == (CashState.COLLECTED, 100, 0, 100, None)


def test_a_remittance_is_reversed_once_with_a_reason_and_after_it_counted(unit, make) -> None:
    carrier = make.carrier()
    cash, remittance = collected(make, carrier), remit(carrier)
    with pytest.raises(IllegalTransition):
        reverse(remittance)
    post(remittance)
    with pytest.raises(ReasonIsMissing):
        reverse(remittance, " ")
    reverse(remittance)

    with pytest.raises(IllegalTransition):
        reverse(remittance)

    assert told(cash) == (CashState.COLLECTED, 100, 0, 100, None)
