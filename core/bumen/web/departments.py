"""Switching departments: the API of the switchboard, and its page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response, current_app, flash, redirect, render_template, request
from flask_appbuilder import AppBuilder
from marshmallow import ValidationError

from bumen.activation.errors import PlanHasChanged
from bumen.activation.overview import departments
from bumen.activation.plan import Plan
from bumen.activation.service import carry_out, plan
from bumen.activation.survey import survey
from bumen.errors import InvalidInput, NotFound
from bumen.formats import formats_here
from bumen.host import Host
from bumen.i18n import translator
from bumen.schema import first_said
from bumen.schema.values import refuse_unstorable
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.security import require

_ = translator(__file__, "bumen")
VIEW = "core.Departments"
_BASE = "/api/v1/core/companies/<company_code>/plugins"


def register_departments(_appbuilder: AppBuilder, host: Host) -> None:
    """Add the switchboard's API and page to the application."""
    api = Blueprint("core-departments", __name__)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001

    @api.get(f"{_BASE}/")
    def listed(company_code: str) -> Response:
        _here(company_code, "read")
        return answer({"result": [one.to_json() for one in _departments(host)]})

    @api.post(f"{_BASE}/<name>/plan")
    def planned(company_code: str, name: str) -> Response:
        _here(company_code, "read")
        return answer(_told(host, _plan(host, name, enabled=_flag(body(), "enabled"))))

    @api.put(f"{_BASE}/<name>")
    def switched(company_code: str, name: str) -> Response:
        _here(company_code, "write")
        sent = body()
        enabled, reason = _flag(sent, "enabled"), _words(sent, "reason")
        done = _switch(host, name, enabled=enabled, reason=reason, seen=None)
        return answer({"result": done.to_json()})

    app.register_blueprint(api)
    _register_pages(app, host)


def _register_pages(app: Flask, host: Host) -> None:
    pages = Blueprint("departments", __name__, url_prefix="/departments")

    @pages.get("/")
    def board() -> str:
        require("read", VIEW)
        titles = {name: one.plugin.title for name, one in host.registry.plugins.items()}
        shown = _departments(host)
        return render_template(
            "bumen/departments.html", departments=shown, titles=titles, formats=formats_here()
        )

    @pages.get("/<name>/<any(on, off):way>")
    def ask(name: str, way: str) -> str:
        require("write", VIEW)
        due = _plan(host, name, enabled=way == "on")
        shown = {"due": due, "way": way, "name": name, "told": _told(host, due)}
        return render_template("bumen/switch.html", **shown)

    @pages.post("/<name>/<any(on, off):way>")
    def switch(name: str, way: str) -> Any:
        require("write", VIEW)
        _switch_as_seen(host, name, enabled=way == "on")
        flash(str(_("The department has been switched.")), "success")
        return redirect("/departments/")

    app.register_blueprint(pages)


def _switch_as_seen(host: Host, name: str, *, enabled: bool) -> None:
    """Switch by the plan people saw on the page; refused when it is another one by now."""
    reason = _words(dict(request.form), "reason")
    due = _plan(host, name, enabled=enabled)
    if "seen" in request.form and request.form["seen"].split() != list(due.touched):
        raise PlanHasChanged(name)
    _switch(host, name, enabled=enabled, reason=reason, seen=due)


def _here(company_code: str, permission: str) -> None:
    """Let administrators of this company in; for everybody else it does not exist."""
    require(permission, VIEW)
    company = current().company
    if company is None or company.code != company_code:
        raise NotFound


def _departments(host: Host) -> list[Any]:
    return departments(
        current().session,
        registry=host.registry,
        company_id=_company_id(),
        behind=host.pending(),
    )


def _company_id() -> int:
    company = current().company
    if company is None:
        raise NotFound
    return company.id


def _plan(host: Host, name: str, *, enabled: bool) -> Plan:
    return plan(
        current().session,
        registry=host.registry,
        company_id=_company_id(),
        name=name,
        enabled=enabled,
    )


def _switch(host: Host, name: str, *, enabled: bool, reason: str, seen: Plan | None) -> Plan:
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


def _told(host: Host, due: Plan) -> dict[str, Any]:
    touched = survey(host, company_id=_company_id(), plan=due)
    return {"result": {**due.to_json(), "touched": touched.to_json()["plugins"]}}


def _flag(sent: dict[str, Any], name: str) -> bool:
    value = sent.get(name)
    if not isinstance(value, bool):
        raise InvalidInput({name: [_("This must be true or false.")]})
    return value


def _words(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise InvalidInput({name: [_("This must be a text.")]})
    try:
        return refuse_unstorable(value)
    except ValidationError as wrong:
        raise InvalidInput({name: [first_said(wrong)]}) from None
