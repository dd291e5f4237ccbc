"""What administrators of a company type about its people and roles, beside the account itself."""

from __future__ import annotations

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from bumen.i18n import translator
from bumen.security.kept import roles_here
from bumen.security.models import LONGEST_TITLE, company_roles
from bumen.unit_of_work import company_now, session
from bumen.web.people.forms import SPOKEN, AccountForm
from bumen.web.people.portraits import by_department, role_titles

_ = translator(__file__, "bumen")


class InvitationForm(AccountForm):
    """Who is invited."""

    name = StringField(
        _("User name or e-mail address"),
        [DataRequired(), Length(max=320)],
        description=_("Of somebody who signs in already, in full."),
    )


class MailedInvitationForm(InvitationForm):
    """Who is invited, where somebody new can be written to."""

    name = StringField(
        _("User name or e-mail address"),
        [DataRequired(), Length(max=320)],
        description=_(
            "Of somebody who signs in already, in full; or the address of somebody new, who gets a "
            "letter with a link."
        ),
    )
    full_name = StringField(
        _("Full name"),
        [Length(max=64)],
        description=_("Of somebody new; the person can change it."),
    )
    locale = SelectField(_("Language"), choices=SPOKEN, default="")


class RolesForm(AccountForm):
    """Nothing but roles: the account is not this company's alone."""


class OwnRoleForm(AccountForm):
    """What a role of the company is called."""

    name = StringField(_("Name"), [DataRequired(), Length(max=LONGEST_TITLE)])


def titles_here() -> dict[str, str]:
    """Return what the roles of the company are called, by name: its own, and everybody's."""
    return role_titles() | _own_titles()


def roles_offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the roles people can hold here, by department: names with their titles."""
    names = [role.name for role in session().scalars(roles_here(company_now().id))]
    return by_department(names, own=_own_titles())


def _own_titles() -> dict[str, str]:
    own = session().scalars(company_roles(company_now().id))
    return {one.role.name: one.title for one in own}
