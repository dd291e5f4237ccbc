"""What carriers bill: gathered, compared with their rates, agreed to, paid; shipments settle."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bumen import BusinessError, IllegalTransition, change_record, create_record, session
from bumen_logistics.errors.freight_statements import (
    BilledTwice,
    BillIsUnexplained,
    FreightIsNotPaid,
    NoteIsMissing,
    PaidInFuture,
    PeriodEndsBeforeItBegins,
    ShipmentOfAnother,
    StatementIsEmpty,
)
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.errors.shipments import CashIsOutstanding
from bumen_logistics.models import FreightStatement, ShipmentState, StatementState
from bumen_logistics.resources import FreightStatements
from bumen_logistics.services import (
    approve_freight_statement,
    check_freight_statement,
    expect_cash,
    pay_freight_statement,
    record_collection,
    return_freight_statement,
    settle_shipment,
    write_off_cash,
)

DAY = date(2026, 3, 2)
MARCH = {"from_day": "2026-03-01", "until_day": "2026-03-31"}


def state_of(carrier: Any, *lines: dict[str, Any], **said: Any) -> FreightStatement:
    values = {"carrier_id": carrier.id, **MARCH, "lines": lines, **said}
    made: FreightStatement = create_record(FreightStatements, values, by=None)
    return made


def approved(carrier: Any) -> FreightStatement:
    statement = state_of(carrier)
    check_freight_statement(statement, by=None)
    approve_freight_statement(statement, by=None)
    return statement


def pay(statement: FreightStatement, **said: Any) -> None:
    pay_freight_statement(statement, by=None, on=DAY, **{"note": "Voucher 7", **said})


def test_a_statement_without_lines_is_of_all_the_carrier_took(unit, make) -> None:
    carrier = make.carrier()
    first = make.arrived(carrier, freight_estimated=Decimal("30.5"))
    second = make.arrived(carrier, state=ShipmentState.RETURNED)
    make.arrived(carrier, shipped_on=date(2026, 2, 28))
    make.arrived(carrier, state=ShipmentState.IN_TRANSIT)
    make.arrived(make.carrier())

    statement = state_of(carrier)

    lines = [(one.shipment, one.reckoned, one.billed) for one in statement.lines]
    assert lines == [(first, Decimal("30.5"), Decimal("30.5")), (second, 0, 0)]
    assert (statement.billed, statement.difference) == (Decimal("30.5"), 0)


def test_a_shipment_stands_in_one_statement(unit, make) -> None:
    carrier = make.carrier()
    shipment = make.arrived(carrier)
    state_of(carrier)

    with pytest.raises(StatementIsEmpty):
        state_of(carrier)
    with pytest.raises(BilledTwice):
        state_of(carrier, {"shipment_id": shipment.id})


@pytest.mark.parametrize(
    ("billed", "said", "refusal"),
    [
        (("own", "own"), {}, BilledTwice),
        (("own",), {"until_day": "2026-02-01"}, PeriodEndsBeforeItBegins),
    ],
)
def test_a_bill_that_cannot_be_is_refused(
    unit, make, billed: tuple[str, ...], said: dict[str, str], refusal: type[BusinessError]
) -> None:
    carrier = make.carrier()
    shipments = {"own": make.arrived(carrier)}

    with pytest.raises(refusal):
        state_of(carrier, *({"shipment_id": shipments[one].id} for one in billed), **said)


@pytest.mark.parametrize(("is_theirs", "state"), [(False, "arrived"), (True, "in_transit")])
def test_a_bill_of_what_the_carrier_has_not_brought_does_not_agree(
    unit, make, is_theirs: bool, state: str
) -> None:
    carrier = make.carrier()
    whose = carrier if is_theirs else make.carrier()
    shipment = make.arrived(whose, state=ShipmentState(state))
    statement = state_of(carrier, {"shipment_id": shipment.id})

    with pytest.raises(ShipmentOfAnother):
        check_freight_statement(statement, by=None)


def test_what_is_billed_beyond_the_rate_says_why(unit, make) -> None:
    carrier = make.carrier()
    shipment = make.arrived(carrier, freight_estimated=Decimal(30))
    statement = state_of(carrier, {"shipment_id": shipment.id, "billed": "35"})

    with pytest.raises(BillIsUnexplained):
        check_freight_statement(statement, by=None)
    lines = [{"id": statement.lines[0].id, "shipment_id": shipment.id, "billed": "35"}]
    lines[0]["difference_reason"] = "Second floor"
    change = {"lines": lines}
    change_record(FreightStatements, statement, change, by=None, version=statement.version)
    check_freight_statement(statement, by=None)

    told = (statement.reckoned, statement.billed, statement.difference, statement.state)
    assert told == (30, 35, 5, StatementState.CHECKED)


def test_a_statement_given_back_says_why(unit, make) -> None:
    carrier = make.carrier()
    make.arrived(carrier)
    statement = approved(carrier)

    with pytest.raises(ReasonIsMissing):
        return_freight_statement(statement, by=None, reason="")
    return_freight_statement(statement, by=None, reason="The bill is another")

    assert (statement.state, statement.return_reason) == (
        StatementState.DRAFT,
        "The bill is another",
    )


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"note": " "}, NoteIsMissing), ({"paid_on": date(2026, 3, 3)}, PaidInFuture)],
)
def test_nobody_pays_without_saying_how(
    unit, make, said: dict[str, Any], refusal: type[BusinessError]
) -> None:
    carrier = make.carrier()
    make.arrived(carrier)
    statement = approved(carrier)

    with pytest.raises(refusal):
        pay(statement, **said)

    assert statement.state is StatementState.APPROVED


def test_freight_is_paid_once_it_was_approved_and_settles_the_shipments(unit, make) -> None:
    carrier = make.carrier()
    paid, waits = make.arrived(carrier), make.arrived(carrier, cash_on_delivery=Decimal(100))
    statement = state_of(carrier)
    with pytest.raises(IllegalTransition):
        pay(statement)
    check_freight_statement(statement, by=None)
    approve_freight_statement(statement, by=None)

    pay(statement)

    assert (statement.state, statement.paid_on) == (StatementState.PAID, DAY)
    assert (statement.payment_note, paid.state) == ("Voucher 7", ShipmentState.SETTLED)
    assert waits.state is ShipmentState.ARRIVED
    with pytest.raises(IllegalTransition):
        pay(statement)


def test_a_shipment_is_settled_once_nothing_of_it_is_open(unit, make) -> None:
    carrier = make.carrier()
    shipment = make.arrived(carrier, cash_on_delivery=Decimal(100))
    cash = expect_cash(shipment, by=None, on=DAY)
    assert cash is not None
    record_collection(cash, by=None, on=DAY)

    with pytest.raises(CashIsOutstanding):
        settle_shipment(shipment, by=None)
    write_off_cash(cash, by=None, reason="Lost")
    with pytest.raises(FreightIsNotPaid):
        settle_shipment(shipment, by=None)
    statement = approved(carrier)
    with pytest.raises(FreightIsNotPaid):
        settle_shipment(shipment, by=None)
    pay(statement)

    assert shipment.state is ShipmentState.SETTLED
    with pytest.raises(IllegalTransition):
        settle_shipment(shipment, by=None)


def test_our_own_transport_is_settled_by_hand(unit, make) -> None:
    shipment = make.arrived(None)

    settle_shipment(shipment, by=None)
    session().flush()

    assert shipment.state is ShipmentState.SETTLED
