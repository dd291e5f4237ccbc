"""The roles of a company: those everybody has, to be copied, and its own, to be changed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from bumen.host import Host
from bumen.i18n import translator
from bumen.security.keeping import grants_of
from bumen.security.kept import held_here, role_of_company, roles_here
from bumen.security.models import CompanyRole, company_roles
from bumen.security.offered import Area, company_areas
from bumen.security.own_roles import change_own_role, copy_role, drop_own_role, own_role
from bumen.security.roles import Grant
from bumen.unit_of_work import company_now, current, session
from bumen.web.access.forms import OwnRoleForm, titles_here
from bumen.web.house import department_titles, registry
from bumen.web.people.forms import form_of
from bumen.web.people.sending import done, told, written
from bumen.web.people.ticking import ticked_among, ticks_sent
from bumen.web.security import allowed, let_in

_ = translator(__file__, "bumen")
VIEW = "core.People"


def own_role_pages(_host: Host) -> Blueprint:
    """Return the pages."""
    pages = Blueprint("company_roles", __name__, url_prefix="/company/roles")
    pages.add_url_rule("/", view_func=listed)
    pages.add_url_rule("/<int:role_id>/show", view_func=show)
    pages.add_url_rule("/<int:role_id>/copy", view_func=copy, methods=["GET", "POST"])
    pages.add_url_rule("/<int:role_id>", view_func=edit, methods=["GET", "POST"])
    pages.add_url_rule("/<int:role_id>/delete", view_func=delete, methods=["POST"])
    return pages


def listed() -> str:
    """Show every role that can be held here, and which are the company's own."""
    let_in("read", VIEW)
    roles = session().scalars(roles_here(company_now().id)).all()
    own = {one.role_id: one for one in session().scalars(company_roles(company_now().id))}
    return render_template(
        "bumen/access/roles.html",
        title=_("Roles of the company"),
        roles=roles,
        own=own,
        held=dict(session().execute(held_here(company_now().id)).all()),
        titles=titles_here(),
        plugins=department_titles(),
        may_write=allowed("write", VIEW),
    )


def show(role_id: int) -> str:
    """Show what a role allows, in words."""
    let_in("read", VIEW)
    role, shown = role_of_company(role_id), _areas()
    return render_template(
        "bumen/access/role.html",
        title=titles_here().get(role.name, role.name),
        role=role,
        areas=shown,
        ticked=ticked_among(shown, grants_of(role)),
        may_write=allowed("write", VIEW),
    )


def copy(role_id: int) -> Any:
    """Make a role of the company's own out of another."""
    let_in("write", VIEW)
    model = role_of_company(role_id)
    called = titles_here().get(model.name, model.name)
    title = _("Copy the role “%(name)s”", name=called)
    if request.method != "POST":
        proposed = str(_("%(name)s (copy)", name=called))
        return _naming_page(form_of(OwnRoleForm, name=proposed), title=title)
    form = OwnRoleForm()
    return written(
        form,
        lambda: copy_role(role_id, title=form.name.data or "").role_id,
        shown=lambda unplaced: _naming_page(form, title=title, unplaced=unplaced),
        after=lambda ident: redirect(url_for("company_roles.edit", role_id=ident)),
    )


def edit(role_id: int) -> Any:
    """Let a role of the company's own allow what is ticked, of what the company can allow."""
    let_in("write", VIEW)
    own = own_role(role_id)
    if request.method != "POST":
        return _form(form_of(OwnRoleForm, name=own.title), own, grants_of(own.role))
    form, ticked = OwnRoleForm(), ticks_sent(_areas())
    title = form.name.data or ""
    said = _("The role “%(name)s” has been saved.", name=title)
    return written(
        form,
        lambda: change_own_role(own, title=title, ticked=ticked),
        shown=lambda unplaced: _form(form, own_role(role_id), ticked.chosen, unplaced=unplaced),
        after=lambda _none: told(said, after=url_for("company_roles.listed")),
    )


def delete(role_id: int) -> Any:
    """Delete a role of the company's own that nobody holds."""
    let_in("write", VIEW)
    own = own_role(role_id)
    return done(
        lambda: drop_own_role(own),
        said=_("“%(name)s” has been deleted.", name=own.title),
        after=url_for("company_roles.listed"),
        refused=url_for("company_roles.edit", role_id=own.role_id),
    )


def _naming_page(form: Any, *, title: Any, unplaced: Any = ()) -> str:
    back = url_for("company_roles.listed")
    return render_template(
        "bumen/people/account_form.html", title=title, form=form, back=back, unplaced=unplaced
    )


def _form(form: Any, own: CompanyRole, granted: frozenset[Grant], unplaced: Any = ()) -> str:
    shown = _areas()
    return render_template(
        "bumen/access/role_form.html",
        title=own.title,
        form=form,
        own=own,
        unplaced=unplaced,
        areas=shown,
        ticked=ticked_among(shown, granted),
        back=url_for("company_roles.listed"),
    )


def _areas() -> list[Area]:
    return company_areas(registry(), on=current().on)
