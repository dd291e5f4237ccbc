"""What carriers hand over of the money they collected: it counts once, and adds up."""

from decimal import Decimal

import pytest
from sqlalchemy import update

from bumen import BusinessError, Conflict, IllegalTransition, session
from bumen_logistics.errors.cash import (
    CashOfAnotherCarrier,
    CashStandsTwice,
    DifferenceIsUnexplained,
    ReceivedInFuture,
    RemittanceHasChanged,
    RemittanceIsEmpty,
    RemittedBeyond,
    SumIsUnexplained,
)
from bumen_logistics.models import CashState, Remittance, RemittanceState, ShipmentState
from bumen_logistics.models.cash import collected_at_the_door
from bumen_logistics.tests.collecting import DAY, collected, line, post, remit


def test_a_remittance_without_lines_is_of_all_a_carrier_has(unit, make) -> None:
    carrier = make.carrier()
    first, second = collected(make, carrier, "100"), collected(make, carrier, "50.5")
    collected(make, make.carrier())
    make.cash(carrier)

    remittance = remit(carrier)
    post(remittance)

    lines = [(one.cod, one.amount) for one in remittance.lines]
    assert lines == [(first, 100), (second, Decimal("50.5"))]
    assert (remittance.total, remittance.received) == (Decimal("150.5"), Decimal("150.5"))
    assert (remittance.state, remittance.difference) == (RemittanceState.POSTED, 0)
    assert [(one.state, one.remitted, one.outstanding) for one in (first, second)] == [
        (CashState.REMITTED, 100, 0),
        (CashState.REMITTED, Decimal("50.5"), 0),
    ]
    assert {first.remitted_on, second.remitted_on} == {DAY}


def test_a_part_that_is_explained_leaves_the_rest_outstanding(unit, make) -> None:
    carrier = make.carrier()
    cash = collected(make, carrier)

    post(remit(carrier, line(cash, "60", difference_reason="Torn note")))

    told = (cash.state, cash.collected, cash.remitted, cash.outstanding)
    assert told == (CashState.COLLECTED, 100, 60, 40)
    assert session().execute(collected_at_the_door([0])).all() == []


def test_what_is_handed_over_settles_a_shipment_without_a_carrier(unit, make) -> None:
    cash = collected(make, None)

    post(remit(None))

    assert cash.shipment.state is ShipmentState.SETTLED


@pytest.mark.parametrize(
    ("amounts", "refusal"),
    [
        ({"own": ["100.01"]}, RemittedBeyond),
        ({"own": ["60", "40"]}, CashStandsTwice),
        ({"other": ["1"]}, CashOfAnotherCarrier),
    ],
)
def test_lines_that_cannot_be_are_refused(
    unit, make, amounts: dict[str, list[str]], refusal: type[BusinessError]
) -> None:
    carrier = make.carrier()
    of = {"own": collected(make, carrier), "other": collected(make, make.carrier())}
    lines = [line(of[whose], one) for whose, every in amounts.items() for one in every]

    with pytest.raises(refusal):
        remit(carrier, *lines)


def test_money_does_not_come_in_tomorrow(unit, make) -> None:
    with pytest.raises(ReceivedInFuture):
        remit(make.carrier(), received_on="2999-01-01")


@pytest.mark.parametrize(
    ("amount", "said", "refusal"),
    [
        ("60", {}, DifferenceIsUnexplained),
        ("100", {"received": "95"}, SumIsUnexplained),
    ],
)
def test_differences_are_explained_before_money_counts(
    unit, make, amount: str, said: dict[str, str], refusal: type[BusinessError]
) -> None:
    carrier = make.carrier()
    cash = collected(make, carrier)
    remittance = remit(carrier, line(cash, amount), **said)

    with pytest.raises(refusal):
        post(remittance)

    assert (remittance.state, cash.remitted) == (RemittanceState.DRAFT, 0)


def test_a_fee_that_is_explained_stands_as_a_difference(unit, make) -> None:
    carrier = make.carrier()
    cash = collected(make, carrier)

    remittance = remit(carrier, line(cash, "100"), received="95", explanation="Fee of the bank")
    post(remittance)

    assert (remittance.total, remittance.difference, cash.remitted) == (100, -5, 100)


def test_an_empty_remittance_does_not_count(unit, make) -> None:
    remittance = remit(make.carrier())

    with pytest.raises(RemittanceIsEmpty):
        post(remittance)


def test_a_remittance_counts_once(unit, make) -> None:
    carrier = make.carrier()
    cash, remittance = collected(make, carrier), remit(carrier)
    post(remittance)

    with pytest.raises(IllegalTransition):
        post(remittance)

    assert cash.remitted == 100


def test_a_remittance_corrected_meanwhile_does_not_count(unit, make) -> None:
    carrier = make.carrier()
    cash, remittance = collected(make, carrier), remit(carrier)
    theirs = update(Remittance).where(Remittance.id == remittance.id)
    corrected = theirs.values(version=Remittance.version + 1)
    session().execute(corrected.execution_options(synchronize_session=False))

    with pytest.raises(RemittanceHasChanged) as refused:
        post(remittance)

    assert (isinstance(refused.value, Conflict), cash.remitted) == (True, 0)


def test_what_was_handed_over_meanwhile_is_not_handed_over_again(unit, make) -> None:
    carrier = make.carrier()
    cash = collected(make, carrier)
    first, second = remit(carrier), remit(carrier)
    post(first)

    with pytest.raises(RemittedBeyond):
        post(second)

    assert (cash.remitted, second.lines[0].amount) == (100, 100)
