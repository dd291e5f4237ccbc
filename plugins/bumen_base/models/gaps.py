"""What is missing in customers' files, counted for all of them at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Enum, Select, String, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from bumen_base.models.choices import CustomerKind
from bumen_base.models.customers import Customer

Conditions = Sequence[ColumnElement[bool]]


def is_missing(name: str, *, only_of_companies: bool) -> ColumnElement[bool]:
    """Return whether a customer's file lacks a field, or lines of a kind."""
    attribute: Any = getattr(Customer, name)
    if name in Customer.__mapper__.relationships:
        gap = ~attribute.any()
    elif isinstance(attribute.type, String) and not isinstance(attribute.type, Enum):
        gap = or_(attribute.is_(None), attribute == "")
    else:
        gap = attribute.is_(None)
    return and_(gap, Customer.kind != CustomerKind.PERSON) if only_of_companies else gap


def completeness_by(
    column: Any, gaps: Mapping[str, ColumnElement[bool]], *, seen: Conditions
) -> Select[Any]:
    """Count customers, add up their completeness and count each gap, by what is in a column.

    Archived ones are left out. The columns are the group, the count, the sum, then the gaps.
    """
    counted = (func.sum(case((gap, 1), else_=0)).label(name) for name, gap in gaps.items())
    return (
        select(column, func.count(Customer.id), func.sum(Customer.completeness), *counted)
        .where(~Customer.archived, *seen)
        .group_by(column)
    )


def least_complete(
    gaps: Mapping[str, ColumnElement[bool]], *, seen: Conditions
) -> Select[*tuple[Any, ...]]:
    """Select customers who are not archived, the least complete first, each with its gaps."""
    return (
        select(Customer, *(gap.label(name) for name, gap in gaps.items()))
        .where(~Customer.archived, *seen)
        .options(joinedload(Customer.region), joinedload(Customer.salesperson))
        .order_by(Customer.completeness, Customer.code)
    )
