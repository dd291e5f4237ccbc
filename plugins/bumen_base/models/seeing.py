"""Whose customers are whose: what a salesperson, a regional manager and a director see."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from bumen import Choice, Reach, Scoped, User, own_records
from bumen_base.models.customers import Customer
from bumen_base.models.organisation import Department, Employee, Region
from bumen_base.models.trees import downwards_from
from bumen_base.texts import _


class Scope(Choice):
    """What somebody may see beside how far: confidential customers."""

    CONFIDENTIAL = "read_confidential", _("See confidential ones")


SCOPES = tuple(Scope)
WHOSE_CUSTOMERS = Scoped(by="salesperson", region="region")
"""A customer is its salesperson's; one without is the one's who made it. Source: E5.2."""


def unless_confidential(
    *, by: User | None, may: Callable[[str], bool]
) -> list[ColumnElement[bool]]:
    """Limit confidential customers to their salesperson, those above, and whoever may see them.

    Source: E5.2.
    """
    if by is None or may("read_confidential"):
        return []
    return [or_(~Customer.confidential, own_records(Customer, WHOSE_CUSTOMERS, by=by))]


def reach_of(user_id: int) -> Reach:
    """Return how far somebody reaches: the employee who signs in as this user, and below."""
    departments = _own(Department, Employee.department_id, user_id)
    regions = _own(Region, Employee.region_id, user_id)
    return Reach(
        people=downwards_from(Employee, myself(user_id), by="superior"),
        colleagues=select(Employee.id).where(Employee.department_id.in_(departments)),
        departments=departments,
        regions=regions,
    )


def myself(user_id: int) -> Select[int]:
    """Select the employee who signs in as this user."""
    return select(Employee.id).where(Employee.user_id == user_id)


def _own(model: Any, works_in: Any, user_id: int) -> Select[int]:
    """Select the departments or regions somebody works in or manages, and those below."""
    in_it = model.id.in_(select(works_in).where(Employee.user_id == user_id))
    managed = model.manager_id.in_(myself(user_id))
    return downwards_from(model, select(model.id).where(or_(in_it, managed)), by="parent")
