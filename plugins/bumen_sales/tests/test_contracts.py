"""Contracts: reviewed, signed, followed up, drawn upon, ended."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from bumen import IllegalTransition, Text, attach_file, create_record, current, session
from bumen.documents.activities import Activity
from bumen.unit_of_work import UnitOfWork
from bumen_sales.contract_slots import parts_of, performance
from bumen_sales.errors import (
    ContractDoesNotCover,
    ContractEndsBeforeItBegins,
    ContractIsExhausted,
    ContractIsNotInForce,
    ContractIsNotOnFile,
    InstalmentsDoNotAddUp,
    PaymentIsNotAgreed,
    ReasonIsMissing,
    RecordIsOfAnotherCustomer,
    SignedInTheFuture,
)
from bumen_sales.models import Contract, ContractState, Order, contracts_ending
from bumen_sales.resources import Contracts
from bumen_sales.services import (
    cancel_order,
    confirm_order,
    sign_contract,
    submit_contract,
    terminate_contract,
)

DAY = date(2026, 3, 2)


def contract_of(make: Any, **said: Any) -> Contract:
    """Write down a contract of 300.00 for a year, unless told otherwise."""
    if "customer_id" not in said:
        said["customer_id"] = make.customer().id
    values = {
        "name": "Tea for a year",
        "amount": "300",
        "begins_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "payment_terms": "Within 30 days",
    }
    made: Contract = create_record(Contracts, values | said, by=current().user)
    return made


def in_force(make: Any, **said: Any) -> Contract:
    """Write down a contract that is signed."""
    contract = contract_of(make, **said)
    contract.state = ContractState.SIGNED
    session().flush()
    return contract


def drawn(make: Any, contract: Contract, quantity: str) -> Order:
    """Order so many of something that costs 105.00 with its tax, against a contract."""
    lines = [{"product_id": make.product().id, "quantity": quantity}]
    said = {"customer_id": contract.customer_id, "contract_id": contract.id, "lines": lines}
    order: Order = make.order(**said, ordered_on=DAY.isoformat())
    return order


def test_orders_draw_on_a_contract_until_it_is_used_up(unit: UnitOfWork, make: Any) -> None:
    contract = in_force(make)
    confirm_order(drawn(make, contract, "2"), by=None)
    assert (contract.drawn, contract.state) == (210, ContractState.PERFORMING)

    with pytest.raises(ContractIsExhausted) as refused:
        confirm_order(drawn(make, contract, "1"), by=None)

    said = refused.value.message
    assert isinstance(said, Text)
    assert said.values["left"] == "90.00"
    assert contract.drawn == 210


def test_a_contract_may_allow_more_than_its_amount(unit: UnitOfWork, make: Any) -> None:
    contract = in_force(make, may_exceed=True)

    confirm_order(drawn(make, contract, "4"), by=None)

    assert contract.drawn == 420


def test_what_is_cancelled_is_given_back(unit: UnitOfWork, make: Any) -> None:
    contract = in_force(make)
    order, draft = drawn(make, contract, "2"), drawn(make, contract, "2")
    confirm_order(order, by=None)

    cancel_order(draft, by=None, reason="Never sent")
    assert contract.drawn == 210
    cancel_order(order, by=None, reason="Ordered twice")

    assert contract.drawn == 0


def test_nothing_is_drawn_before_the_signature_nor_after_the_end(
    unit: UnitOfWork, make: Any
) -> None:
    draft, over = contract_of(make), in_force(make, ends_on="2026-03-01")

    with pytest.raises(ContractIsNotInForce):
        confirm_order(drawn(make, draft, "1"), by=None)
    with pytest.raises(ContractDoesNotCover):
        confirm_order(drawn(make, over, "1"), by=None)


def test_an_order_draws_on_no_other_customers_contract(unit: UnitOfWork, make: Any) -> None:
    contract = in_force(make)

    with pytest.raises(RecordIsOfAnotherCustomer):
        make.order(contract_id=contract.id)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"payment_terms": None}, PaymentIsNotAgreed),
        (
            {"instalments": [{"due_on": "2026-04-01", "amount": "299.99"}]},
            InstalmentsDoNotAddUp,
        ),
    ],
)
def test_a_contract_that_is_not_clear_is_not_reviewed(
    unit: UnitOfWork, make: Any, said: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        submit_contract(contract_of(make, **said), by=None)


def test_instalments_that_add_up_are_reviewed(unit: UnitOfWork, make: Any) -> None:
    parts = [{"due_on": f"2026-0{month}-01", "amount": "100"} for month in (4, 5, 6)]
    contract = contract_of(make, instalments=parts)

    submit_contract(contract, by=None)

    assert contract.state is ContractState.IN_REVIEW


def test_a_contract_ends_after_it_begins(unit: UnitOfWork, make: Any) -> None:
    with pytest.raises(ContractEndsBeforeItBegins):
        contract_of(make, ends_on="2025-12-31")


def test_a_contract_is_signed_with_its_scan_and_followed_up(unit: UnitOfWork, make: Any) -> None:
    contract = contract_of(make)
    contract.state = ContractState.REVIEWED
    session().flush()

    with pytest.raises(SignedInTheFuture):
        sign_contract(contract, by=unit.user, on=DAY, signed_on=DAY + timedelta(days=1))
    with pytest.raises(ContractIsNotOnFile):
        sign_contract(contract, by=unit.user, on=DAY, signed_on=DAY)
    attach_file(Contracts, contract, name="scan.txt", content=BytesIO(b"signed"))
    sign_contract(contract, by=unit.user, on=DAY, signed_on=DAY)

    to_do = select(Activity.due_on).where(Activity.record_id == contract.id)
    assert (contract.state, contract.signed_on) == (ContractState.SIGNED, DAY)
    assert sorted(session().scalars(to_do)) == [
        DAY + timedelta(days=7),
        DAY + timedelta(days=30),
        DAY + timedelta(days=90),
    ]


def test_a_contract_that_was_not_reviewed_is_not_signed(unit: UnitOfWork, make: Any) -> None:
    contract = contract_of(make)
    attach_file(Contracts, contract, name="scan.txt", content=BytesIO(b"signed"))

    with pytest.raises(IllegalTransition):
        sign_contract(contract, by=unit.user, on=DAY, signed_on=DAY)


def test_a_contract_is_terminated_with_its_reason(unit: UnitOfWork, make: Any) -> None:
    contract = in_force(make)
    with pytest.raises(ReasonIsMissing):
        terminate_contract(contract, by=None, reason=" ")

    terminate_contract(contract, by=None, reason="They moved away")

    assert contract.termination_reason == "They moved away"
    assert contract.state is ContractState.TERMINATED


def test_whoever_looks_after_a_contract_is_told_of_its_end_once(
    unit: UnitOfWork, make: Any
) -> None:
    soon, told = in_force(make, ends_on="2026-04-01"), in_force(make, ends_on="2026-04-01")
    in_force(make, ends_on="2026-04-02")
    contract_of(make, ends_on="2026-03-15")
    told.warned_on = DAY
    session().flush()

    found = session().scalars(contracts_ending(until=DAY + timedelta(days=30))).all()

    assert found == [soon]


def test_instalments_show_what_is_paid_of_them(unit: UnitOfWork, make: Any) -> None:
    parts = [{"due_on": f"2026-0{month}-01", "amount": "100"} for month in (3, 2, 6)]
    contract = in_force(make, instalments=parts)
    order = drawn(make, contract, "2")
    confirm_order(order, by=None)
    order.paid, order.due = Decimal(130), Decimal(80)
    session().flush()

    told = performance(contract)
    found = list(parts_of(contract.instalments, paid=told["paid"], on=DAY))

    assert (told["left"], told["paid"]) == (90, 130)
    assert [(one.due_on.month, one.paid, one.is_late) for one in found] == [
        (2, 100, False),
        (3, 30, True),
        (6, 0, False),
    ]
