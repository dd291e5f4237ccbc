"""The roles people of a company can hold: those everybody knows, and the company's own."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from bumen.company.models import Membership, MembershipRole
from bumen.company.service import DEPLOYMENT_ROLES
from bumen.errors import NotFound
from bumen.model.accounts import Role
from bumen.security.models import CompanyRole
from bumen.security.permissions import VISITOR
from bumen.unit_of_work import company_now, session
from bumen.values import is_account_id


def roles_here(company_id: int) -> Select[Role]:
    """Select the roles somebody can hold in a company (its id), by name."""
    others = select(CompanyRole.role_id).where(CompanyRole.company_id != company_id)
    return (
        select(Role)
        .where(Role.name.not_in({VISITOR, *DEPLOYMENT_ROLES}), Role.id.not_in(others))
        .order_by(Role.name)
    )


def held_here(company_id: int) -> Select[int, int]:
    """Select how many people hold each role in a company (its id): the role's id, and the count."""
    return (
        select(MembershipRole.role_id, func.count())
        .join(Membership, Membership.id == MembershipRole.membership_id)
        .where(Membership.company_id == company_id)
        .group_by(MembershipRole.role_id)
    )


def role_of_company(role_id: int) -> Role:
    """Return a role that can be held in the company that works now, or `NotFound`."""
    query = roles_here(company_now().id).where(Role.id == role_id)
    role = session().scalar(query) if is_account_id(role_id) else None
    if role is None:
        raise NotFound
    return role
