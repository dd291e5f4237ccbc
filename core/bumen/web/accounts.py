"""Where people and programs sign in."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_appbuilder.security import views
from flask_appbuilder.security.api import SecurityApi as AppBuilderTokens
from flask_appbuilder.security.decorators import no_cache
from flask_appbuilder.views import expose
from flask_jwt_extended import create_access_token, create_refresh_token
from flask_login import login_user

from bumen.database import writing
from bumen.errors import BusinessError, InvalidInput
from bumen.i18n import Text, translator
from bumen.security.second_factor import CodeIsWrong
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.failing import FAILURES, WRONG_CODES, WRONG_CODES_OF_PROGRAMS
from bumen.web.people.forms import SecondProof, SignIn
from bumen.web.second_proof import (
    begin_second,
    end_second,
    has_second_factor,
    may_try_again,
    prove_by_program,
    prove_second,
    user_of_second,
)

_ = translator(__file__, "bumen")
TOO_OFTEN = _("Too many attempts. Please wait a little and try again.")


class WrongPassword(BusinessError):
    """The refusal of a name and a password that do not go together; it does not say which."""

    status = 401

    def __init__(self) -> None:
        super().__init__(_("The user name or the password is not right."))


class AuthDBView(views.AuthDBView):
    """Where people sign in; how often they may fail is limited."""

    limits = [*FAILURES, *WRONG_CODES]

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

    login.keeps_nothing = True  # requests.py asks for it: who signs in waits for nobody who writes

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
            if not may_try_again():
                return self._page(SignIn(), said=TOO_OFTEN), 429
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
        told = dict(error.get_headers()).get("Retry-After")
        return self._page(SignIn(), said=TOO_OFTEN), 429, {"Retry-After": told} if told else {}


class SecurityApi(AppBuilderTokens):
    """Where programs sign in; how often they may fail is limited."""

    limits = [*FAILURES, *WRONG_CODES_OF_PROGRAMS]

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
        current().rollback()
        with writing() if has_second_factor(user) else nullcontext(), committed(current()):
            prove_by_program(user, sent.get("code"))
        tokens = {"access_token": create_access_token(identity=str(user.id), fresh=True)}
        if sent.get("refresh") is True:
            tokens["refresh_token"] = create_refresh_token(identity=str(user.id))
        return answer(tokens)

    login.keeps_nothing = True  # but for a second factor, whose code counts once


def _required(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidInput({name: [_("This field is required.")]})
    return value
