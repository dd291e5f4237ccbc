"""Where links in letters lead: an invitation, and a new password for one that was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.security.decorators import no_cache
from flask_appbuilder.utils.limit import Limit
from flask_appbuilder.views import expose
from flask_limiter.util import get_remote_address
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from bumen.company.people import full_name_of
from bumen.errors import BusinessError, NotFound
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.security.forgotten import person_who_forgot, set_forgotten, write_to_whoever_forgot
from bumen.security.invitations import accept, invited
from bumen.security.links import LinkIsOver, Links
from bumen.settings import Settings
from bumen.unit_of_work import committed, current
from bumen.web.people.forms import AccountForm, NewPassword, form_of

_ = translator(__file__, "bumen")

ASKED_FOR = "5 per hour"
"""How often one address may ask for a new password of one person."""
ASKED_AT_ALL = "60 per hour"
"""How often one address may ask, for whomever: an office shares one."""


class Forgotten(AccountForm):
    """Whose password was forgotten."""

    username = StringField(_("User name or e-mail address"), [DataRequired(), Length(max=320)])


class Accepting(NewPassword):
    """What somebody who was invited decides first."""

    full_name = StringField(_("Full name"), [DataRequired(), Length(max=64)])
    places = {"name": "full_name"}  # as its base has it


def links_here() -> Links:
    """Return what links of this deployment are made and opened with."""
    return Links(_settings().secret)


def house_by_mail() -> str:
    """Return where letters lead people; "" where none can be sent, or nobody knows to where."""
    settings = _settings()
    return settings.public_url.rstrip("/") if settings.smtp_url is not None else ""


def _settings() -> Settings:
    found: Settings = current_app.extensions["bumen"].settings
    return found


def asking() -> str:
    """Return whose requests are counted together: those from one address for one name."""
    return f"{request.remote_addr} {request.form.get('username', '').strip().casefold()[:320]}"


class PasswordLinkView(BaseView):
    """A new password by mail, for who has forgotten the old one; how often is limited."""

    route_base = "/password"
    default_view = "forgotten"
    limits = [  # as Flask-AppBuilder has it
        Limit(ASKED_FOR, key_func=asking, methods=("POST",)),
        Limit(ASKED_AT_ALL, key_func=get_remote_address, methods=("POST",)),
    ]

    def create_blueprint(self, *given: Any, **named: Any) -> Blueprint:
        """Show whoever asked too often the page again, with the reason."""
        blueprint: Blueprint = super().create_blueprint(*given, **named)
        blueprint.register_error_handler(429, self._too_often)
        return blueprint

    @expose("/forgotten", methods=["GET", "POST"])
    @no_cache
    def forgotten(self) -> Any:
        """Ask whose password it is, and write a letter; the answer is the same for every name."""
        house = house_by_mail()
        if not house:
            raise NotFound
        form = Forgotten()
        if request.method != "POST":
            return self._asked(form_of(Forgotten))
        if not form.validate():
            return self._asked(form), 422
        with committed(current()):
            write_to_whoever_forgot(
                form.username.data or "", at=datetime.now(UTC), links=links_here(), house=house
            )
        said = _("If this is an account with an address, a letter with a link is on its way.")
        flash(str(said), "success")
        return redirect(url_for("AuthDBView.login"))

    @expose("/new/<token>", methods=["GET", "POST"])
    @no_cache
    def new(self, token: str) -> Any:
        """Let whoever has the link choose a new password."""
        person = person_who_forgot(token, links=links_here())
        return _chosen(
            self,
            NewPassword,
            person,
            write=lambda form: set_forgotten(person, form.password.data or ""),
            title=_("A new password for %(name)s", name=person.username),
        )

    def _asked(self, form: Any, *, said: Text | str = "") -> str:
        return _page(self, form, _("Forgotten your password?"), said=said)

    def _too_often(self, error: Any) -> Any:
        told = dict(error.get_headers()).get("Retry-After")
        said = _("Too many attempts. Please wait a little and try again.")
        page = self._asked(form_of(Forgotten), said=said)
        return page, 429, {"Retry-After": told} if told else {}


class InvitationView(BaseView):
    """Where people who were invited choose their password."""

    route_base = "/invitation"
    default_view = "open"

    @expose("/<token>", methods=["GET", "POST"])
    @no_cache
    def open(self, token: str) -> Any:
        """Let whoever has the link say the own name, and choose a password."""
        invitation = invited(token, links=links_here(), at=datetime.now(UTC))
        place = invitation.membership

        def write(form: Any) -> None:
            accept(
                invitation,
                full_name=form.full_name.data or "",
                password=form.password.data or "",
            )

        title = _("Your account for %(company)s", company=place.company.name)
        return _chosen(self, Accepting, place.user, write=write, title=title)


def _chosen(
    view: BaseView,
    kind: type[AccountForm],
    person: User,
    *,
    write: Callable[[Any], None],
    title: Text,
) -> Any:
    """Ask for what the form asks, or write it down and let the person sign in."""
    if request.method != "POST":
        return _page(view, form_of(kind, full_name=full_name_of(person)), title, person=person)
    form = kind()
    if not form.validate():
        return _page(view, form, title, person=person), 422
    try:
        with committed(current()) as unit:
            unit.user = person
            write(form)
    except LinkIsOver:
        raise
    except BusinessError as refusal:
        unplaced = form.say(refusal)
        return _page(view, form, title, person=person, unplaced=unplaced), refusal.status
    flash(str(_("Your password has been set. Please sign in with it.")), "success")
    return redirect(url_for("AuthDBView.login"))


def _page(view: BaseView, form: Any, title: Text, **shown: Any) -> str:
    page: str = view.render_template(
        "bumen/people/by_mail.html", title=title, form=form, **{"said": "", "unplaced": (), **shown}
    )
    return page
