"""How people come to a company: those who have an account, and somebody new, by a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bumen.company.errors import UserIsUnknown
from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.security.invitations import invite_by_mail, send_again, withdraw
from bumen.security.members import invite_member, member_here
from bumen.unit_of_work import current
from bumen.web.access.forms import InvitationForm, MailedInvitationForm, roles_offered
from bumen.web.people.forms import form_of
from bumen.web.people.links import house_by_mail, links_here
from bumen.web.people.sending import done, told, written
from bumen.web.security import let_in

_ = translator(__file__, "bumen")
VIEW = "core.People"
_TITLE = _("Invite")


def invitation_pages(_host: Host) -> Blueprint:
    """Return the pages."""
    pages = Blueprint("invitations", __name__, url_prefix="/company/people")
    pages.add_url_rule("/invite", view_func=invite, methods=["GET", "POST"])
    pages.add_url_rule("/<int:user_id>/invite", view_func=again, methods=["POST"])
    pages.add_url_rule("/<int:user_id>/withdraw", view_func=take_back, methods=["POST"])
    return pages


def invite() -> Any:
    """Give somebody a place here: who has an account at once, who has none by a letter."""
    let_in("write", VIEW)
    kind = MailedInvitationForm if house_by_mail() else InvitationForm
    if request.method != "POST":
        return _page(form_of(kind))
    form, held = kind(), request.form.getlist("roles")
    return written(
        form,
        lambda: _invited(form, held),
        shown=lambda unplaced: _page(form, unplaced=unplaced),
        after=lambda said: told(said, after=url_for("members.listed")),
    )


def again(user_id: int) -> Any:
    """Write the letter anew, with a new link."""
    let_in("write", VIEW)
    place = member_here(user_id)
    if not house_by_mail():
        raise NotFound
    said = _("A new letter is on its way to “%(name)s”.", name=full_name_of(place.user))
    return _done(
        user_id,
        lambda: send_again(
            place,
            by=current().user,
            at=datetime.now(UTC),
            links=links_here(),
            house=house_by_mail(),
        ),
        said=said,
    )


def take_back(user_id: int) -> Any:
    """Take an invitation back."""
    let_in("write", VIEW)
    place = member_here(user_id)
    said = _("The invitation of “%(name)s” has been withdrawn.", name=full_name_of(place.user))
    return _done(user_id, lambda: withdraw(place, by=current().user), said=said)


def _invited(form: Any, held: list[str]) -> Text:
    """Invite whom the form names; return what people are told."""
    name = (form.name.data or "").strip()
    try:
        invite_member(name, roles=held)
    except UserIsUnknown:
        if not isinstance(form, MailedInvitationForm) or "@" not in name:
            raise
    else:
        return _("“%(name)s” works for this company now.", name=name)
    invite_by_mail(
        email=name,
        full_name=form.full_name.data or "",
        locale=form.locale.data or "",
        roles=held,
        by=current().user,
        at=datetime.now(UTC),
        links=links_here(),
        house=house_by_mail(),
    )
    return _("A letter with a link is on its way to %(name)s.", name=name)


def _done(user_id: int, deed: Callable[[], Any], *, said: Text) -> Any:
    back = url_for("members.edit", user_id=user_id)
    return done(deed, said=said, after=url_for("members.listed"), refused=back)


def _page(form: Any, *, unplaced: Any = ()) -> str:
    return render_template(
        "bumen/access/member_form.html",
        title=_TITLE,
        form=form,
        place=None,
        ours=True,
        back=url_for("members.listed"),
        unplaced=unplaced,
        roles=roles_offered(),
        held=request.form.getlist("roles"),
    )
