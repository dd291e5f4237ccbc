"""Working as somebody outside a request: with the roles, rights and field rules held now."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from bumen.company.holding import held_roles
from bumen.company.models import Membership
from bumen.model.accounts import User
from bumen.security.holding import granted_to
from bumen.unit_of_work import UnitOfWork
from bumen.visibility import Held, held_in, rules_held

_HOST = "core"


def place_of(session: Session, *, user_id: int, company_id: int) -> Membership | None:
    """Return somebody's place in a company; None for who has none, or may not sign in."""
    found: Membership | None = session.scalar(
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(Membership.user_id == user_id, Membership.company_id == company_id, User.active)
    )
    return found


def act_as(unit: UnitOfWork, place: Membership) -> None:
    """Let a unit of work, entered for somebody, do what that person may do in this place."""
    unit.may = _may(unit, place)
    unit.field_rules = cache(lambda: _field_rules(unit, place))


def _may(unit: UnitOfWork, place: Membership) -> Callable[[str, str], bool]:
    roles = held_roles(place.user_id, place.id)
    granted = frozenset((name, view) for name, view in unit.session.execute(granted_to(roles)))

    def may(verb: str, view: str) -> bool:
        plugin, dot, _name = view.partition(".")
        is_off = bool(dot) and plugin != _HOST and plugin not in unit.on
        return not is_off and (f"can_{verb}", view) in granted

    return may


def _field_rules(unit: UnitOfWork, place: Membership) -> Held:
    roles = held_roles(place.user_id, place.id)
    return held_in(unit.session.execute(rules_held(roles, company_id=place.company_id)))
