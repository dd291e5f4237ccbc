"""A person's places and roles, as a form shows them and as it sends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import request
from sqlalchemy import select

from bumen.company.models import Company
from bumen.company.people import Portrait, address_of, full_name_of, places_of
from bumen.company.service import DEPLOYMENT_ROLES
from bumen.i18n import Text, translator
from bumen.model.accounts import Role, User
from bumen.security.keeping import kept_roles
from bumen.security.permissions import ADMINISTRATOR, roles_of
from bumen.unit_of_work import current
from bumen.web.house import registry
from bumen.web.people.forms import PersonForm

_ = translator(__file__, "bumen")
EVERYWHERE, PLACES = "everywhere", "place"
_DEPLOYMENT = _("Administrator of the whole deployment")
_OTHERS = _("Made here")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A company as the form shows it: whether the person works there, and the roles ticked."""

    code: str
    name: str
    active: bool
    chosen: bool
    roles: frozenset[str]


def portrait_of(person: User) -> Portrait:
    """Return everything about a person as it is kept."""
    memberships = current().session.scalars(places_of(person.id)).all()
    return account_of(
        person,
        everywhere=frozenset(role.name for role in person.roles),
        places={m.company.code: frozenset(r.name for r in m.roles) for m in memberships},
    )


def account_of(person: User, **held: Any) -> Portrait:
    """Return what is kept of somebody's account, with the roles that are held somewhere."""
    return Portrait(
        user_name=person.username,
        full_name=full_name_of(person),
        email=address_of(person),
        locale=person.locale or "",
        active=bool(person.active),
        **held,
    )


def portrait_sent(form: PersonForm) -> Portrait:
    """Return everything about a person as it was sent."""
    sent = request.form
    return account_sent(
        form,
        everywhere=frozenset(sent.getlist(EVERYWHERE)),
        places={code: frozenset(sent.getlist(f"roles-{code}")) for code in sent.getlist(PLACES)},
    )


def account_sent(form: Any, **held: Any) -> Portrait:
    """Return what was sent of an account, with the roles that shall be held somewhere."""
    return Portrait(
        user_name=(form.username.data or "").strip(),
        full_name=form.full_name.data or "",
        email=(form.email.data or "").strip(),
        locale=form.locale.data or "",
        active=form.active.data,
        **held,
    )


def values_of(portrait: Portrait) -> dict[str, Any]:
    """Return what the boxes of the form show."""
    return {
        "username": portrait.user_name,
        "full_name": portrait.full_name,
        "email": portrait.email,
        "locale": portrait.locale,
        "active": portrait.active,
    }


def places_shown(portrait: Portrait) -> list[Place]:
    """Return every company, those first where the person works."""
    companies = current().session.scalars(select(Company).order_by(Company.code)).all()
    shown = (
        Place(
            code=one.code,
            name=one.name,
            active=one.active,
            chosen=one.code in portrait.places,
            roles=portrait.places.get(one.code, frozenset()),
        )
        for one in companies
        if one.active or one.code in portrait.places
    )
    return sorted(shown, key=lambda place: (not place.chosen, place.code))


def roles_shown() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the roles people can hold, by department: names with their titles.

    That of the deployment's administrators stays out: it is held everywhere or nowhere.
    """
    names = [role.name for role in current().session.scalars(kept_roles())]
    return by_department(name for name in names if name not in DEPLOYMENT_ROLES)


def by_department(
    names: Iterable[str], *, own: Mapping[str, str] | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return roles by the department they come from, last those that people made.

    `own` are the titles of those that are a company's own.
    """
    own, titles, departments = own or {}, role_titles(), dict(_departments())
    order = {name: number for number, name in enumerate(departments)}

    def place(name: str) -> str:
        plugin = name.partition(".")[0]
        return plugin if name in titles and name not in own and plugin in order else ""

    ordered = sorted(names, key=lambda name: (order[place(name)], name))
    called = {**titles, **own}
    return [
        (departments[group], [(name, called.get(name, name)) for name in several])
        for group, several in groupby(ordered, key=place)
    ]


def role_titles() -> dict[str, str]:
    """Return what the roles of plugins and of the host are called, by name."""
    titles = {name: role.title for name, role in roles_of(registry()).items()}
    return {**titles, **dict.fromkeys(DEPLOYMENT_ROLES, str(_DEPLOYMENT))}


def title_of(role: Role) -> str:
    """Return what a role is called: one that people made goes by its name."""
    return role_titles().get(role.name, role.name)


def _departments() -> Iterator[tuple[str, str]]:
    yield ADMINISTRATOR.partition(".")[0], str(_("Administration"))
    for name, installed in registry().plugins.items():
        yield name, str(installed.plugin.title)
    yield "", str(_OTHERS)


def text_of(locale: str, languages: dict[str, Any]) -> Text | str:
    """Return the name of a language somebody chose."""
    return str(languages[locale]["name"]) if locale in languages else _("As the browser does")
