"""What tests start from: companies and people, made in one call each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from bumen.activation.service import switch
from bumen.company.passwords import hashed
from bumen.company.service import (
    add_company,
    add_membership,
    company_called,
    grant_roles,
    user_called,
)
from bumen.host import Host, as_current
from bumen.model.accounts import User
from bumen.security.permissions import ADMINISTRATOR
from bumen.unit_of_work import CurrentCompany

PASSWORD = "correct horse battery staple"  # noqa: S105  # of people who exist in tests only


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who can sign in to the application under test."""

    id: int
    name: str
    password: str = PASSWORD


def make_company(
    host: Host,
    *,
    code: str = "TW01",
    plugins: Iterable[str] = (),
    country: str = "TW",
    currency: str = "TWD",
    locale: str = "zh_Hant",
) -> CurrentCompany:
    """Make a company with these plugins on, with all they require."""
    with host.unit_of_work() as unit:
        made = add_company(
            unit.session,
            code=code,
            name=f"Company {code}",
            country=country,
            currency=currency,
            locale=locale,
            at=datetime.now(UTC),
        )
        company = as_current(made)
    for name in plugins:
        switch(host, company=code, name=name, enabled=True)
    return company


def make_user(
    host: Host, name: str, *, company: str | None = None, roles: Iterable[str] = ()
) -> Person:
    """Make a person, with a place and roles in a company (its code) when one is given."""
    with host.unit_of_work() as unit:
        user = User(
            username=name,
            first_name=name,
            last_name="",
            email=f"{name}@users.invalid",
            password=_kept_password(),
            active=True,
        )
        unit.session.add(user)
        unit.session.flush()
        person = Person(id=user.id, name=name)
    if company is not None:
        make_member(host, name, company=company, roles=roles)
    return person


def make_member(host: Host, name: str, *, company: str, roles: Iterable[str] = ()) -> None:
    """Give somebody who is known by user name a place and roles in a company (its code)."""
    with host.unit_of_work() as unit:
        where, who = company_called(unit.session, company), user_called(unit.session, name)
        place = add_membership(unit.session, user=who, company=where)
        grant_roles(unit.session, membership=place, roles=roles)


def make_administrator(host: Host, name: str, *, company: str) -> Person:
    """Make a person who may do everything in one company (its code)."""
    return make_user(host, name, company=company, roles=[ADMINISTRATOR])


@cache
def _kept_password() -> str:
    """Hash the one password of all once: hashing is slow on purpose."""
    return hashed(PASSWORD)
