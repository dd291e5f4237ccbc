"""Field rules as tests need them: made in one call."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import select

from bumen.host import Host
from bumen.model.accounts import Role
from bumen.security.field_rules import set_field_rule
from bumen.visibility import Effect


def rule(
    host: Host,
    key: str,
    field: str,
    *,
    role: str,
    effect: Effect = Effect.HIDDEN,
    states: Collection[str] = (),
    company: str = "TW01",
) -> None:
    """Hide a field of a resource (its key) from a role of a company, or let it only be read."""
    with host.unit_of_work(company=company) as unit:
        role_id = unit.session.scalars(select(Role.id).where(Role.name == role)).one()
        set_field_rule(
            host.registry.resources[key],
            field,
            role_id=role_id,
            effect=effect,
            states=states,
            by=None,
            at=datetime.now(UTC),
        )
