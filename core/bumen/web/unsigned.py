"""Where nobody signs in: the company is that of the record that was named, or there is none."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g
from sqlalchemy import ColumnElement, Select, select

from bumen.activation.models import CompanyPlugin, version_now
from bumen.company.models import Company
from bumen.database import only_reading
from bumen.host import Host, as_current
from bumen.model import CompanyModel
from bumen.unit_of_work import current

PAGES, CALLS = "public", "calls"
"""The blueprints of what asks nobody to sign in."""


def asks_nobody(blueprint: str | None) -> bool:
    """Whether what stands there asks nobody who they are."""
    return blueprint in (PAGES, CALLS)


def stand_outside() -> None:
    """Let a request be nobody's: whoever has signed in sees here what strangers see."""
    g.memberships, g.company, g.membership_id = [], None, None
    g.has_field_rules = g.by_session = False


def enter_with(host: Host, model: type[CompanyModel], plugin: str, *which: Any) -> Any:
    """Work for the company of a record, where the department is on; return the record, or None.

    Alike where there is none, where it is another's, and where the department is off.
    """
    with only_reading(), host.database.wide_session() as wide:
        rows = wide.execute(_whose(model, plugin, *which)).all()
        if len(rows) != 1:
            return None
        company, version, ident = rows[0]
        entered = as_current(company)
    on = host.activations.plugins_on(current().session, company_id=entered.id, version=version)
    if plugin not in on:
        return None
    g.company = entered
    current().enter(company=entered, user=None, on=on)
    return current().session.get(model, ident)


def _whose(model: type[CompanyModel], plugin: str, *which: ColumnElement[bool]) -> Select[Any]:
    """Select the company of a record, if the department is on there; an index finds each."""
    return (
        select(Company, version_now().scalar_subquery(), model.id)
        .join(CompanyPlugin, CompanyPlugin.company_id == Company.id)
        .join(model, model.company_id == Company.id)
        .where(Company.active, CompanyPlugin.plugin == plugin, CompanyPlugin.enabled, *which)
        .limit(2)
    )


def limited(blueprint: Blueprint, rule: str, view: Any, *limits: Any, **options: Any) -> None:
    """Serve something at an address, as often as these limits of Flask-Limiter allow."""
    limiter = current_app.extensions["appbuilder"].sm.limiter
    for limit, told in limits:
        view = limiter.limit(limit, **told)(view)
    blueprint.add_url_rule(rule, view_func=view, **options)
