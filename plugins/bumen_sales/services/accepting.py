"""What becomes of a quotation that a customer accepts: an order, or a contract to draw on."""

from datetime import date
from decimal import Decimal

from bumen import User, session
from bumen_sales.errors import OrderIsMadeAlready
from bumen_sales.models import (
    Contract,
    ContractState,
    Order,
    OrderLine,
    OrderState,
    Outcome,
    Quotation,
    QuotationLine,
)
from bumen_sales.services.contracts import draw_up_contract
from bumen_sales.services.drafting import draft_order
from bumen_sales.services.opportunities import follow_offer
from bumen_sales.services.quotations import OF_LINES, refuse_run_out

_TAKEN_OVER = ("customer", "contact", "payment_method", "payment_days", "salesperson", "region")


def accept_quotation(
    quotation: Quotation, *, by: User | None, on: date, makes: Outcome | None = None
) -> None:
    """Write down that the customer agrees: a draft order with the same lines, or a contract.

    With an order the opportunity is won; a contract is negotiated until it is signed. Refuses an
    offer that has run out. Accepted twice, it makes one order.
    """
    refuse_run_out(quotation, on=on)
    quotation.move("accept", by=by)
    if makes is Outcome.CONTRACT:
        _make_contract(quotation, by=by, on=on)
        follow_offer(quotation.opportunity, "negotiate", on=on)
    else:
        make_order(quotation, by=by, on=on)
        follow_offer(quotation.opportunity, "win", on=on)


def make_order(quotation: Quotation, *, by: User | None, on: date) -> None:
    """Begin an order of what was accepted, drawn against its contract if one was made of it.

    Refuses a second one: `OrderIsMadeAlready`.
    """
    if quotation.order is not None:
        raise OrderIsMadeAlready(quotation)
    order = Order(
        state=OrderState.DRAFT,
        paid=Decimal(0),
        contract=quotation.contract,
        lines=[_ordered(line) for line in quotation.lines],
        **{name: getattr(quotation, name) for name in _TAKEN_OVER},
    )
    draft_order(order, by=by, on=on)
    session().add(order)
    session().flush()
    quotation.order = order


def _make_contract(quotation: Quotation, *, by: User | None, on: date) -> None:
    contract = Contract(
        state=ContractState.DRAFT,
        name=quotation.number,
        customer=quotation.customer,
        opportunity=quotation.opportunity,
        amount=quotation.total,
        drawn=Decimal(0),
        may_exceed=False,
        delivery=quotation.terms,
        salesperson=quotation.salesperson,
        region=quotation.region,
    )
    draw_up_contract(contract, by=by, on=on)
    session().add(contract)
    session().flush()
    quotation.contract = contract


def _ordered(line: QuotationLine) -> OrderLine:
    return OrderLine(**{name: getattr(line, name) for name in OF_LINES})
