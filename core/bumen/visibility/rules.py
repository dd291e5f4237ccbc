"""The field rules that hold for one person: those of every role that lets the person in.

Permissions add up, so do the eyes of the roles: a field is hidden when each role that lets
somebody read the resource hides it, and read-only when each that lets somebody write it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from bumen.model.accounts import (
    Permission,
    PermissionView,
    ViewMenu,
    assoc_permissionview_role,
)
from bumen.visibility.models import Effect, FieldRule

_READS, _WRITES = "can_read", "can_write"


@dataclass(frozen=True, kw_only=True)
class RoleRule:
    """What one role is denied of one field, and in which states (none means in all)."""

    field: str
    effect: Effect
    states: frozenset[str]

    def holds(self, state: str | None) -> bool:
        """Whether it holds in a state; None stands for a record that has none."""
        return not self.states or state in self.states


@dataclass(frozen=True, kw_only=True)
class RoleGrants:
    """What one role grants of a resource, and what it is denied there."""

    reads: bool
    writes: bool
    rules: tuple[RoleRule, ...]

    def fields(self, effects: Iterable[Effect], state: str | None) -> frozenset[str]:
        """Return the fields it is denied in a state."""
        wanted = set(effects)
        return frozenset(
            one.field for one in self.rules if one.effect in wanted and one.holds(state)
        )

    def hidden_somewhere(self) -> frozenset[str]:
        """Return the fields it does not see in one state or another."""
        return frozenset(one.field for one in self.rules if one.effect is Effect.HIDDEN)


Held = Mapping[str, tuple[RoleGrants, ...]]
"""The roles a person holds that let in, by the resource they let in to."""


def rules_held(role_ids: Any, *, company_id: int) -> Select[Any]:
    """Select what roles grant of the resources a company has field rules for, and the rules.

    `role_ids` selects the roles somebody holds. Each row is a role, a permission, a resource, and
    one of the role's rules for it, if it has any.
    """
    grants = assoc_permissionview_role.c
    rule = aliased(FieldRule)
    ruled = select(FieldRule.resource).where(FieldRule.company_id == company_id)
    its = and_(
        rule.role_id == grants.role_id,
        rule.resource == ViewMenu.name,
        rule.company_id == company_id,
    )
    return (
        select(grants.role_id, Permission.name, ViewMenu.name, rule.field, rule.effect, rule.states)
        .select_from(PermissionView)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .join(assoc_permissionview_role, grants.permission_view_id == PermissionView.id)
        .outerjoin(rule, its)
        .where(Permission.name.in_((_READS, _WRITES)), ViewMenu.name.in_(ruled))
        .where(grants.role_id.in_(role_ids))
    )


def held_in(rows: Iterable[Any]) -> Held:
    """Put together what `rules_held` has read."""
    verbs: dict[tuple[str, int], set[str]] = {}
    rules: dict[tuple[str, int], set[RoleRule]] = {}
    for role_id, verb, resource, field, effect, states in rows:
        verbs.setdefault((resource, role_id), set()).add(verb)
        if field is not None:
            rule = RoleRule(field=field, effect=effect, states=frozenset(states.split()))
            rules.setdefault((resource, role_id), set()).add(rule)
    found: dict[str, tuple[RoleGrants, ...]] = {}
    for key, granted in verbs.items():
        one = RoleGrants(
            reads=_READS in granted, writes=_WRITES in granted, rules=tuple(rules.get(key, ()))
        )
        found[key[0]] = (*found.get(key[0], ()), one)
    return found
