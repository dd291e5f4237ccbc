"""How many papers of sales speak of customers, whatever their kind."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select, union_all

from bumen_base.models import Customer
from bumen_sales.models.contracts import Contract
from bumen_sales.models.leads import Lead
from bumen_sales.models.opportunities import Opportunity
from bumen_sales.models.orders import Order
from bumen_sales.models.quotations import Quotation
from bumen_sales.models.receipts import Receipt
from bumen_sales.models.statements import Statement
from bumen_sales.models.visits import Visit

PAPERS: tuple[Any, ...] = (Order, Lead, Opportunity, Visit, Receipt, Statement, Quotation, Contract)
"""What is written about a customer and kept."""


def numbers_of_papers(customers: Iterable[Customer]) -> Select[int, int]:
    """Count the papers of customers (ids) in whatever state."""
    ids = [customer.id for customer in customers]
    each = (
        select(one.customer_id, func.count(one.id).label("papers"))
        .where(one.customer_id.in_(ids))
        .group_by(one.customer_id)
        for one in PAPERS
    )
    found = union_all(*each).subquery()
    summed = select(found.c.customer_id, func.sum(found.c.papers).label("papers"))
    return summed.group_by(found.c.customer_id)
