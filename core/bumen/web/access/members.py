"""The people of a company: found, made, invited, given roles, and let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import func

from bumen.company.models import Membership
from bumen.company.people import Portrait, full_name_of
from bumen.company.people import address_of as address_of_person
from bumen.formats import formats_here
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.organisation import positions_of
from bumen.security.invitations import end_place, invitations_of
from bumen.security.members import (
    change_account,
    check_account_is_ours,
    give_roles,
    is_ours,
    make_member,
    member_here,
    members_here,
    set_password,
)
from bumen.unit_of_work import company_now, current, session
from bumen.web.access.forms import RolesForm, roles_offered, titles_here
from bumen.web.cells import Cells
from bumen.web.people.addresses import SIZE, address_of, page_of
from bumen.web.people.forms import NewPassword, NewPersonForm, PersonForm, form_of
from bumen.web.people.portraits import account_of, account_sent, values_of
from bumen.web.people.sending import done, told, written
from bumen.web.people.users import moment
from bumen.web.security import allowed, let_in

_ = translator(__file__, "bumen")
VIEW = "core.People"
_COLUMNS = {
    "name": func.lower(User.first_name),
    "username": func.lower(User.username),
    "last_login": User.last_login,
    "": Membership.id,
}


def member_pages(_host: Host) -> Blueprint:
    """Return the pages."""
    pages = Blueprint("members", __name__, url_prefix="/company/people")
    pages.add_url_rule("/", view_func=listed)
    pages.add_url_rule("/add", view_func=add, methods=["GET", "POST"])
    pages.add_url_rule("/<int:user_id>", view_func=edit, methods=["GET", "POST"])
    pages.add_url_rule("/<int:user_id>/password", view_func=password, methods=["GET", "POST"])
    pages.add_url_rule("/<int:user_id>/go", view_func=let_go, methods=["POST"])
    return pages


def listed() -> str:
    """Show the people of the company, with where they stand."""
    let_in("read", VIEW)
    address = address_of(_COLUMNS, default="username")
    places, count = page_of(members_here(address.words), address, _COLUMNS)
    invitations = session().scalars(invitations_of([one.id for one in places])).all()
    return render_template(
        "bumen/access/members.html",
        title=_("People of the company"),
        address=address,
        places=places,
        invitations={one.membership_id: one for one in invitations},
        formats=formats_here(),
        count=count,
        size=SIZE,
        positions=positions_of([one.user_id for one in places]) if places else {},
        titles=titles_here(),
        link=Cells().link,
        full_name_of=full_name_of,
        mail_of=address_of_person,
        moment=moment,
        may_write=allowed("write", VIEW),
    )


def add() -> Any:
    """Make an account with a place here."""
    let_in("write", VIEW)
    if request.method != "POST":
        blank = Portrait(user_name="", full_name="")
        return _page(form_of(NewPersonForm, **values_of(blank)), title=_("New person"))
    form = NewPersonForm()
    portrait = _portrait(form)
    said = _("“%(name)s” can sign in now.", name=portrait.full_name)
    return _sent(
        form,
        lambda: make_member(password=form.password.data or "", portrait=portrait),
        said=said,
        title=_("New person"),
    )


def edit(user_id: int) -> Any:
    """Change somebody's roles here, and the account where it is this company's alone."""
    let_in("write", VIEW)
    place = member_here(user_id)
    ours, title = is_ours(place.user), full_name_of(place.user)
    kind = PersonForm if ours else RolesForm
    if request.method != "POST":
        form = form_of(kind, **values_of(account_of(place.user))) if ours else form_of(kind)
        return _page(form, title=title, place=place)
    form = kind()

    def write() -> None:
        if ours:
            change_account(place, portrait=_portrait(form), by=current().user)
        else:
            give_roles(place, request.form.getlist("roles"))

    said = _("“%(name)s” has been changed.", name=title)
    return _sent(form, write, said=said, title=title, place=place)


def password(user_id: int) -> Any:
    """Set a new password for somebody whose account is this company's alone."""
    let_in("write", VIEW)
    place = member_here(user_id)
    check_account_is_ours(place.user)
    title = _("A new password for %(name)s", name=full_name_of(place.user))
    if request.method != "POST":
        return _password_page(form_of(NewPassword), title=title)
    form, name = NewPassword(), full_name_of(place.user)
    said = _("“%(name)s” has a new password and must sign in with it.", name=name)
    return written(
        form,
        lambda: set_password(place, form.password.data or ""),
        shown=lambda unplaced: _password_page(form, title=title, unplaced=unplaced),
        after=lambda _none: told(said, after=url_for("members.listed")),
    )


def let_go(user_id: int) -> Any:
    """Take somebody's place here away."""
    let_in("write", VIEW)
    place = member_here(user_id)
    name = full_name_of(place.user)
    return done(
        lambda: end_place(place, by=current().user),
        said=_("“%(name)s” no longer works for this company.", name=name),
        after=url_for("members.listed"),
        refused=url_for("members.edit", user_id=user_id),
    )


def _sent(form: Any, write: Callable[[], Any], *, said: Text, title: Any, place: Any = None) -> Any:
    """Write what was sent, or show the form again with what is wrong with it."""
    return written(
        form,
        write,
        shown=lambda unplaced: _page(form, title=title, place=place, unplaced=unplaced),
        after=lambda _made: told(said, after=url_for("members.listed")),
    )


def _page(form: Any, *, title: Any, place: Any = None, unplaced: Any = ()) -> str:
    held = request.form.getlist("roles")
    if request.method != "POST" and place is not None:
        held = [role.name for role in place.roles]
    return render_template(
        "bumen/access/member_form.html",
        title=title,
        form=form,
        place=place,
        invitation=session().scalar(invitations_of([place.id])) if place else None,
        formats=formats_here(),
        ours=place is None or is_ours(place.user),
        back=url_for("members.listed"),
        unplaced=unplaced,
        roles=roles_offered(),
        held=held,
    )


def _password_page(form: Any, *, title: Any, unplaced: Any = ()) -> str:
    return render_template(
        "bumen/people/account_form.html",
        title=title,
        form=form,
        back=url_for("members.listed"),
        unplaced=unplaced,
    )


def _portrait(form: Any) -> Portrait:
    held = frozenset(request.form.getlist("roles"))
    return account_sent(form, places={company_now().code: held})
