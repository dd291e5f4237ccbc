"""`bumen company` and `bumen user`: setting up companies and the people who work in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Protocol

import click
from sqlalchemy.orm import Session

from bumen.company.passwords import new_password
from bumen.company.service import (
    add_company,
    add_membership,
    add_user,
    company_called,
    grant_roles,
    user_called,
)
from bumen.i18n import LANGUAGES, translator

_ = translator(__file__, "bumen")

_roles = click.option("--role", "roles", multiple=True, metavar="ROLE", help="May be repeated.")


class Unit(Protocol):
    """A unit of work, as far as these commands know it."""

    @property
    def session(self) -> Session:
        """The session in which all of it happens."""


class House(Protocol):
    """The host, as far as these commands know it."""

    def unit_of_work(self) -> AbstractContextManager[Unit]:
        """Do one thing, wholly or not at all."""


@click.group()
def company() -> None:
    """Companies of this deployment."""


@company.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--country", required=True, metavar="TW|CN|HK|…", help="ISO 3166.")
@click.option("--currency", required=True, metavar="TWD|CNY|HKD|…", help="ISO 4217.")
@click.option("--locale", required=True, metavar="|".join(LANGUAGES), help="The language.")
@click.option("--timezone", metavar="ZONE", help="IANA; default: the country's main one.")
@click.pass_obj
def add_company_command(
    house: House,
    code: str,
    name: str,
    country: str,
    currency: str,
    locale: str,
    timezone: str | None,
) -> None:
    """Make a company. All departments are off there until they are switched on."""
    with house.unit_of_work() as unit:
        zone = add_company(
            unit.session,
            code=code,
            name=name,
            country=country,
            currency=currency,
            locale=locale,
            timezone=timezone,
            at=datetime.now(UTC),
        ).timezone
    click.echo(_("Company %(code)s was made; its time zone is %(zone)s.", code=code, zone=zone))


@click.group()
def user() -> None:
    """People who sign in, and their places in companies."""


@user.command("add")
@click.argument("name")
@click.option("--company", required=True, metavar="CODE", help="Where the person works.")
@_roles
@click.option("--email", help="Where mail reaches the person.")
@click.option("--full-name", help="What the person is called.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def add_user_command(
    house: House,
    name: str,
    company: str,
    roles: Sequence[str],
    email: str | None,
    full_name: str | None,
    *,
    password_stdin: bool,
) -> None:
    """Make a person. The password is made up and printed once when none is given."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else new_password(name=name)
    with house.unit_of_work() as unit:
        place = company_called(unit.session, company)
        person = add_user(
            unit.session, name=name, password=password, email=email, full_name=full_name
        )
        membership = add_membership(unit.session, user=person, company=place)
        grant_roles(unit.session, membership=membership, roles=roles)
    click.echo(_("User %(name)s was made.", name=name))
    if not password_stdin:
        click.echo(_("Password (shown this once): %(password)s", password=password))


@user.command("join")
@click.argument("name")
@click.option("--company", required=True, metavar="CODE", help="Where the person works too.")
@_roles
@click.pass_obj
def join_command(house: House, name: str, company: str, roles: Sequence[str]) -> None:
    """Give a person who is known a place in another company."""
    with house.unit_of_work() as unit:
        person = user_called(unit.session, name)
        place = company_called(unit.session, company)
        membership = add_membership(unit.session, user=person, company=place)
        grant_roles(unit.session, membership=membership, roles=roles)
    click.echo(_("%(name)s is a member of %(company)s now.", name=name, company=company))
