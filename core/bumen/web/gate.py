"""The gate: a department that is off does not exist, for that company, at the next request."""

from __future__ import annotations

from flask import Flask, request
from sqlalchemy import ColumnElement, exists, select

from bumen.activation.models import CompanyPlugin
from bumen.company.models import Company
from bumen.errors import NotFound, NotSignedIn
from bumen.host import Host
from bumen.unit_of_work import current


def endpoint_of(plugin: str, name: str) -> str:
    """Return the blueprint's name of a plugin's view: the gate knows the plugin by it."""
    return f"{plugin}-{name}"


def plugin_of(blueprint: str | None, host: Host) -> str | None:
    """Return the plugin whose view this is; None for the host's own."""
    name, dash, _view = (blueprint or "").partition("-")
    return name if dash and name in host.registry.plugins else None


def keep_gate(app: Flask, host: Host) -> None:
    """Answer 404 for every page, API and file of a department that is off for the company.

    Somebody unknown gets 404 where the department is off for the company named in `X-Company`, or
    for all companies when none is named; otherwise they are asked to sign in.
    """

    @app.before_request
    def gate() -> None:
        plugin = plugin_of(request.blueprint, host)
        if plugin is None:
            return
        unit = current()
        if unit.user is None:
            raise NotSignedIn if _on_for_somebody(plugin) else NotFound
        if plugin not in unit.on:
            raise NotFound


def _on_for_somebody(plugin: str) -> bool:
    query = select(
        exists()
        .where(CompanyPlugin.plugin == plugin, CompanyPlugin.enabled)
        .where(CompanyPlugin.company_id == Company.id, Company.active)
        .where(*_named_company())
    )
    return bool(current().session.scalar(query))


def _named_company() -> list[ColumnElement[bool]]:
    code = request.headers.get("X-Company")
    return [] if code is None else [Company.code == code]
