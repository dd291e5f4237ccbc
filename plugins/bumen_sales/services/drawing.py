"""Orders draw on contracts: never more than was agreed, unless the contract says so."""

from decimal import Decimal

from sqlalchemy import select

from bumen import session
from bumen_sales.errors import (
    ContractDoesNotCover,
    ContractIsExhausted,
    ContractIsNotInForce,
    RecordIsOfAnotherCustomer,
)
from bumen_sales.models import IN_FORCE, Contract, ContractState, Order


def check_contract(order: Order) -> None:
    """Refuse a contract of another customer: `RecordIsOfAnotherCustomer`."""
    contract = order.contract
    if contract is not None and contract.customer is not order.customer:
        raise RecordIsOfAnotherCustomer(contract, customer=order.customer, field="contract_id")


def draw_on_contract(order: Order) -> None:
    """Take what a confirmed order comes to from its contract, which performs from then on.

    Refuses a contract that is not in force or does not cover the day of the order, and more than
    is left of it: of two orders at once the second sees the first.
    """
    if order.contract_id is None:
        return
    contract = _locked(order.contract_id)
    if contract.state not in IN_FORCE:
        raise ContractIsNotInForce(contract)
    if not contract.begins_on <= order.ordered_on <= contract.ends_on:
        raise ContractDoesNotCover(contract, day=order.ordered_on)
    _take(contract, order.total)
    if contract.state is ContractState.SIGNED:
        contract.move("perform", by=None)


def change_drawn(order: Order, *, by_amount: Decimal) -> None:
    """Take more from the contract of a confirmed order that has changed, or less.

    Refuses more than is left of the contract.
    """
    if order.contract_id is not None and by_amount:
        _take(_locked(order.contract_id), by_amount)


def give_back_to_contract(order: Order) -> None:
    """Let the contract have back what an order that is given up had taken."""
    change_drawn(order, by_amount=-order.total)


def _locked(contract_id: int) -> Contract:
    """Hold a contract until the unit of work ends, and read it anew; its orders are held before."""
    mine = select(Contract).where(Contract.id == contract_id).with_for_update()
    return session().scalars(mine.execution_options(populate_existing=True)).one()


def _take(contract: Contract, amount: Decimal) -> None:
    drawn = contract.drawn + amount
    if amount > 0 and drawn > contract.amount and not contract.may_exceed:
        raise ContractIsExhausted(contract, left=contract.amount - contract.drawn)
    contract.drawn = drawn
    session().flush()
