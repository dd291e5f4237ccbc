"""Which pages of access there are, and where the menu leads to them."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app
from flask_appbuilder import AppBuilder

from bumen.host import Host
from bumen.i18n import translator
from bumen.unit_of_work import current
from bumen.web.access.colleagues import colleagues_lookup
from bumen.web.access.field_rules import field_rule_pages
from bumen.web.access.invitations import invitation_pages
from bumen.web.access.members import member_pages
from bumen.web.access.own_roles import own_role_pages
from bumen.web.access.why import why_page
from bumen.web.security import allowed

_ = translator(__file__, "bumen")


def register_access(appbuilder: AppBuilder, host: Host) -> None:
    """Add the pages to the application, and their entries to the administration."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    for pages in (
        member_pages(host),
        invitation_pages(host),
        own_role_pages(host),
        field_rule_pages(host),
        why_page(host),
        colleagues_lookup(host),
    ):
        app.register_blueprint(pages)
    for name, href, label in (
        ("core.People", "/company/people/", _("People of the company")),
        ("core.Roles", "/company/roles/", _("Roles of the company")),
        ("core.FieldRules", "/company/fields/", _("Field rules")),
        ("core.Access", "/company/access/", _("Who sees what")),
        ("core.History", "/company/history/", _("History of settings")),
    ):
        appbuilder.menu.add_link(name, href=href, label=label, cond=partial(_may_see, name))


def _may_see(name: str) -> bool:
    view = "core.People" if name == "core.Roles" else name
    return current().company is not None and allowed("read", view)
