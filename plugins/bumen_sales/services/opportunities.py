"""Opportunities: opened, led from stage to stage, won or lost."""

from datetime import date
from decimal import Decimal

from bumen import User, next_number, round_money
from bumen_sales.errors import AmountIsTooLarge, ReasonIsMissing
from bumen_sales.models import LIKELY, STAGES, Opportunity, OpportunityState
from bumen_sales.services.amounts import LARGEST
from bumen_sales.services.filling import fill
from bumen_sales.services.ownership import employee_of_user, refuse_strangers

OPPORTUNITIES = "sales.opportunity"


def open_opportunity(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Begin to follow an opportunity: what was left empty comes from the customer and the list.

    Refuses another customer's contact, and an amount too large to keep.
    """
    customer = opportunity.customer
    if opportunity.salesperson is None:
        opportunity.salesperson = customer.salesperson or employee_of_user(by)
    opportunity.region = opportunity.region or customer.region
    fill(opportunity, "name", customer.name)
    opportunity.opened_on = opportunity.stage_since = on
    revise_opportunity(opportunity, by=by, on=on)
    opportunity.number = next_number(kind=OPPORTUNITIES, on=on)


def revise_opportunity(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Work out an opportunity that was changed; refuses what `open_opportunity` refuses."""
    refuse_strangers(opportunity.contact, customer=opportunity.customer, field="contact_id")
    fill(opportunity, "probability", LIKELY[opportunity.state or OpportunityState.NEEDS_ANALYSIS])
    fill(opportunity, "expected_amount", _by_the_list(opportunity))
    if opportunity.expected_amount > LARGEST:
        raise AmountIsTooLarge(field="expected_amount")
    _weigh(opportunity)


def analyse_need(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Go back to the customer's need."""
    _lead_to(opportunity, "analyse", by=by, on=on)


def offer_solution(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Work on what is proposed. Source: A4.2.4."""
    _lead_to(opportunity, "offer_solution", by=by, on=on)


def quote_opportunity(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Come to the stage in which the customer looks at an offer."""
    _lead_to(opportunity, "quote", by=by, on=on)


def negotiate(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Come to price, delivery and payment. Source: A4.2.5."""
    _lead_to(opportunity, "negotiate", by=by, on=on)


def win_opportunity(opportunity: Opportunity, *, by: User | None, on: date) -> None:
    """Write down that the customer buys."""
    _lead_to(opportunity, "win", by=by, on=on)


def lose_opportunity(opportunity: Opportunity, *, by: User | None, on: date, reason: str) -> None:
    """Write down that the customer does not buy; refuses to without a reason."""
    if not reason.strip():
        raise ReasonIsMissing
    _lead_to(opportunity, "lose", by=by, on=on)
    opportunity.lost_reason = reason.strip()


def follow_offer(opportunity: Opportunity | None, step: str, *, on: date) -> None:
    """Let an open opportunity come as far as what was offered of it, never back.

    The house leads it: whoever deals with the offer need not look after the opportunity.
    Source: A4.2.4, A4.2.5.
    """
    if opportunity is None or opportunity.state not in STAGES:
        return
    stage = opportunity.workflow.transitions[step].target
    if stage is OpportunityState.WON or STAGES.index(stage) > STAGES.index(opportunity.state):
        _lead_to(opportunity, step, by=None, on=on)


def _lead_to(opportunity: Opportunity, step: str, *, by: User | None, on: date) -> None:
    """Take a step, and let probability and weight follow: each stage has its own likelihood."""
    opportunity.move(step, by=by)
    state = opportunity.state
    opportunity.stage_since, opportunity.probability = on, LIKELY[state]
    if state is OpportunityState.WON or _is_further(state, opportunity.furthest):
        opportunity.furthest = state
    _weigh(opportunity)


def _is_further(state: OpportunityState, furthest: OpportunityState) -> bool:
    return state in STAGES and STAGES.index(state) > STAGES.index(furthest)


def _weigh(opportunity: Opportunity) -> None:
    share = opportunity.probability / 100
    opportunity.weighted = round_money(opportunity.expected_amount * share)


def _by_the_list(opportunity: Opportunity) -> Decimal:
    whole = sum((line.quantity * line.product.list_price for line in opportunity.lines), Decimal(0))
    return round_money(whole)
