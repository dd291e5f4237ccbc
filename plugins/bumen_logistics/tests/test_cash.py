"""Money at the door: due, collected, given up; it always adds up."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from bumen import BusinessError, session
from bumen_logistics.errors.cash import CollectedBeyond, CollectedOnWrongDay, NothingCollected
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.models import CashOnDelivery, CashState, ShipmentState, overdue_cash
from bumen_logistics.models.cash import cash_by_age, cash_of
from bumen_logistics.services import expect_cash, write_off_cash
from bumen_logistics.tests.collecting import DAY, collect, collected


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
