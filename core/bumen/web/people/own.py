"""One's own account, and passwords: one's own, and other people's by an administrator."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.utils.limit import Limit
from flask_appbuilder.views import expose
from werkzeug.security import check_password_hash

from bumen.company.passwords import check_password
from bumen.company.people import full_name_of, rename, speak_to
from bumen.errors import BusinessError, NotFound
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.security.powers import check_power_over
from bumen.unit_of_work import committed, current
from bumen.web.people.addresses import found
from bumen.web.people.forms import AccountForm, NewPassword, OwnAccount, OwnPassword, form_of
from bumen.web.security import require, somebody

_ = translator(__file__, "bumen")
GUESSES = "10 per minute"
"""How often somebody may name a wrong present password: the session could be another's."""
_OWN_PAGE = "UserDBModelView.userinfo"


class PresentPasswordIsWrong(BusinessError):
    """The refusal to change a password for somebody who does not know the present one."""

    def __init__(self) -> None:
        super().__init__(_("This is not your present password."), field="old_password")


class AccountPage(BaseView):
    """A page with one form about an account."""

    def page(self, form: AccountForm, *, title: Text, back: str, unplaced: Any = ()) -> str:
        """Show the form; `back` is where people go who change their mind."""
        shown: str = self.render_template(
            "bumen/people/account_form.html", title=title, form=form, back=back, unplaced=unplaced
        )
        return shown


class UserInfoEditView(AccountPage):
    """Where people change what they are called, and their language."""

    route_base = "/userinfoeditview"

    @expose("/form", methods=["GET"])
    def this_form_get(self) -> str:
        """Show what is kept."""
        user = somebody()
        return self._page(
            form_of(OwnAccount, full_name=full_name_of(user), locale=user.locale or "")
        )

    @expose("/form", methods=["POST"])
    def this_form_post(self) -> Any:
        """Keep what was sent."""
        user, form = somebody(), OwnAccount()
        if not form.validate():
            return self._page(form), 422
        try:
            with committed(current()):
                rename(user, full_name=form.full_name.data or "")
                speak_to(user, locale=form.locale.data or "")
        except BusinessError as refusal:
            return self._page(form, unplaced=form.say(refusal)), refusal.status
        session.pop("locale", None)
        flash(str(_("Your account has been changed.")), "success")
        return redirect(url_for(_OWN_PAGE))

    def _page(self, form: OwnAccount, *, unplaced: Any = ()) -> str:
        back = url_for(_OWN_PAGE)
        return self.page(form, title=_("Change my account"), back=back, unplaced=unplaced)


class ResetMyPasswordView(AccountPage):
    """Where people change their own password; guesses at the present one are limited."""

    route_base = "/resetmypassword"
    limits = [
        Limit(
            GUESSES,
            key_func=lambda: f"own password {session.get('_user_id')}",
            methods=("POST",),
            deduct_when=lambda response: response.status_code == PresentPasswordIsWrong.status,
        )
    ]

    @expose("/form", methods=["GET"])
    def this_form_get(self) -> str:
        """Ask for the present password and the new one."""
        somebody()
        return self._page(form_of(OwnPassword))

    @expose("/form", methods=["POST"])
    def this_form_post(self) -> Any:
        """Set the new password; other browsers and programs must sign in again."""
        user, form = somebody(), OwnPassword()
        if not form.validate():
            return self._page(form), 422
        try:
            if not check_password_hash(user.password, form.old_password.data or ""):
                raise PresentPasswordIsWrong
            _set_password(self.appbuilder.sm, user, form.password.data or "")
        except BusinessError as refusal:
            return self._page(form, unplaced=form.say(refusal)), refusal.status
        flash(str(_("Your password has been changed.")), "success")
        return redirect(url_for(_OWN_PAGE))

    def _page(self, form: OwnPassword, *, unplaced: Any = ()) -> str:
        back = url_for(_OWN_PAGE)
        return self.page(form, title=_("Change password"), back=back, unplaced=unplaced)


class ResetPasswordView(AccountPage):
    """Where administrators of the deployment set a new password for somebody."""

    route_base = "/resetpassword"

    @expose("/form", methods=["GET"])
    def this_form_get(self) -> str:
        """Ask for the new password."""
        require("this_form_get", "ResetPasswordView")
        return self._page(form_of(NewPassword), _whose())

    @expose("/form", methods=["POST"])
    def this_form_post(self) -> Any:
        """Set the new password; the person must sign in with it everywhere."""
        require("this_form_post", "ResetPasswordView")
        user, form = _whose(), NewPassword()
        if not form.validate():
            return self._page(form, user), 422
        ident, name = user.id, full_name_of(user)
        try:
            check_power_over(current().session, user)
            _set_password(self.appbuilder.sm, user, form.password.data or "")
        except BusinessError as refusal:
            return self._page(form, user, unplaced=form.say(refusal)), refusal.status
        said = _("“%(name)s” has a new password and must sign in with it.", name=name)
        flash(str(said), "success")
        return redirect(url_for("UserDBModelView.show", pk=ident))

    def _page(self, form: NewPassword, user: User, *, unplaced: Any = ()) -> str:
        title = _("A new password for %(name)s", name=full_name_of(user))
        back = url_for("UserDBModelView.show", pk=user.id)
        return self.page(form, title=title, back=back, unplaced=unplaced)


def _whose() -> User:
    """Return the person whose password is to be set."""
    named = request.args.get("pk")
    if named is None:
        raise NotFound
    user: User = found(User, named)
    return user


def _set_password(security: Any, user: User, password: str) -> None:
    check_password(password, name=user.username)
    security.reset_password(user.id, password)
