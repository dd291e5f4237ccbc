"""Switching departments: its API, for programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app
from flask_appbuilder import AppBuilder

from bumen.activation.plan import Plan
from bumen.errors import InvalidInput
from bumen.host import Host
from bumen.i18n import translator
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.switchboard import switchboard
from bumen.web.switching import (
    company_id,
    departments_of,
    let_in,
    plan_now,
    reason_in,
    switch_now,
    touched_by,
)

_ = translator(__file__, "bumen")
_BASE = "/api/v1/core/companies/<company_code>/plugins"


def register_departments(_appbuilder: AppBuilder, host: Host) -> None:
    """Add the switchboard's API and pages to the application."""
    api = Blueprint("core-departments", __name__)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001

    @api.get(f"{_BASE}/")
    def listed(company_code: str) -> Response:
        let_in(company_code, "read")
        shown = departments_of(host, company_id=company_id())
        return answer({"result": [one.to_json() for one in shown]})

    @api.post(f"{_BASE}/<name>/plan")
    def planned(company_code: str, name: str) -> Response:
        let_in(company_code, "read")
        return answer(_told(host, plan_now(host, name, enabled=_flag(body(), "enabled"))))

    @api.put(f"{_BASE}/<name>")
    def switched(company_code: str, name: str) -> Response:
        let_in(company_code, "write")
        sent = body()
        enabled, reason = _flag(sent, "enabled"), reason_in(sent)
        done = switch_now(host, name, enabled=enabled, reason=reason)
        return answer({"result": done.to_json()})

    app.register_blueprint(api)
    app.register_blueprint(switchboard(host))


def _told(host: Host, due: Plan) -> dict[str, Any]:
    touched = touched_by(host, due)
    return {"result": {**due.to_json(), "touched": touched.to_json()["plugins"]}}


def _flag(sent: dict[str, Any], name: str) -> bool:
    value = sent.get(name)
    if not isinstance(value, bool):
        raise InvalidInput({name: [_("This must be true or false.")]})
    return value
