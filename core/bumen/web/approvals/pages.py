"""The pages of a company's approval rules, and of who is away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask_appbuilder import AppBuilder

from bumen.approvals import ApprovalRule
from bumen.approvals.ruling import (
    all_rules,
    drop_rule,
    fields_naming_people,
    keep_rule,
    rule_called,
)
from bumen.approvals.spelling import MOST_LEVELS, written_steps
from bumen.errors import BusinessError, NotFound
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.unit_of_work import committed, current, session, today
from bumen.web.access.forms import roles_offered, titles_here
from bumen.web.approvals.absence_pages import absence_pages
from bumen.web.approvals.deeds import VIEW
from bumen.web.approvals.rule_form import MOST_ROWS, place_boxes, rows_of, typed_of, written_in
from bumen.web.approvals.wording import people_in, places_in, said_conditions, said_steps
from bumen.web.deeds import carried_out
from bumen.web.house import registry
from bumen.web.pages.records import department_of
from bumen.web.reached import list_shown
from bumen.web.security import allowed, let_in
from bumen.workflow import Approval

_ = translator(__file__, "bumen")


def register_approvals(appbuilder: AppBuilder) -> None:
    """Add the pages to the application, and the rules to the menu."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    app.register_blueprint(rule_pages())
    app.register_blueprint(absence_pages())
    app.jinja_env.globals["list_shown"] = list_shown
    words = _("Approval rules")
    appbuilder.menu.add_link(VIEW, href="/company/approvals/", label=words, cond=_sees_rules)
    words = _("Absences and substitutes")
    appbuilder.menu.add_link(
        "core.Absences", href="/company/absences/", label=words, cond=_sees_rules
    )


def rule_pages() -> Blueprint:
    """Return the pages of the rules."""
    pages = Blueprint("approval_rules", __name__, url_prefix="/company/approvals")
    pages.add_url_rule("/", view_func=listed)
    pages.add_url_rule("/<key>/<state>/new", view_func=add, methods=["GET", "POST"])
    pages.add_url_rule("/<int:ident>", view_func=change, methods=["GET", "POST"])
    pages.add_url_rule("/<int:ident>/delete", view_func=delete, methods=["POST"])
    return pages


def listed() -> str:
    """Show every approval there is: who is asked by default, and the rules of the company."""
    let_in("read", VIEW)
    titles, rules = titles_here(), list(session().scalars(all_rules()))
    every = [(one, approval) for one in _waiting() for approval in _approvals(one).values()]
    usual = [written_steps(approval.stages) for _resource, approval in every]
    say = partial(said_steps, titles=titles, names=people_in([*usual, *(r.steps for r in rules)]))
    when = partial(said_conditions, titles=titles, places=places_in(rules))
    shown = [
        {
            "resource": resource,
            "department": department_of(resource),
            "approval": approval,
            "usual": say(written_steps(approval.stages), resource),
            "rules": [
                (one, say(one.steps, resource), when(one, resource))
                for one in rules
                if _is_of(one, resource, approval)
            ],
        }
        for resource, approval in every
    ]
    return _page("rules.html", title=_("Approval rules"), every=shown, on=today())


def add(key: str, state: str) -> Any:
    """Write a new rule."""
    let_in("write", VIEW)
    resource, approval = _found(key, state)
    return _edited(resource, approval, None)


def change(ident: int) -> Any:
    """Change a rule."""
    let_in("write", VIEW)
    rule = rule_called(ident)
    resource, approval = _found(rule.resource, rule.waiting_in)
    return _edited(resource, approval, rule)


def delete(ident: int) -> Any:
    """Take a rule away."""
    let_in("write", VIEW)
    with committed(current()):
        drop_rule(rule_called(ident))
    flash(str(_("The rule has been taken away.")), "success")
    return redirect(url_for("approval_rules.listed"), 303)


def _edited(resource: type[Resource], approval: Approval, rule: ApprovalRule | None) -> Any:
    """Show the form, or keep what was sent with it."""
    if request.method != "POST":
        return _form(resource, approval, rule)
    ident = rule.id if rule else None
    if "more" in request.form:
        return _form(resource, approval, rule, sent=request.form)

    def deed() -> Text:
        keep_rule(resource, approval, written_in(request.form), rule=rule)
        return _("The rule has been saved.")

    def again(why: BusinessError) -> str:
        there = None if ident is None else rule_called(ident)
        return _form(resource, approval, there, refusal=why)

    return carried_out(deed, then=url_for("approval_rules.listed"), refused=again)


def _form(
    resource: type[Resource],
    approval: Approval,
    rule: ApprovalRule | None,
    *,
    refusal: BusinessError | None = None,
    sent: Mapping[str, str] = MappingProxyType({}),
) -> str:
    sent = request.form if refusal else sent
    known = fields_of(resource.model)
    return _page(
        "rule_form.html",
        title=rule.title if rule else _("New rule: %(title)s", title=approval.title),
        resource=resource,
        rule=rule,
        typed=dict(sent) or typed_of(rule, on=today()),
        rows=rows_of(rule, sent),
        most=MOST_ROWS,
        amounts={name: known[name].about.label for name in approval.amounts if name in known},
        fields=fields_naming_people(resource),
        places=place_boxes(rule, sent, refusal.fields if refusal else {}),
        roles=roles_offered(),
        levels=range(1, MOST_LEVELS + 1),
        refusal=refusal,
    )


def _waiting() -> Iterator[type[Resource]]:
    """Yield the kinds of documents that wait for others, of departments that are on."""
    for resource in registry().resources.values():
        if _approvals(resource) and resource.plugin() in current().on:
            yield resource


def _approvals(resource: type[Resource]) -> dict[str, Approval]:
    workflow = getattr(resource.model, "workflow", None)
    found = workflow.approvals if workflow is not None else {}
    return {state.value: approval for state, approval in found.items()}


def _is_of(rule: ApprovalRule, resource: type[Resource], approval: Approval) -> bool:
    return (rule.resource, rule.waiting_in) == (resource.key(), approval.state.value)


def _found(key: str, state: str) -> tuple[type[Resource], Approval]:
    for resource in _waiting():
        if resource.key() == key and state in _approvals(resource):
            return resource, _approvals(resource)[state]
    raise NotFound


def _page(template: str, **shown: Any) -> str:
    shown |= {"formats": formats_here(), "may_write": allowed("write", VIEW)}
    return render_template(f"bumen/approvals/{template}", **shown)


def _sees_rules() -> bool:
    return current().company is not None and allowed("read", VIEW)
