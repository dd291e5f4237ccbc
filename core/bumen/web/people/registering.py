"""Which pages for people and roles there are, and where the menu leads to them."""

from __future__ import annotations

from flask import current_app
from flask_appbuilder import AppBuilder

from bumen.i18n import translator
from bumen.web.accounts import AuthDBView, SecurityApi
from bumen.web.people.api_keys import ApiKeyView
from bumen.web.people.links import InvitationView, PasswordLinkView, house_by_mail
from bumen.web.people.own import ResetMyPasswordView, ResetPasswordView, UserInfoEditView
from bumen.web.people.roles import RoleModelView
from bumen.web.people.second_factor import SecondFactorView
from bumen.web.people.users import UserDBModelView

_ = translator(__file__, "bumen")
_CATEGORY = "Security"
_OWN = (UserInfoEditView, ResetMyPasswordView, ApiKeyView, SecondFactorView)


def register_people(appbuilder: AppBuilder) -> None:
    """Add them in place of Flask-AppBuilder's own; before anything asks where people sign in."""
    appbuilder.add_api(SecurityApi)
    for view in (
        UserInfoEditView,
        ResetPasswordView,
        ResetMyPasswordView,
        ApiKeyView,
        SecondFactorView,
        PasswordLinkView,
        InvitationView,
    ):
        appbuilder.add_view_no_menu(view())
    current_app.jinja_env.globals["mails_passwords"] = house_by_mail
    appbuilder.sm.auth_view = appbuilder.add_view_no_menu(AuthDBView())
    appbuilder.sm.user_view = appbuilder.add_view(
        UserDBModelView,
        "List Users",
        label=_("Users"),
        icon="users",
        category=_CATEGORY,
        category_label=_("Users and roles"),
        category_icon="shield-lock",
    )
    appbuilder.add_view(
        RoleModelView, "List Roles", label=_("Roles"), icon="shield-check", category=_CATEGORY
    )
