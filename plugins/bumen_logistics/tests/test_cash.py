"""Money at the door: due, collected, handed over, given up; it always adds up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from bumen import BusinessError, Conflict, IllegalTransition, create_record, session
from bumen_logistics.errors.cash import (
    CashOfAnotherCarrier,
    CashStandsTwice,
    CollectedBeyond,
    CollectedOnWrongDay,
    DifferenceIsUnexplained,
    NothingCollected,
    ReceivedInFuture,
    RemittanceHasChanged,
    RemittanceIsEmpty,
    RemittedBeyond,
    SumIsUnexplained,
)
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.models import (
    CashOnDelivery,
    CashState,
    Remittance,
    RemittanceState,
    ShipmentState,
    overdue_cash,
)
from bumen_logistics.models.cash import cash_by_age, cash_of, collected_at_the_door
from bumen_logistics.resources import Remittances
from bumen_logistics.services import (
    expect_cash,
    post_remittance,
    record_collection,
    write_off_cash,
)

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


def test_money_is_due_when_the_carrier_says_it_hands_over(unit, make) -> None:
    carrier = make.carrier(remits_within=10)

    cash = make.cash(carrier, "120.50")

    told = (cash.state, cash.due, cash.outstanding, cash.due_on, cash.carrier, cash.customer)
    assert told == (
        CashState.DUE,
        Decimal("120.50"),
        0,
        DAY + timedelta(days=10),
        carrier,
        cash.shipment.request.customer,
    )


def test_our_own_driver_hands_over_the_same_day(unit, make) -> None:
    assert make.cash(None).due_on == DAY


def test_nothing_is_expected_of_what_was_paid_before(unit, make) -> None:
    shipment = make.arrived(make.carrier())

    assert expect_cash(shipment, by=None, on=DAY) is None
    assert session().scalars(cash_of(shipment.id)).all() == []


def test_money_is_expected_once(unit, make) -> None:
    cash = make.cash(make.carrier())

    assert expect_cash(cash.shipment, by=None, on=DAY) is cash


def test_what_is_collected_in_parts_adds_up(unit, make) -> None:
    cash = make.cash(make.carrier())

    collect(cash, "30")
    first = (cash.state, cash.collected, cash.outstanding)
    collect(cash)

    assert first == (CashState.COLLECTED, 30, 30)
    assert (cash.collected, cash.outstanding, cash.collected_on) == (100, 100, DAY)


@pytest.mark.parametrize(
    ("amount", "said", "refusal"),
    [
        ("100.01", {}, CollectedBeyond),
        ("0", {}, NothingCollected),
        ("-1", {}, NothingCollected),
        (None, {"collected_on": date(2026, 3, 1)}, CollectedOnWrongDay),
        (None, {"collected_on": date(2026, 3, 3)}, CollectedOnWrongDay),
    ],
)
def test_what_cannot_have_been_collected_is_refused(
    unit, make, amount: str | None, said: dict[str, Any], refusal: type[BusinessError]
) -> None:
    cash = make.cash(make.carrier())

    with pytest.raises(refusal):
        collect(cash, amount, **said)

    assert (cash.state, cash.collected) == (CashState.DUE, 0)


def test_nothing_is_collected_twice(unit, make) -> None:
    cash = collected(make, make.carrier())

    with pytest.raises(CollectedBeyond):
        collect(cash)

    assert cash.collected == 100


@pytest.mark.parametrize("wrong", [{"remitted": 101}, {"collected": 99}, {"due": 99}])
def test_the_database_keeps_money_adding_up(unit, make, wrong: dict[str, int]) -> None:
    cash = collected(make, make.carrier())
    change = update(CashOnDelivery).where(CashOnDelivery.id == cash.id).values(**wrong)

    with pytest.raises(IntegrityError):
        session().execute(change)


def test_what_is_given_up_has_a_reason_and_settles_its_shipment(unit, make) -> None:
    cash = make.cash(None)

    with pytest.raises(ReasonIsMissing):
        write_off_cash(cash, by=None, reason=" ")
    write_off_cash(cash, by=None, reason="The driver was robbed")

    assert (cash.state, cash.write_off_reason) == (CashState.WRITTEN_OFF, "The driver was robbed")
    assert cash.shipment.state is ShipmentState.SETTLED


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


def test_money_is_told_by_carrier_and_age(unit, make) -> None:
    carrier = make.carrier(remits_within=0)
    for days, due in ((0, "1"), (10, "2"), (45, "4"), (90, "8")):
        make.cash(carrier, due, arrived_on=DAY - timedelta(days=days))
    collected(make, carrier, "16")

    rows = session().execute(cash_by_age(DAY)).all()

    assert [tuple(row) for row in rows] == [(carrier.id, 5, 31, 17, 2, 4, 8)]


def test_overdue_money_waits_a_while_before_it_is_asked_for_again(unit, make) -> None:
    carrier = make.carrier(remits_within=0)
    asked, late = (make.cash(carrier, arrived_on=DAY - timedelta(days=5)) for _turn in "ab")
    make.cash(carrier)
    asked.reminded_on = DAY - timedelta(days=3)

    week_ago = DAY - timedelta(days=7)
    found = session().scalars(overdue_cash(DAY, not_reminded_since=week_ago)).all()

    assert found == [late]
    assert session().scalars(overdue_cash(DAY)).all() == [asked, late]
