"""How things stand with a customer: prospect, active, dormant, blocked."""

from decimal import Decimal
from typing import Any

import pytest

from bumen import BusinessError, IllegalTransition, InvalidInput, create_record, run_action
from bumen_base.models import Customer, CustomerState, Grade
from bumen_base.resources import Customers

pytestmark = pytest.mark.usefixtures("unit")

STEPS = {
    "activate": ({"prospect", "dormant"}, "active"),
    "mark_dormant": ({"prospect", "active"}, "dormant"),
    "block": ({"prospect", "active", "dormant"}, "blocked"),
    "unblock": ({"blocked"}, "active"),
}
ARGUMENTS = {"block": {"reason": "欠款"}}


def make_customer(state: CustomerState = CustomerState.PROSPECT) -> Customer:
    customer: Customer = create_record(Customers, {"name": "春水茶行"}, by=None)
    customer.state = state
    return customer


def do(customer: Customer, step: str, **values: Any) -> None:
    run_action(Customers, customer, step, values, by=None, version=customer.version)


def state_after(step: str, customer: Customer) -> str:
    try:
        do(customer, step, **ARGUMENTS.get(step, {}))
    except IllegalTransition:
        return "refused"
    return customer.state.value


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_on_from_its_own_states_only(step: str) -> None:
    sources, target = STEPS[step]

    reached = {state.value: state_after(step, make_customer(state)) for state in CustomerState}

    assert reached == {
        state.value: target if state in sources else "refused" for state in CustomerState
    }


def test_a_customer_is_blocked_for_a_reason_that_goes_with_the_block() -> None:
    customer = make_customer(CustomerState.ACTIVE)

    do(customer, "block", reason="欠款超過九十天")
    assert customer.blocked_because == "欠款超過九十天"

    do(customer, "unblock")
    assert customer.blocked_because is None


def test_a_customer_is_not_blocked_without_a_reason() -> None:
    with pytest.raises(InvalidInput) as refusal:
        do(make_customer(), "block")

    assert list(refusal.value.fields) == ["reason"]


def test_an_archived_customer_can_be_taken_back() -> None:
    customer = make_customer()

    do(customer, "archive")
    assert customer.archived
    do(customer, "unarchive")
    assert not customer.archived


def test_an_archived_customer_is_not_archived_again() -> None:
    customer = make_customer()
    do(customer, "archive")

    with pytest.raises(BusinessError) as refusal:
        do(customer, "archive")

    assert refusal.value.code == "not_possible_now"


def test_credit_is_granted_by_an_act_of_its_own() -> None:
    customer = make_customer()

    do(customer, "grant_credit", credit_limit="500000.00", credit_grade="B")

    assert (customer.credit_limit, customer.credit_grade) == (Decimal("500000.00"), Grade.B)


def test_a_negative_credit_limit_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        do(make_customer(), "grant_credit", credit_limit="-1")

    assert list(refusal.value.fields) == ["credit_limit"]
