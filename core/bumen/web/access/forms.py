"""What administrators of a company type about its people and roles, beside the account itself."""

from __future__ import annotations

from itertools import groupby

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from bumen.i18n import translator
from bumen.security.kept import roles_here
from bumen.security.models import LONGEST_TITLE, company_roles
from bumen.security.permissions import ADMINISTRATOR
from bumen.unit_of_work import company_now, session
from bumen.web.house import registry
from bumen.web.people.forms import AccountForm
from bumen.web.people.portraits import role_titles

_ = translator(__file__, "bumen")


class InvitationForm(AccountForm):
    """Who is invited."""

    name = StringField(
        _("User name or e-mail address"),
        [DataRequired(), Length(max=320)],
        description=_("Of somebody who signs in already, in full."),
    )


class RolesForm(AccountForm):
    """Nothing but roles: the account is not this company's alone."""


class OwnRoleForm(AccountForm):
    """What a role of the company is called."""

    name = StringField(_("Name"), [DataRequired(), Length(max=LONGEST_TITLE)])


def titles_here() -> dict[str, str]:
    """Return what the roles of the company are called, by name: its own, and everybody's."""
    own = session().scalars(company_roles(company_now().id))
    return role_titles() | {one.role.name: one.title for one in own}


def roles_offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the roles people can hold here, by department: names with their titles."""
    own = {one.role.name: one.title for one in session().scalars(company_roles(company_now().id))}
    titles, places = role_titles(), _places()
    found = []
    for role in session().scalars(roles_here(company_now().id)):
        plugin = role.name.partition(".")[0] if role.name in titles else ""
        place = plugin if plugin in places and role.name not in own else ""
        title = own.get(role.name) or titles.get(role.name, role.name)
        found.append((list(places).index(place), place, role.name, title))
    return [
        (place, [(name, title) for _order, _place, name, title in several])
        for place, several in ((places[key], each) for key, each in _grouped(found))
    ]


def _grouped(
    found: list[tuple[int, str, str, str]],
) -> list[tuple[str, list[tuple[int, str, str, str]]]]:
    ordered = sorted(found)
    return [(key, list(several)) for key, several in groupby(ordered, key=lambda one: one[1])]


def _places() -> dict[str, str]:
    """Return where roles come from, in the order in which they are shown."""
    departments = {name: str(one.plugin.title) for name, one in registry().plugins.items()}
    administration = {ADMINISTRATOR.partition(".")[0]: str(_("Administration"))}
    return {**administration, **departments, "": str(_("Made here"))}
