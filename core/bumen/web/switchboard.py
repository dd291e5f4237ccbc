"""The switchboard: departments by companies, the plan before a switch, and who switched when.

People see the companies they work for where they may look at departments, and switch where they
may switch: roles are held by company, so one page may show both kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bumen.activation.errors import PlanHasChanged, PluginIsUnknown
from bumen.activation.models import Switch
from bumen.activation.overview import Department, State
from bumen.activation.plan import Plan
from bumen.company.models import Company
from bumen.company.people import full_name_of
from bumen.errors import BusinessError, Forbidden, NotFound
from bumen.formats import formats_here
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.security.permissions import roles_of
from bumen.unit_of_work import current
from bumen.web.security import allowed_in, somebody
from bumen.web.switching import (
    VIEW,
    departments_of,
    let_in,
    plan_now,
    reason_in,
    switch_now,
    touched_by,
)

_ = translator(__file__, "bumen")
_STORY = 50
"""How many switches a department's story goes back."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell is one department in one company, and whether this person may switch it there."""

    company: Company
    department: Department
    may_switch: bool

    @property
    def way(self) -> str:
        """Where a switch would lead: "on", "off", or "" when nothing can be switched."""
        if not self.may_switch:
            return ""
        if self.department.enabled:
            return "off"
        return "on" if self.department.state is State.OFF else ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row is one department in every company that is shown; None where it never was."""

    about: Department
    cells: Sequence[Cell | None]


def switchboard(host: Host) -> Blueprint:
    """Return the pages of the switchboard."""
    pages = Blueprint("departments", __name__, url_prefix="/departments")

    @pages.get("/")
    def board() -> str:
        companies = _companies()
        rows = _rows(host, companies)
        return _page("departments.html", host, companies=companies, rows=rows)

    @pages.get("/<name>/")
    def show(name: str) -> str:
        companies = _companies()
        row = next((one for one in _rows(host, companies) if one.about.name == name), None)
        if row is None:
            raise PluginIsUnknown(name)
        brought = [role for role in roles_of(host.registry).values() if _is_of(role.name, name)]
        story = _story(name, companies)
        return _page("department.html", host, row=row, roles=brought, story=story)

    _add_switches(pages, host)
    return pages


def _add_switches(pages: Blueprint, host: Host) -> None:
    @pages.get("/<company_code>/<name>/<any(on, off):way>")
    def ask(company_code: str, name: str, way: str) -> str:
        let_in(company_code, "write")
        whole = request.headers.get("HX-Request") != "true"
        return _plan_page(host, plan_now(host, name, enabled=way == "on"), whole=whole)

    @pages.post("/<company_code>/<name>/<any(on, off):way>")
    def switch(company_code: str, name: str, way: str) -> Any:
        let_in(company_code, "write")
        on = current().on
        try:
            done = _switch_as_seen(host, name, enabled=way == "on")
        except BusinessError as refusal:
            current().on = on
            flash(str(refusal.message), "danger")
            due = plan_now(host, name, enabled=way == "on")
            return _plan_page(host, due, whole=True), refusal.status
        flash(str(_done(host, done)), "success")
        return redirect(url_for("departments.board"))


def _companies() -> list[Company]:
    """Return the companies whose departments this person may see, the current one first."""
    somebody()
    if not g.memberships:
        raise NotFound
    seen = allowed_in("read", VIEW)
    shown = [one.company for one in g.memberships if one.company_id in seen]
    if not shown:
        raise Forbidden
    return sorted(shown, key=lambda company: (company.id != g.company.id, company.code))


def _rows(host: Host, companies: Sequence[Company]) -> list[Row]:
    written = allowed_in("write", VIEW)
    known = [
        {one.name: one for one in departments_of(host, company_id=company.id)}
        for company in companies
    ]
    names = dict.fromkeys(name for departments in known for name in departments)
    return [
        Row(
            about=next(departments[name] for departments in known if name in departments),
            cells=[
                Cell(
                    company=company,
                    department=departments[name],
                    may_switch=company.id in written,
                )
                if name in departments
                else None
                for company, departments in zip(companies, known, strict=True)
            ],
        )
        for name in names
    ]


def _story(name: str, companies: Sequence[Company]) -> list[tuple[Switch, str]]:
    """Return the last switches of a department, the latest first, each with its company's name."""
    by_id = {company.id: company.name for company in companies}
    query = (
        select(Switch)
        .where(Switch.plugin == name, Switch.company_id.in_(by_id))
        .order_by(Switch.id.desc())
        .limit(_STORY)
        .options(joinedload(Switch.by))
    )
    return [(one, by_id[one.company_id]) for one in current().session.scalars(query)]


def _plan_page(host: Host, due: Plan, *, whole: bool) -> str:
    """Show what a switch would do: as a page, or as what stands in a dialog."""
    template = "switch.html" if whole else "switch_plan.html"
    touched = touched_by(host, due).plugins
    return _page(template, host, due=due, touched=touched, in_dialog=not whole)


def _switch_as_seen(host: Host, name: str, *, enabled: bool) -> Plan:
    """Switch by the plan people saw on the page; refused when it is another one by now."""
    reason = reason_in(dict(request.form))
    due = plan_now(host, name, enabled=enabled)
    if "seen" in request.form and request.form["seen"].split() != list(due.touched):
        raise PlanHasChanged(name)
    return switch_now(host, name, enabled=enabled, reason=reason, seen=due)


def _done(host: Host, done: Plan) -> Text:
    company = g.company.name
    if not done.touched:
        return _("Nothing: it is like that already.")
    names = str(_(", ")).join(str(_titles(host).get(name, name)) for name in done.touched)
    if done.enabled:
        return _("Switched on in %(company)s: %(departments)s", company=company, departments=names)
    return _("Switched off in %(company)s: %(departments)s", company=company, departments=names)


def _page(template: str, host: Host, **shown: Any) -> str:
    return render_template(
        f"bumen/{template}",
        title=_("Department switchboard"),
        titles=_titles(host),
        icons={name: one.plugin.icon for name, one in host.registry.plugins.items()},
        formats=formats_here(),
        full_name_of=full_name_of,
        **shown,
    )


def _titles(host: Host) -> dict[str, Text]:
    return {name: one.plugin.title for name, one in host.registry.plugins.items()}


def _is_of(role: str, plugin: str) -> bool:
    return role.partition(".")[0] == plugin
