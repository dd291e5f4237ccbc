"""The roles people can hold, and what each allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.views import expose
from sqlalchemy import func, select

from bumen.company.models import Company, Membership, MembershipRole
from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.folding import words_stand_in
from bumen.i18n import translator
from bumen.model.accounts import Role, User, assoc_user_role
from bumen.security.keeping import (
    Ticked,
    change_role,
    delete_role,
    grants_of,
    holders,
    kept_roles,
    make_role,
)
from bumen.security.offered import areas
from bumen.security.permissions import DEPLOYMENT_ADMINISTRATOR, VISITOR, roles_of
from bumen.security.roles import Grant
from bumen.unit_of_work import current
from bumen.web.house import department_titles, registry
from bumen.web.people.addresses import SIZE, address_of, found, page_of
from bumen.web.people.forms import RoleForm, form_of
from bumen.web.people.portraits import role_titles, title_of
from bumen.web.people.sending import done, told, written
from bumen.web.people.ticking import ticked_among, ticks_sent
from bumen.web.security import allowed, require

_ = translator(__file__, "bumen")
VIEW = "RoleModelView"
_COLUMNS = {"name": func.lower(Role.name), "": Role.id}
_MOST_HOLDERS = 200


class RoleModelView(BaseView):
    """The roles of the deployment; for its administrators."""

    route_base = "/roles"
    default_view = "list"

    @expose("/list/")
    def list(self) -> Any:
        """Show the roles: where each comes from, how often it is held."""
        require("list", VIEW)
        address, titles = address_of(_COLUMNS, default="name"), role_titles()
        query = kept_roles().order_by(None)
        if address.words.split():
            called = [
                name
                for name in current().session.scalars(query.with_only_columns(Role.name))
                if words_stand_in((name, titles.get(name)), address.words)
            ]
            query = query.where(Role.name.in_(called))
        roles, count = page_of(query, address, _COLUMNS)
        return self.render_template(
            "bumen/people/roles.html",
            title=_("Roles"),
            address=address,
            roles=roles,
            count=count,
            size=SIZE,
            titles=titles,
            held=holders(current().session, [role.id for role in roles]),
            plugins=department_titles(),
            may={verb: allowed(verb, VIEW) for verb in ("add", "edit", "show")},
        )

    @expose("/show/<pk>")
    def show(self, pk: str) -> Any:
        """Show what a role allows, and who holds it."""
        require("show", VIEW)
        role = _role(pk)
        offered = areas(registry())
        return self.render_template(
            "bumen/people/role.html",
            title=title_of(role),
            role=role,
            areas=offered,
            ticked=ticked_among(offered, grants_of(role)),
            holders=_holders(role),
            full_name_of=full_name_of,
            fixed=role.name == DEPLOYMENT_ADMINISTRATOR,
            brought=role.name in roles_of(registry()),
            may={verb: allowed(verb, VIEW) for verb in ("edit", "delete", "list")},
            may_see_people=allowed("show", "UserDBModelView"),
        )

    @expose("/add", methods=["GET", "POST"])
    def add(self) -> Any:
        """Make a role of what is ticked."""
        require("add", VIEW)
        if request.method != "POST":
            return self._form(form_of(RoleForm), frozenset())
        form, ticked = RoleForm(), ticks_sent(areas(registry()))
        return self._sent(
            form,
            lambda: make_role(current().session, name=form.name.data or "", ticked=ticked),
            ticked,
        )

    @expose("/edit/<pk>", methods=["GET", "POST"])
    def edit(self, pk: str) -> Any:
        """Let a role allow what is ticked, and nothing else that could be."""
        require("edit", VIEW)
        role = _role(pk)
        if request.method != "POST":
            return self._form(form_of(RoleForm, name=role.name), grants_of(role), role)
        form, brought = RoleForm(), roles_of(registry())
        ticked = ticks_sent(areas(registry()))

        def change() -> Role:
            name = form.name.data or ""
            change_role(current().session, role, name=name, ticked=ticked, brought=brought)
            return role

        return self._sent(form, change, ticked, role=role)

    @expose("/delete/<pk>", methods=["POST"])
    def delete(self, pk: str) -> Any:
        """Delete a role that nobody holds."""
        require("delete", VIEW)
        role = _role(pk)
        return done(
            lambda: delete_role(current().session, role, brought=roles_of(registry())),
            said=_("“%(name)s” has been deleted.", name=title_of(role)),
            after=url_for(f"{VIEW}.list"),
            refused=url_for(f"{VIEW}.show", pk=pk),
        )

    def _sent(
        self,
        form: RoleForm,
        write: Callable[[], Role],
        ticked: Ticked,
        *,
        role: Role | None = None,
    ) -> Any:
        """Write what was sent, or show the form again with what is wrong with it."""

        def keep() -> tuple[int, str]:
            kept = write()
            return kept.id, title_of(kept)

        def after(kept: tuple[int, str]) -> Any:
            said = _("The role “%(name)s” has been saved.", name=kept[1])
            return told(said, after=url_for(f"{VIEW}.show", pk=kept[0]))

        def shown(unplaced: Any) -> Any:
            return self._form(form, ticked.chosen, role, unplaced=unplaced)

        return written(form, keep, shown=shown, after=after)

    def _form(
        self,
        form: RoleForm,
        granted: frozenset[Grant],
        role: Role | None = None,
        unplaced: Any = (),
    ) -> Any:
        if role is not None and role.name == DEPLOYMENT_ADMINISTRATOR:
            raise NotFound
        shown = areas(registry())
        return self.render_template(
            "bumen/people/role_form.html",
            title=title_of(role) if role else _("New role"),
            form=form,
            is_new=role is None,
            back=url_for(f"{VIEW}.show", pk=role.id) if role else url_for(f"{VIEW}.list"),
            unplaced=unplaced,
            areas=shown,
            ticked=ticked_among(shown, granted),
            brought=role is not None and role.name in roles_of(registry()),
        )


def _role(pk: str) -> Role:
    role: Role = found(Role, pk)
    if role.name == VISITOR:
        raise NotFound
    return role


def _holders(role: Role) -> list[tuple[User, list[str]]]:
    """Return who holds a role, with the companies it is held in; none named means in all."""
    session = current().session
    everywhere = (
        select(User).join(assoc_user_role).where(assoc_user_role.c.role_id == role.id)
    ).order_by(User.username)
    held: dict[int, tuple[User, list[str]]] = {
        person.id: (person, []) for person in session.scalars(everywhere.limit(_MOST_HOLDERS))
    }
    here = (
        select(User, Company.code)
        .join(Membership, Membership.user_id == User.id)
        .join(Company)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .where(MembershipRole.role_id == role.id)
        .order_by(User.username, Company.code)
    )
    for person, code in session.execute(here.limit(_MOST_HOLDERS)):
        held.setdefault(person.id, (person, []))[1].append(code)
    return list(held.values())
