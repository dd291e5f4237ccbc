"""The roles of a company: those everybody has, to be copied, and its own, to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bumen.errors import BusinessError, Malformed
from bumen.host import Host
from bumen.i18n import translator
from bumen.security.keeping import Ticked, grants_of, holders
from bumen.security.kept import role_of_company, roles_here
from bumen.security.models import CompanyRole, company_roles
from bumen.security.offered import Area, company_areas, permits_of
from bumen.security.own_roles import change_own_role, copy_role, drop_own_role, own_role
from bumen.security.roles import Grant
from bumen.unit_of_work import committed, company_now, current, session
from bumen.web.access.entering import let_in
from bumen.web.access.forms import OwnRoleForm, titles_here
from bumen.web.house import registry
from bumen.web.people.forms import form_of
from bumen.web.security import allowed

_ = translator(__file__, "bumen")
VIEW = "core.People"


def own_role_pages(_host: Host) -> Blueprint:
    """Return the pages."""
    pages = Blueprint("company_roles", __name__, url_prefix="/company/roles")
    pages.add_url_rule("/", view_func=listed)
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
        held=holders(session(), [role.id for role in roles if role.id in own]),
        titles=titles_here(),
        plugins={name: one.plugin.title for name, one in registry().plugins.items()},
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
    if not form.validate():
        return _naming_page(form, title=title), 422
    try:
        with committed(current()):
            ident = copy_role(role_id, title=form.name.data or "").role_id
    except BusinessError as refusal:
        said = form.say(refusal)
        return _naming_page(form, title=title, unplaced=said), refusal.status
    return redirect(url_for("company_roles.edit", role_id=ident))


def edit(role_id: int) -> Any:
    """Let a role of the company's own allow what is ticked, of what the company can allow."""
    let_in("write", VIEW)
    own = own_role(role_id)
    if request.method != "POST":
        return _form(form_of(OwnRoleForm, name=own.title), own, grants_of(own.role))
    form, ticked = OwnRoleForm(), _ticked()
    if not form.validate():
        return _form(form, own, ticked.chosen), 422
    title = form.name.data or ""
    try:
        with committed(current()):
            change_own_role(own, title=title, ticked=ticked)
    except BusinessError as refusal:
        said = form.say(refusal)
        return _form(form, own_role(role_id), ticked.chosen, unplaced=said), refusal.status
    flash(str(_("The role “%(name)s” has been saved.", name=title)), "success")
    return redirect(url_for("company_roles.listed"))


def delete(role_id: int) -> Any:
    """Delete a role of the company's own that nobody holds."""
    let_in("write", VIEW)
    own = own_role(role_id)
    return _done(own, lambda: drop_own_role(own))


def _done(own: CompanyRole, deed: Callable[[], None]) -> Any:
    name, ident = own.title, own.role_id
    try:
        with committed(current()):
            deed()
    except BusinessError as refusal:
        flash(str(refusal.message), "danger")
        return redirect(url_for("company_roles.edit", role_id=ident))
    flash(str(_("“%(name)s” has been deleted.", name=name)), "success")
    return redirect(url_for("company_roles.listed"))


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
        ticked={key for key, one in permits_of(shown).items() if one.grants <= granted},
    )


def _areas() -> list[Area]:
    return company_areas(registry(), on=current().on)


def _ticked() -> Ticked:
    """Return what was ticked; refuses what was never offered."""
    offered = permits_of(_areas())
    keys = set(request.form.getlist("may"))
    if unknown := keys - offered.keys():
        said = _("There is no such permission.")
        raise Malformed(said, fields={key: [said] for key in sorted(unknown)})
    return Ticked(
        offered=frozenset().union(*(permit.grants for permit in offered.values())),
        chosen=frozenset().union(*(offered[key].grants for key in keys)),
    )
