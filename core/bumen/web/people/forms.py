"""What people type into about themselves and others."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, EqualTo, Length

from bumen.company.errors import NameIsMissing
from bumen.errors import BusinessError
from bumen.i18n import Text, translator
from bumen.web.babel import LANGUAGES

_ = translator(__file__, "bumen")
_AS_THE_BROWSER = _("As the browser does")
SPOKEN: list[Any] = [
    SelectChoice("", _AS_THE_BROWSER),
    *(SelectChoice(code, told["name"]) for code, told in LANGUAGES.items()),
]
_MUST_MATCH = _("This is not the same password as above.")


class AccountForm(FlaskForm):
    """A form about an account; that the page was ours is checked for all forms alike."""

    class Meta(FlaskForm.Meta):
        """No token of its own."""

        csrf = False

    places: ClassVar[dict[str, str]] = {}
    """The boxes at which a refusal's fields are shown, where they are called otherwise."""

    def say(self, refusal: BusinessError) -> list[Text | str]:
        """Put a refusal's sentences at its boxes; return those that have none."""
        unplaced: list[Text | str] = []
        for key, said in refusal.fields.items():
            name = "full_name" if isinstance(refusal, NameIsMissing) else self.places.get(key, key)
            if name in self:
                self[name].errors = [*self[name].errors, *said]
            else:
                unplaced += said
        return unplaced if refusal.fields else [refusal.message]


class SignIn(AccountForm):
    """Who it is, and the proof."""

    username = StringField(_("User name or e-mail address"), [DataRequired()])
    password = PasswordField(_("Password"), [DataRequired()])


class FirstProof(AccountForm):
    """The code of an app that has just been shown the secret."""

    code = StringField(
        _("Verification code"),
        [DataRequired(), Length(max=40)],
        description=_("The six digits your app shows now."),
    )


class SecondProof(AccountForm):
    """The code of an app, or one that was kept for need."""

    code = StringField(
        _("Verification code"),
        [DataRequired(), Length(max=40)],
        description=_("The six digits your app shows now, or one of the codes kept for need."),
    )


def _new_password() -> PasswordField:
    return PasswordField(
        _("New password"),
        [DataRequired()],
        description=_(
            "At least 10 characters: several words that do not belong together are best."
        ),
    )


def _once_more() -> PasswordField:
    return PasswordField(
        _("New password, once more"), [DataRequired(), EqualTo("password", _MUST_MATCH)]
    )


class NewPassword(AccountForm):
    """A new password, typed twice."""

    password = _new_password()
    conf_password = _once_more()


class OwnPassword(AccountForm):
    """The password somebody has, and the new one."""

    old_password = PasswordField(_("Present password"), [DataRequired()])
    password = _new_password()
    conf_password = _once_more()


class OwnAccount(AccountForm):
    """What people decide about their own account."""

    full_name = StringField(_("Full name"), [DataRequired(), Length(max=64)])
    locale = SelectField(_("Language"), choices=SPOKEN, default="")


class PersonForm(AccountForm):
    """What administrators decide about a person, but for places and roles."""

    places: ClassVar[dict[str, str]] = {"name": "username"}

    full_name = StringField(
        _("Full name"),
        [DataRequired(), Length(max=64)],
        description=_("As the person writes it: 王小明, Anna Lee."),
    )
    username = StringField(
        _("User name"), [DataRequired()], description=_("What the person signs in with.")
    )
    email = StringField(
        _("E-mail address"),
        [Length(max=320)],
        description=_("May stay empty: then no mail reaches the person."),
    )
    locale = SelectField(_("Language"), choices=SPOKEN, default="")
    active = BooleanField(
        _("May sign in"), description=_("Without this tick the account is locked; nothing is lost.")
    )


class NewPersonForm(PersonForm):
    """What administrators decide about somebody new."""

    password = _new_password()
    conf_password = _once_more()


class RoleForm(AccountForm):
    """What a role is called; what it may do is ticked below."""

    name = StringField(_("Name"), [DataRequired(), Length(max=64)])


def form_of(kind: type[AccountForm], **values: Any) -> Any:
    """Return an empty form, or one that shows what is known."""
    return kind(formdata=None, data=values)
