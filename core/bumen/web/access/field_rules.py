"""The field rules of a company: which role does not see a field, or may not write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bumen.errors import BusinessError, NotFound
from bumen.formats import formats_here
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.resource import Resource
from bumen.security.field_rules import drop_field_rule, ruled_fields, set_field_rule, states_of
from bumen.security.kept import roles_here
from bumen.unit_of_work import committed, company_now, current, session
from bumen.values import Choice
from bumen.visibility import (
    Effect,
    FieldRule,
    begin_with_proposed,
    field_rules,
    missing_rules,
)
from bumen.web.access.forms import roles_offered, titles_here
from bumen.web.deeds import carried_out
from bumen.web.house import department_titles, registry
from bumen.web.people.addresses import is_account
from bumen.web.security import allowed, let_in

_ = translator(__file__, "bumen")
VIEW = "core.FieldRules"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A rule in the words of whoever reads it."""

    rule: FieldRule
    resource: Text
    field: Text | str
    states: Sequence[Choice]


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A rule that a department proposes, in the words of whoever reads it."""

    resource: Text
    field: Text
    role: str
    effect: Effect


def field_rule_pages(_host: Host) -> Blueprint:
    """Return the pages."""
    pages = Blueprint("field_rules", __name__, url_prefix="/company/fields")
    pages.add_url_rule("/", view_func=listed)
    pages.add_url_rule("/<plugin>/<path>", view_func=add, methods=["GET", "POST"])
    pages.add_url_rule("/<int:ident>/delete", view_func=delete, methods=["POST"])
    pages.add_url_rule("/proposed", view_func=take_over, methods=["POST"])
    return pages


def listed() -> str:
    """Show the rules of the company, and what new ones can be about."""
    let_in("read", VIEW)
    known = {one.permission(): one for one in _resources()}
    kept = session().scalars(field_rules(company_now().id)).all()
    return render_template(
        "bumen/access/field_rules.html",
        title=_("Field rules"),
        rules=[_told(one, known[one.resource]) for one in kept if one.resource in known],
        proposed=_proposed(),
        resources=_resources(),
        plugins=department_titles(),
        titles=titles_here(),
        formats=formats_here(),
        may_write=allowed("write", VIEW),
    )


def add(plugin: str, path: str) -> Any:
    """Make a rule about a resource's field, or change the one a role has."""
    let_in("write", VIEW)
    resource = _resource(f"{plugin}.{path}")
    if request.method != "POST":
        return _form(resource)
    sent = request.form

    def deed() -> Text:
        set_field_rule(
            resource,
            sent.get("field", ""),
            role_id=_number(sent.get("role", "")),
            effect=_effect(sent.get("effect", "")),
            states=sent.getlist("states"),
            by=current().user,
            at=datetime.now(UTC),
        )
        return _("The field rule has been saved.")

    listing = url_for("field_rules.listed")
    return carried_out(deed, then=listing, refused=lambda why: _form(resource, refusal=why))


def delete(ident: int) -> Any:
    """Take a rule away."""
    let_in("write", VIEW)
    with committed(current()):
        drop_field_rule(ident)
    flash(str(_("The field rule has been taken away.")), "success")
    return redirect(url_for("field_rules.listed"))


def take_over() -> Any:
    """Give the company every rule that departments propose and it has none about."""
    let_in("write", VIEW)
    with committed(current()) as unit:
        begin_with_proposed(
            unit.session, _resources(), company_id=company_now().id, at=datetime.now(UTC)
        )
    flash(str(_("The proposed rules have been taken over.")), "success")
    return redirect(url_for("field_rules.listed"))


def _proposed() -> list[Proposed]:
    """Return what departments propose and the company has no rule about."""
    missing = missing_rules(session(), _resources(), company_id=company_now().id)
    return [
        Proposed(
            resource=resource.title,
            field=ruled_fields(resource)[one.field].about.label,
            role=one.role,
            effect=Effect.HIDDEN if one.is_hidden else Effect.FIXED,
        )
        for resource, one in missing
        if one.field in ruled_fields(resource)
    ]


def _form(resource: type[Resource], *, refusal: BusinessError | None = None) -> str:
    return render_template(
        "bumen/access/field_rule_form.html",
        title=_("New field rule: %(list)s", list=resource.title),
        resource=resource,
        fields=ruled_fields(resource),
        lines={lines.name: getattr(lines, "title", "") for lines in resource.lines},
        states=states_of(resource),
        roles=roles_offered(),
        role_ids={role.name: role.id for role in session().scalars(roles_here(company_now().id))},
        effects=list(Effect),
        sent=request.form,
        refusal=refusal,
    )


def _told(rule: FieldRule, resource: type[Resource]) -> Told:
    described = ruled_fields(resource).get(rule.field)
    return Told(
        rule=rule,
        resource=resource.title,
        field=rule.field if described is None else described.about.label,
        states=[one for one in states_of(resource) if one.value in rule.codes],
    )


def _resources() -> list[type[Resource]]:
    return [one for one in registry().resources.values() if one.plugin() in current().on]


def _resource(key: str) -> type[Resource]:
    found = next((one for one in _resources() if one.key() == key), None)
    if found is None:
        raise NotFound
    return found


def _number(typed: str) -> int:
    if not is_account(typed):
        raise NotFound
    return int(typed)


def _effect(typed: str) -> Effect:
    if typed not in set(Effect):
        raise NotFound
    return Effect(typed)  # type: ignore[call-arg]
