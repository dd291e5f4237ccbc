"""What somebody is denied of records that no role shows them, but being asked about them does."""

from __future__ import annotations

from typing import Any

from bumen.unit_of_work import session
from bumen.visibility.models import FieldRule, field_rules
from bumen.visibility.rules import RoleGrants, RoleRule


def told_to_asked(record: Any) -> frozenset[str]:
    """Return the fields that say why others decide about a record that waits for them.

    Whoever is asked reads them, whatever rules of fields say: nobody decides what they are not
    told. They are what the approval declares as `tells`.
    """
    workflow = getattr(type(record), "workflow", None)
    approval = None if workflow is None else workflow.approvals.get(record.state)
    return frozenset(getattr(approval, "tells", ()))


def denied(resource: str, role_ids: Any, *, company_id: int) -> RoleGrants:
    """Return what roles deny of a resource (its permission's name) that none of them lets in to.

    `role_ids` selects the roles somebody holds. No role adds its eyes: whatever one of them is
    denied stays hidden.
    """
    kept = session().scalars(
        field_rules(company_id).where(
            FieldRule.resource == resource, FieldRule.role_id.in_(role_ids)
        )
    )
    rules = (RoleRule(field=one.field, effect=one.effect, states=one.codes) for one in kept)
    return RoleGrants(reads=True, writes=False, rules=tuple(rules))
