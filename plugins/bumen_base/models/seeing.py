"""Whose customers are whose: what a salesperson, a regional manager and a director see."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bumen import Choice, User
from bumen_base.models.customers import Customer
from bumen_base.models.organisation import Employee, Region
from bumen_base.models.trees import downwards_from
from bumen_base.texts import _


class Scope(Choice):
    """How far somebody sees: the own region and below, the company, and confidential customers."""

    REGION = "read_region", _("See those of the own regions")
    COMPANY = "read_all", _("See all of the company")
    CONFIDENTIAL = "read_confidential", _("See confidential ones")


SCOPES = tuple(Scope)


def customers_seen(*, by: User | None, may: Callable[[str], bool]) -> list[ColumnElement[bool]]:
    """Limit customers to one's own and one's people's, to one's regions, or to none but secrets.

    A customer without a salesperson is the one's who made it. Confidential customers are seen by
    their salesperson, by those above, and by whoever may see confidential ones. Source: E5.2.
    """
    if by is None:
        return []
    nobodys = and_(Customer.salesperson_id.is_(None), Customer.created_by_id == by.id)
    own = or_(Customer.salesperson_id.in_(_my_people(by)), nobodys)
    limits: list[ColumnElement[bool]] = []
    if not may("read_all"):
        limits.append(or_(own, _in_my_regions(by)) if may("read_region") else own)
    if not may("read_confidential"):
        limits.append(or_(~Customer.confidential, own))
    return limits


def of_customers_seen(model: Any) -> Callable[..., list[ColumnElement[bool]]]:
    """Limit what belongs to a customer, a contact or an address, as its customer is limited."""

    def limited(*, by: User | None, may: Callable[[str], bool]) -> list[ColumnElement[bool]]:
        limits = customers_seen(by=by, may=may)
        return [model.customer.has(limit) for limit in limits]

    return limited


def myself(user: User) -> Select[int]:
    """Select the employee who signs in as this person."""
    return select(Employee.id).where(Employee.user_id == user.id)


def _my_people(user: User) -> Select[int]:
    return downwards_from(Employee, myself(user), by="superior")


def _in_my_regions(user: User) -> ColumnElement[bool]:
    mine = select(Region.id).where(Region.manager_id.in_(myself(user)))
    return Customer.region_id.in_(downwards_from(Region, mine, by="parent"))
