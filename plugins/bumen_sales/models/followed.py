"""How far each customer is followed up: what may be sold, and when somebody called on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from bumen_base.models import Customer
from bumen_sales.models.opportunities import STAGES, Opportunity
from bumen_sales.models.visits import Visit, VisitState

_RANKS = {stage.value: rank for rank, stage in enumerate(STAGES)}


def customers_followed(*seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the customers with open opportunities, those that were left longest first.

    Columns: the customer, how many opportunities, the rank of the furthest stage (see `STAGES`),
    the expected amount, the day of the last step, the moments of the last visit and of the next.
    """
    rank = func.max(case(_RANKS, value=Opportunity.state))
    open_ones = (
        select(
            Opportunity.customer_id,
            func.count(Opportunity.id).label("number"),
            rank.label("furthest"),
            func.sum(Opportunity.expected_amount).label("amount"),
            func.max(Opportunity.stage_since).label("moved_on"),
        )
        .where(Opportunity.state.in_(STAGES), *seen)
        .group_by(Opportunity.customer_id)
        .subquery()
    )
    last = _visit(func.max(Visit.planned_at), VisitState.DONE)
    coming = _visit(func.min(Visit.planned_at), VisitState.PLANNED, VisitState.PREPARED)
    kept = open_ones.c
    return (
        select(Customer, kept.number, kept.furthest, kept.amount, kept.moved_on, last, coming)
        .join(open_ones, kept.customer_id == Customer.id)
        .order_by(kept.moved_on, Customer.id)
    )


def _visit(when: ColumnElement[datetime], *states: VisitState) -> Any:
    theirs = (Visit.customer_id == Customer.id, Visit.state.in_(states))
    return select(when).where(*theirs).correlate(Customer).scalar_subquery()
