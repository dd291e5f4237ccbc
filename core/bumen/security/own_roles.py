"""The roles that belong to one company: copied from another, and changed as it needs them.

All of it runs inside a unit of work for the company and commits nothing.
"""

from __future__ import annotations

from itertools import chain, count

from sqlalchemy import func, select

from bumen.company.errors import NameIsMissing
from bumen.errors import NotFound
from bumen.model.accounts import Role
from bumen.security.keeping import (
    RoleIsHeld,
    RoleNameIsTaken,
    Ticked,
    grant_exactly,
    grants_of,
    holders,
)
from bumen.security.kept import role_of_company
from bumen.security.models import LONGEST_TITLE, CompanyRole, company_roles
from bumen.security.permissions import everybodys
from bumen.security.powers import refuse_beyond_own
from bumen.unit_of_work import company_now, session
from bumen.values import is_account_id

_LONGEST_NAME = 58
"""Leaves room for a number behind it."""


def own_role(role_id: int) -> CompanyRole:
    """Return a role of the company's own, or `NotFound`: others' do not exist here."""
    query = company_roles(company_now().id).where(CompanyRole.role_id == role_id)
    found: CompanyRole | None = session().scalar(query) if is_account_id(role_id) else None
    if found is None:
        raise NotFound
    return found


def copy_role(role_id: int, *, title: str) -> CompanyRole:
    """Make a role of the company's own that allows what another does, under a title.

    Refuses what nobody here could give: more than one may do oneself.
    """
    model, called = role_of_company(role_id), _checked_title(title)
    granted = grants_of(model)
    refuse_beyond_own(granted)
    role = Role(name=_free_name(called))
    session().add(role)
    session().flush()
    grant_exactly(session(), role, granted | everybodys())
    own = CompanyRole(role=role, company_id=company_now().id, title=called, copied_from=model.name)
    session().add(own)
    session().flush()
    return own


def change_own_role(own: CompanyRole, *, title: str, ticked: Ticked) -> None:
    """Call a role of the company's own otherwise, and let it allow what was ticked.

    Its name stays: rules of the company know it by that. Refuses to grant, or to take away, what
    one may not do oneself.
    """
    had = grants_of(own.role)
    wanted = (had - ticked.offered) | ticked.chosen
    refuse_beyond_own(had ^ wanted)
    if title.strip() != own.title:
        own.title = _checked_title(title, own=own)
    grant_exactly(session(), own.role, wanted)
    session().flush()


def drop_own_role(own: CompanyRole) -> None:
    """Delete a role of the company's own that nobody holds."""
    if holders(session(), [own.role_id])[own.role_id]:
        raise RoleIsHeld(own.title)
    role = own.role
    session().delete(own)
    session().flush()
    session().delete(role)
    session().flush()


def _checked_title(title: str, *, own: CompanyRole | None = None) -> str:
    """Return a title that no other role of the company has, in whichever letter case."""
    bare = title.strip()
    if not bare or len(bare) > LONGEST_TITLE or not bare.isprintable():
        raise NameIsMissing(longest=LONGEST_TITLE)
    same = company_roles(company_now().id).where(func.lower(CompanyRole.title) == func.lower(bare))
    if any(one is not own for one in session().scalars(same)):
        raise RoleNameIsTaken(bare)
    return bare


def _free_name(title: str) -> str:
    """Return a name for a role that no other has; one that was called so before keeps its own."""
    name = f"{company_now().code}: {title}"[:_LONGEST_NAME]
    begun = select(Role.name).where(Role.name.startswith(name, autoescape=True))
    taken = set(session().scalars(begun))
    numbered = (f"{name} {number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)
