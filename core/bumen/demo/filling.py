"""How the demonstration comes to be, and how it is taken away again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from bumen.activation.models import CompanyPlugin
from bumen.activation.service import carry_out
from bumen.company.models import Company
from bumen.company.passwords import hashed, new_password
from bumen.company.service import add_company, add_membership, add_user, grant_roles
from bumen.database import Database
from bumen.demo.cast import Account, DemoCompany, cast
from bumen.demo.letterheads import write_letterhead
from bumen.demo.rules import write_rules
from bumen.documents.working_calendar import HolidaysAreUnknown, take_over_holidays
from bumen.errors import BusinessError
from bumen.hooks import bumen_fill_demo
from bumen.host import Host, as_current
from bumen.i18n import translator
from bumen.model.accounts import Role, User
from bumen.unit_of_work import UnitOfWork
from bumen.upgrading import upgrade

ADMINISTRATOR = "admin"

_ = translator(__file__, "bumen")


class DatabaseHoldsOthers(BusinessError):
    """The refusal to play in a database that holds a company's real records."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "This database holds the company %(code)s, which is not of the demonstration."
                " Name another one by BUMEN_DATABASE_URL.",
                code=code,
            )
        )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What people are told about the demonstration: who signs in, and the password if it is new."""

    accounts: tuple[Account, ...]
    password: str | None


def fill(host: Host, *, password: str | None = None) -> Shown:
    """Make what is not there yet: tables, companies, people, departments and their records.

    Each company is filled wholly or not at all, so that an interrupted start goes on where it
    stopped. All accounts get the `password` given; one is made up, once, when none is.
    """
    upgrade(host)
    companies, accounts = cast()
    refuse_others(host.database)
    with host.unit_of_work() as unit:
        told = _people(unit.session, accounts, password=password)
    behind = host.pending()
    for company in companies:
        with host.unit_of_work(by=ADMINISTRATOR) as unit:
            _company(unit, company, host=host, behind=behind)
    return Shown(accounts=accounts, password=told)


def empty(url: str) -> None:
    """Take the demonstration away, and nothing else: refused when the database holds others."""
    address = make_url(url)
    in_a_file = address.get_backend_name() == "sqlite"
    file = Path(address.database or "")
    if in_a_file and not file.exists():
        return
    database = Database(url)
    try:
        refuse_others(database)
        if not in_a_file:
            _drop_tables(database)
    finally:
        database.engine.dispose()
    if in_a_file:
        for part in ("", "-wal", "-shm"):
            file.with_name(file.name + part).unlink(missing_ok=True)


def refuse_others(database: Database) -> None:
    """Refuse a database that holds a company which is not of the demonstration."""
    ours = {company.code for company in cast()[0]}
    if not inspect(database.engine).has_table(Company.__tablename__):
        return
    with database.session() as session:
        for code in session.scalars(select(Company.code).order_by(Company.code)):
            if code not in ours:
                raise DatabaseHoldsOthers(code)


def _drop_tables(database: Database) -> None:
    with database.engine.begin() as connection:
        quote = connection.dialect.identifier_preparer.quote
        if tables := [quote(table) for table in inspect(connection).get_table_names()]:
            connection.exec_driver_sql(f"DROP TABLE {', '.join(tables)} CASCADE")


def _people(session: Session, accounts: Iterable[Account], *, password: str | None) -> str | None:
    """Make the accounts that are missing; return the password when it was made up now."""
    names = [account.name for account in accounts]
    known = list(session.scalars(select(User).where(User.username.in_(names))))
    made_up = None if known or password else new_password(name=names[0])
    chosen = password or made_up
    for account in accounts:
        if account.name not in {user.username for user in known}:
            stranger = add_user(
                session,
                name=account.name,
                password=new_password(name=account.name),
                full_name=account.full_name,
            )
            known.append(stranger)
    if chosen and not all(check_password_hash(user.password, chosen) for user in known[:1]):
        _let_in(known, by=hashed(chosen))
    return made_up


def _let_in(users: Iterable[User], *, by: str) -> None:
    """Give everybody the same password, as hashed once; sessions they have open end."""
    for user in users:
        user.password = by
        user.epoch = (user.epoch or 0) + 1


def _company(unit: UnitOfWork, company: DemoCompany, *, host: Host, behind: Iterable[str]) -> None:
    """Make a company, or give one that is there the departments that have come since."""
    found = unit.session.scalar(select(Company).where(Company.code == company.code))
    if found is None:
        found = add_company(unit.session, at=datetime.now(UTC), **vars(company))
        _members(unit.session, found)
    unit.enter(company=as_current(found), user=unit.user, on=host.plugins_on(unit, found.id))
    switched = select(CompanyPlugin.plugin).where(CompanyPlugin.company_id == found.id)
    new = [n for n in host.registry.plugins if n not in set(unit.session.scalars(switched))]
    for name in new:
        carry_out(
            unit,
            registry=host.registry,
            behind=tuple(behind),
            name=name,
            enabled=True,
            reason=_("Demonstration").in_language(company.locale),
            seen=None,
            at=datetime.now(UTC),
        )
    for name in new:
        for answer in host.registry.hooks.answering(bumen_fill_demo.__name__, frozenset({name})):
            answer.function(company=unit.company)
    _holidays(company)
    write_rules(by=unit.user)
    write_letterhead()


def _holidays(company: DemoCompany) -> None:
    """Keep the official holidays of this year and, where they are known by now, of the next."""
    this = datetime.now(UTC).year
    for year in (this, this + 1):
        with suppress(HolidaysAreUnknown):
            take_over_holidays(year, language=company.locale)


def _members(session: Session, company: Company) -> None:
    """Give everybody who works in a company a place and, of the roles meant, those there are."""
    known = set(session.scalars(select(Role.name)))
    for account in cast()[1]:
        if company.code in account.companies:
            user = session.scalars(select(User).where(User.username == account.name)).one()
            place = add_membership(session, user=user, company=company)
            grant_roles(
                session, membership=place, roles=[role for role in account.roles if role in known]
            )
