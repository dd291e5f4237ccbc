"""Plans and switches of departments, as the API and the switchboard ask for them.

Always for the company of the request: an address that names a company makes it that one, and who
does not work there gets the answer for what does not exist.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError

from bumen.activation.overview import Department, departments
from bumen.activation.plan import Plan
from bumen.activation.service import carry_out, plan
from bumen.activation.survey import Touched, survey
from bumen.errors import InvalidInput, NotFound
from bumen.host import Host
from bumen.i18n import translator
from bumen.schema import first_said
from bumen.schema.values import refuse_unstorable
from bumen.unit_of_work import committed, current
from bumen.web.security import require

_ = translator(__file__, "bumen")
VIEW = "core.Departments"


def let_in(company_code: str, permission: str) -> None:
    """Let administrators of this company in; for everybody else it does not exist."""
    require(permission, VIEW)
    company = current().company
    if company is None or company.code != company_code:
        raise NotFound


def company_id() -> int:
    """Return the company of the request; without one there are no departments."""
    company = current().company
    if company is None:
        raise NotFound
    return company.id


def departments_of(host: Host, *, company_id: int) -> list[Department]:
    """Return every department a company could have or has had."""
    return departments(
        current().session,
        registry=host.registry,
        company_id=company_id,
        behind=host.pending(),
    )


def plan_now(host: Host, name: str, *, enabled: bool) -> Plan:
    """Work out what a switch would do in the company of the request."""
    return plan(
        current().session,
        registry=host.registry,
        company_id=company_id(),
        name=name,
        enabled=enabled,
    )


def touched_by(host: Host, due: Plan) -> Touched:
    """Count what a plan touches in the company of the request."""
    return survey(host, company_id=company_id(), plan=due)


def switch_now(
    host: Host, name: str, *, enabled: bool, reason: str, seen: Plan | None = None
) -> Plan:
    """Switch a department in the company of the request; refused when the plan is another one."""
    with committed(current()) as unit:
        return carry_out(
            unit,
            registry=host.registry,
            behind=host.pending(),
            name=name,
            enabled=enabled,
            reason=reason,
            seen=seen,
            at=datetime.now(UTC),
        )


def reason_in(sent: dict[str, Any]) -> str:
    """Return why somebody switches, as it was sent."""
    value = sent.get("reason", "")
    if not isinstance(value, str):
        raise InvalidInput({"reason": [_("This must be a text.")]})
    try:
        return refuse_unstorable(value)
    except ValidationError as wrong:
        raise InvalidInput({"reason": [first_said(wrong)]}) from None
