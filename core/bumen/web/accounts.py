"""Where people and programs sign in, and how often they may fail."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_appbuilder.security import views
from flask_appbuilder.security.api import SecurityApi as AppBuilderTokens
from flask_appbuilder.security.decorators import no_cache
from flask_appbuilder.utils.limit import Limit
from flask_appbuilder.views import expose
from flask_jwt_extended import create_access_token, create_refresh_token
from flask_limiter.util import get_remote_address
from flask_login import login_user
from werkzeug.datastructures import MultiDict

from bumen.errors import BusinessError, InvalidInput
from bumen.i18n import Text, translator
from bumen.security.second_factor import CodeIsWrong
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.people.forms import SecondProof, SignIn
from bumen.web.second_proof import (
    begin_second,
    end_second,
    has_second_factor,
    prove_by_program,
    prove_second,
    user_of_second,
    waits_for_second,
)

_ = translator(__file__, "bumen")
LOGINS = "10 per minute"
"""How often one address may fail to sign in as one person."""
SPRAYS = "100 per minute"
"""How often one address may fail, whoever it tries to be: an office shares one."""


class WrongPassword(BusinessError):
    """The refusal of a name and a password that do not go together; it does not say which."""

    status = 401

    def __init__(self) -> None:
        super().__init__(_("The user name or the password is not right."))


def failed(response: Response) -> bool:
    """Return whether an attempt to sign in failed: only those count."""
    return response.status_code in (400, 401)


def signing_in() -> str:
    """Return whose attempts are counted together: those from one address for one name.

    However the name is written, as it signs the same person in.
    """
    sent = request.get_json(silent=True) if request.is_json else request.form
    name = sent.get("username", "") if isinstance(sent, dict | MultiDict) else ""
    return f"{request.remote_addr} {str(name or waits_for_second()).casefold()[:200]}"


_FAILURES = [
    Limit(LOGINS, key_func=signing_in, methods=("POST",), deduct_when=failed),
    Limit(SPRAYS, key_func=get_remote_address, methods=("POST",), deduct_when=failed),
]


class AuthDBView(views.AuthDBView):
    """Where people sign in; how often they may fail is limited."""

    limits = _FAILURES

    def create_blueprint(self, *given: Any, **named: Any) -> Blueprint:
        """Show whoever tried too often the page again, with the reason."""
        blueprint: Blueprint = super().create_blueprint(*given, **named)
        blueprint.register_error_handler(429, self._too_often)
        return blueprint

    @expose("/login/", methods=["GET", "POST"])
    @no_cache
    def login(self) -> Any:
        """Ask for a name and a password; whoever is in already goes on at once."""
        if current().user is not None:
            return redirect(self._get_safe_next_url())
        form = SignIn()
        if request.method != "POST":
            return self._page(form)
        if not form.validate():
            return self._page(form), 422
        user = self.appbuilder.sm.auth_user_db(form.username.data, form.password.data)
        if user is None:
            return self._page(form, said=WrongPassword().message), WrongPassword.status
        if has_second_factor(user):
            begin_second(user)
            return redirect(url_for("AuthDBView.second", next=request.args.get("next")))
        login_user(user, remember=False)
        return redirect(self._get_safe_next_url())

    @expose("/login/second/", methods=["GET", "POST"])
    @no_cache
    def second(self) -> Any:
        """Ask whoever knows the password for the code of the app, for some minutes."""
        user = user_of_second()
        if user is None:
            return redirect(url_for("AuthDBView.login", next=request.args.get("next")))
        form = SecondProof()
        if request.method != "POST":
            return self._second_page(form)
        try:
            with committed(current()):
                prove_second(user, form.code.data or "")
        except CodeIsWrong as refused:
            return self._second_page(form, said=refused.message), WrongPassword.status
        end_second()
        login_user(user, remember=False)
        return redirect(self._get_safe_next_url())

    def _second_page(self, form: SecondProof, *, said: Text | str = "") -> str:
        page: str = self.render_template(
            "bumen/people/second_proof.html", title=_("Second factor"), form=form, said=said
        )
        return page

    def _page(self, form: SignIn, *, said: Text | str = "") -> str:
        page: str = self.render_template(
            self.login_template, title=_("Sign in"), form=form, said=said
        )
        return page

    def _too_often(self, error: Any) -> Any:
        said = _("Too many attempts. Please wait a little and try again.")
        told = dict(error.get_headers()).get("Retry-After")
        return self._page(SignIn(), said=said), 429, {"Retry-After": told} if told else {}


class SecurityApi(AppBuilderTokens):
    """Where programs sign in; how often they may fail is limited."""

    limits = _FAILURES

    @expose("/login", methods=["POST"])
    def login(self) -> Response:
        """Answer with a token for a user name and a password; `refresh` asks for a second one.

        Who has a second factor sends its present `code`, too.
        """
        sent = body()
        name, password = (_required(sent, one) for one in ("username", "password"))
        user = self.appbuilder.sm.auth_user_db(name, password)
        if user is None:
            raise WrongPassword
        with committed(current()):
            prove_by_program(user, sent.get("code"))
        tokens = {"access_token": create_access_token(identity=str(user.id), fresh=True)}
        if sent.get("refresh") is True:
            tokens["refresh_token"] = create_refresh_token(identity=str(user.id))
        return answer(tokens)


def _required(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidInput({name: [_("This field is required.")]})
    return value
