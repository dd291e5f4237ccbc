"""The flows of a company, for its administrators: what it has settled about each, and its calendar.

What a state means is the department's; deadlines, who may act and required opinions are the
company's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from bumen.documents.flow_settings import DeadlineUnit, settings_of
from bumen.documents.moving import flow_of
from bumen.documents.settling import (
    DeadlineIsUnclear,
    Settled,
    settle_state,
    settle_step,
)
from bumen.errors import BusinessError, Malformed, NotFound
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.model.accounts import Role
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.security.permissions import DEPLOYMENT_ADMINISTRATOR, VISITOR
from bumen.unit_of_work import committed, current, session
from bumen.web.deadlines import say_that_deadlines_follow
from bumen.web.house import registry
from bumen.web.pages.diagram import diagram_of
from bumen.web.pages.flow_page import VIEW
from bumen.web.pages.records import department_of
from bumen.web.pages.settled import settlements
from bumen.web.people.portraits import role_titles
from bumen.web.security import allowed, let_in
from bumen.web.working_calendar import add_calendar

_ = translator(__file__, "bumen")


def flows() -> Blueprint:
    """Return the pages of flows and of the working calendar."""
    pages = Blueprint("flows", __name__, url_prefix="/flows")

    @pages.get("/")
    def listed() -> str:
        let_in("read", VIEW)
        shown = [(one, department_of(one)) for one in _flowing()]
        return _page("flows.html", title=_("Workflows"), flows=shown)

    @pages.get("/<key>/")
    def show(key: str) -> str:
        let_in("read", VIEW)
        return _settings_page(_found(key))

    @pages.post("/<key>/")
    def settle(key: str) -> Any:
        let_in("write", VIEW)
        resource = _found(key)
        try:
            with committed(current()):
                _settle(resource)
        except BusinessError as refusal:
            return _settings_page(resource, refusal=refusal), refusal.status
        flash(str(_("What you settled has been saved.")), "success")
        say_that_deadlines_follow()
        return redirect(url_for("flows.show", key=key), 303)

    add_calendar(pages)
    return pages


def _flowing() -> Iterator[type[Resource]]:
    """Yield the resources with a flow, of departments that are on for the company."""
    for resource in registry().resources.values():
        if hasattr(resource.model, "workflow") and resource.plugin() in current().on:
            yield resource


def _found(key: str) -> type[Resource]:
    resource = next((one for one in _flowing() if one.key() == key), None)
    if resource is None:
        raise NotFound
    return resource


def _settings_page(resource: type[Resource], *, refusal: BusinessError | None = None) -> str:
    states, flow = tuple(fields_of(resource.model)["state"].choices or ()), flow_of(resource.model)
    settings = session().scalars(settings_of(resource.key())).all()
    roles = _roles()
    return _page(
        "settings.html",
        title=resource.title,
        resource=resource,
        department=department_of(resource),
        flow=flow,
        states=states,
        steps=list(flow.workflow.transitions.values()),
        diagram=diagram_of(flow.workflow, states),
        roles=roles,
        units=list(DeadlineUnit),
        refusal=refusal,
        sent=request.form,
        settlements=settlements(settings, flow.workflow, states, roles),
    )


def _roles() -> dict[str, str]:
    """Return the roles a step may be left to: names and titles, sorted by title."""
    nobodys = {DEPLOYMENT_ADMINISTRATOR, VISITOR}
    titles = role_titles()
    names = [one for one in session().scalars(select(Role.name)) if one not in nobodys]
    return dict(sorted(((one, titles.get(one, one)) for one in names), key=lambda pair: pair[1]))


def _settle(resource: type[Resource]) -> None:
    """Settle what was sent: every state's deadline, and every step's roles and opinion."""
    for state in fields_of(resource.model)["state"].choices or ():
        amount = request.form.get(f"amount.{state.value}", "").strip()
        if amount and not (amount.isascii() and amount.isdigit() and len(amount) < 10):
            raise DeadlineIsUnclear(field=f"amount.{state.value}")
        unit = _unit(request.form.get(f"unit.{state.value}", DeadlineUnit.DAYS.value))
        settled = Settled(amount=int(amount) if amount else None, unit=unit)
        settle_state(resource, state.value, settled)
    known = _roles()
    for name in flow_of(resource.model).workflow.transitions:
        roles = request.form.getlist(f"roles.{name}")
        settled = Settled(roles=roles, opinion=f"opinion.{name}" in request.form)
        settle_step(resource, name, settled, known_roles=known)


def _unit(sent: str) -> DeadlineUnit:
    unit = next((one for one in DeadlineUnit if one.value == sent), None)
    if unit is None:
        said = _("This value is not allowed.")
        raise Malformed(said, fields={"unit": [said]})
    return unit


def _page(template: str, **shown: Any) -> str:
    may_write = allowed("write", VIEW)
    formats = formats_here()
    return render_template(f"bumen/flow/{template}", formats=formats, may_write=may_write, **shown)
