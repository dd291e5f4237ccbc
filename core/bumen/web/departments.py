"""Switching departments: its API, for programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app
from flask_appbuilder import AppBuilder

from bumen.activation.overview import State
from bumen.activation.plan import Plan
from bumen.errors import InvalidInput
from bumen.host import Host
from bumen.i18n import translator
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.described import (
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    in_path,
    many,
    maybe,
    one_of,
    operation,
    thing,
)
from bumen.web.security import allowed
from bumen.web.switchboard import switchboard
from bumen.web.switching import (
    VIEW,
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
_DEPARTMENT = thing(
    {
        **dict.fromkeys(("name", "title", "state_title", "description", "version"), TEXT),
        "state": one_of(one.value for one in State),
        "enabled": FLAG,
        "reason": TEXT,
        **dict.fromkeys(("requires", "required_by", "adds"), many(TEXT)),
        "since": maybe(MOMENT),
        "by": maybe(TEXT),
    }
)
_PLAN = {"name": TEXT, "enabled": FLAG, "turn_on": many(TEXT), "turn_off": many(TEXT)}
_COUNTED = many(thing({"table": TEXT, "title": TEXT, "number": NUMBER, "more": FLAG}))
_TOUCHED = thing(
    {
        "name": TEXT,
        "title": TEXT,
        **dict.fromkeys(("records", "open_documents"), _COUNTED),
        **dict.fromkeys(("users", "open_runs", "schedules"), NUMBER),
    }
)
_FORESEEN = thing({**_PLAN, "touched": many(_TOUCHED)})


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


def describe_departments(spec: Any) -> None:
    """Describe switching departments, to whom it is shown or left."""
    if not allowed("read", VIEW):
        return
    base = _BASE.replace("<company_code>", "{company_code}")
    company, name = in_path("company_code", TEXT), in_path("name", TEXT)
    every = operation(thing({"result": many(_DEPARTMENT)}), company)
    spec.path(f"{base}/", operations={"get": every})
    wished = thing({"enabled": FLAG}, required=["enabled"])
    foreseen = operation(thing({"result": _FORESEEN}), company, name, sent=wished)
    spec.path(f"{base}/{{name}}/plan", operations={"post": foreseen})
    if allowed("write", VIEW):
        sent = thing({"enabled": FLAG, "reason": TEXT}, required=["enabled"])
        done = operation(thing({"result": thing(_PLAN)}), company, name, sent=sent)
        spec.path(f"{base}/{{name}}", operations={"put": done})


def _told(host: Host, due: Plan) -> dict[str, Any]:
    touched = touched_by(host, due)
    return {"result": {**due.to_json(), "touched": touched.to_json()["plugins"]}}


def _flag(sent: dict[str, Any], name: str) -> bool:
    value = sent.get(name)
    if not isinstance(value, bool):
        raise InvalidInput({name: [_("This must be true or false.")]})
    return value
