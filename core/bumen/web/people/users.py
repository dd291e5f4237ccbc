"""The people who may sign in: found, looked at, made, changed, locked and deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.views import expose
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from bumen.company.models import Company, Membership
from bumen.company.people import (
    Portrait,
    change_person,
    delete_person,
    full_name_of,
    make_person,
    people_found,
    places_of,
)
from bumen.company.people import address_of as address_of_person
from bumen.formats import EMPTY, formats_here
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.security.powers import check_power_over, check_power_to_give
from bumen.security.second_factor import SecondFactor
from bumen.unit_of_work import current
from bumen.web.babel import LANGUAGES
from bumen.web.people.addresses import SIZE, Address, address_of, found, page_of
from bumen.web.people.forms import NewPersonForm, PersonForm, form_of
from bumen.web.people.portraits import (
    places_shown,
    portrait_of,
    portrait_sent,
    role_titles,
    roles_shown,
    text_of,
    values_of,
)
from bumen.web.people.sending import done, told, written
from bumen.web.security import allowed, require, somebody

_ = translator(__file__, "bumen")
VIEW = "UserDBModelView"
_COLUMNS = {
    "name": func.lower(User.first_name),
    "username": func.lower(User.username),
    "email": func.lower(User.email),
    "last_login": User.last_login,
    "": User.id,
}
_STATES = {"active": User.active.is_(True), "locked": User.active.is_not(True)}


class UserDBModelView(BaseView):
    """The people who may sign in; for administrators of the deployment, but for one's own page."""

    route_base = "/users"
    default_view = "list"

    @expose("/list/")
    def list(self) -> Any:
        """Show the people, some at a time."""
        require("list", VIEW)
        codes = current().session.scalars(select(Company.code).order_by(Company.code)).all()
        narrowed = {"state": [*_STATES], "company": codes}
        address = address_of(_COLUMNS, default="username", narrowed=narrowed)
        people, count = page_of(_people(address), address, _COLUMNS)
        return self.render_template(
            "bumen/people/users.html",
            title=_("Users"),
            address=address,
            people=people,
            count=count,
            size=SIZE,
            places=_places(people),
            titles=role_titles(),
            companies=codes,
            full_name_of=full_name_of,
            mail_of=address_of_person,
            moment=moment,
            may={verb: allowed(verb, VIEW) for verb in ("add", "edit", "show")},
        )

    @expose("/show/<pk>")
    def show(self, pk: str) -> Any:
        """Show a person, with companies and roles."""
        require("show", VIEW)
        person = found(User, pk)
        may = {verb: allowed(verb, VIEW) for verb in ("edit", "delete", "list")}
        may["password"] = allowed("this_form_get", "ResetPasswordView")
        return self._shown("bumen/people/user.html", person, may=may)

    @expose("/userinfo/")
    def userinfo(self) -> Any:
        """Show one's own account."""
        return self._shown("bumen/people/own.html", somebody(), may={})

    @expose("/add", methods=["GET", "POST"])
    def add(self) -> Any:
        """Make a person, with companies and roles."""
        require("add", VIEW)
        here = current().company
        places = {here.code: frozenset[str]()} if here else {}
        portrait = Portrait(user_name="", full_name="", places=places)
        if request.method != "POST":
            return self._form(form_of(NewPersonForm, **values_of(portrait)), portrait)
        form = NewPersonForm()
        portrait = portrait_sent(form)

        def make() -> User:
            check_power_to_give(current().session, portrait.roles)
            password = form.password.data or ""
            return make_person(current().session, password=password, portrait=portrait)

        said = _("“%(name)s” can sign in now.", name=portrait.full_name)
        return self._sent(form, portrait, make, said=said)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    def edit(self, pk: str) -> Any:
        """Change a person, the companies the person works for, and the roles held there."""
        require("edit", VIEW)
        person = found(User, pk)
        if request.method != "POST":
            portrait = portrait_of(person)
            return self._form(form_of(PersonForm, **values_of(portrait)), portrait, person)
        form = PersonForm()
        portrait = portrait_sent(form)

        def change() -> User:
            check_power_over(current().session, person)
            check_power_to_give(current().session, portrait.roles)
            change_person(current().session, person, portrait=portrait, by=current().user)
            return person

        said = _("“%(name)s” has been changed.", name=portrait.full_name)
        return self._sent(form, portrait, change, said=said, person=person)

    @expose("/delete/<pk>", methods=["POST"])
    def delete(self, pk: str) -> Any:
        """Delete a person whose name stands on no record."""
        require("delete", VIEW)
        person = found(User, pk)
        name = full_name_of(person)

        def delete() -> None:
            check_power_over(current().session, person)
            delete_person(current().session, person, by=current().user)

        return done(
            delete,
            said=_("“%(name)s” has been deleted.", name=name),
            after=url_for(f"{VIEW}.list"),
            refused=url_for(f"{VIEW}.show", pk=pk),
        )

    def _sent(
        self,
        form: PersonForm,
        portrait: Portrait,
        write: Callable[[], User],
        *,
        said: Text,
        person: User | None = None,
    ) -> Any:
        """Write what was sent, or show the form again with what is wrong with it."""
        return written(
            form,
            lambda: write().id,
            shown=lambda unplaced: self._form(form, portrait, person, unplaced=unplaced),
            after=lambda ident: told(said, after=url_for(f"{VIEW}.show", pk=ident)),
        )

    def _form(
        self,
        form: PersonForm,
        portrait: Portrait,
        person: User | None = None,
        unplaced: Any = (),
    ) -> Any:
        return self.render_template(
            "bumen/people/user_form.html",
            title=full_name_of(person) if person else _("New user"),
            form=form,
            back=url_for(f"{VIEW}.show", pk=person.id) if person else url_for(f"{VIEW}.list"),
            unplaced=unplaced,
            places=places_shown(portrait),
            roles=roles_shown(),
            everywhere=portrait.everywhere,
        )

    def _shown(self, template: str, person: User, **more: Any) -> Any:
        return self.render_template(
            template,
            title=full_name_of(person),
            person=person,
            places=_places([person])[person.id],
            titles=role_titles(),
            mail_of=address_of_person,
            language_of=text_of(person.locale or "", LANGUAGES),
            moment=moment,
            second_since=_second_since(person),
            **more,
        )


def moment(naive: datetime | None) -> str:
    """Write a moment that Flask-AppBuilder kept in the time of the machine."""
    return EMPTY if naive is None else formats_here().moment(naive.astimezone(UTC))


def _second_since(person: User) -> str:
    """Return since when somebody has a second factor; nothing where there is none."""
    factor = current().session.get(SecondFactor, person.id)
    return formats_here().moment(factor.since) if factor else ""


def _people(address: Address) -> Any:
    query = people_found(current().session, address.words)
    if state := address.narrowed.get("state"):
        query = query.where(_STATES[state])
    if code := address.narrowed.get("company"):
        works_there = select(Membership.user_id).join(Company).where(Company.code == code)
        query = query.where(User.id.in_(works_there))
    return query


def _places(people: Any) -> dict[int, Any]:
    """Return where each of some people works, and as what."""
    query = places_of(*(person.id for person in people)).options(
        contains_eager(Membership.company), selectinload(Membership.roles)
    )
    places = defaultdict(list)
    for place in current().session.scalars(query):
        places[place.user_id].append(place)
    return places
