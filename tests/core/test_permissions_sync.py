"""Permissions and roles are written in bulk, and what people changed survives."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from bumen import migrations
from bumen.database import Database
from bumen.host import Host
from bumen.i18n import speaking
from bumen.model.accounts import (
    Permission,
    PermissionView,
    Role,
    ViewMenu,
    assoc_permissionview_role,
)
from bumen.registry import Candidate, Registry
from bumen.security.permissions import (
    ADMINISTRATOR,
    DEPLOYMENT_ADMINISTRATOR,
    EVERYBODYS_VIEWS,
    VISITOR,
    Wanted,
    roles_of,
    sync,
    wanted_of,
    write,
)
from bumen.security.roles import Grant
from tests.plugins import LENDING

READ, WRITE = Grant("can_read", "shelves.Books"), Grant("can_write", "shelves.Books")
LEND = Grant("can_lend", "shelves.Books")
OWN_ACCOUNT = {
    Grant(f"can_{verb}", view) for view, verbs in EVERYBODYS_VIEWS.items() for verb in verbs
}
FIRST, AGAIN = 12, 6
"""How many statements a first sync and one without news may take at most."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Shelves and loans, which bring roles."""
    return LENDING


@pytest.fixture
def migrated(empty_database: str, host: Host) -> Iterator[Database]:
    """A database with all tables and nothing in them."""
    database = Database(empty_database)
    migrations.upgrade(database, host.registry)
    yield database
    database.engine.dispose()


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Listen to the statements that are sent."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            heard.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(database.engine, "before_cursor_execute", hear)


def grants_of(database: Database, role: str) -> set[Grant]:
    """Read what a role may do."""
    query = (
        select(Permission.name, ViewMenu.name)
        .select_from(PermissionView)
        .join(PermissionView.permission)
        .join(PermissionView.view_menu)
        .join(PermissionView.role)
        .where(Role.name == role)
    )
    with database.wide_session() as session:
        return {Grant(permission, view) for permission, view in session.execute(query)}


def wish(**roles: set[Grant]) -> Wanted:
    """Want some roles, and all that they grant."""
    grants = frozenset({READ, WRITE, LEND}.union(*roles.values()))
    return Wanted(
        grants=grants,
        roles={f"shelves.{name}": frozenset(wanted) for name, wanted in roles.items()},
    )


def write_wish(
    database: Database, *, plugins: tuple[str, ...] = ("shelves",), **roles: set[Grant]
) -> None:
    """Sync some roles."""
    write(database, wish(**roles), plugins=plugins)


def let_people_change(database: Database, role: str, *, give: Grant, take: Grant) -> None:
    """Change a role as an administrator would on the screen."""
    with database.wide_session() as session, session.begin():
        found = session.scalars(select(Role).where(Role.name == role)).one()
        pairs = {str(pair): pair for pair in session.scalars(select(PermissionView))}
        of = {
            grant: next(
                pair
                for pair in pairs.values()
                if (pair.permission.name, pair.view_menu.name) == grant
            )
            for grant in (give, take)
        }
        found.permissions.append(of[give])
        found.permissions.remove(of[take])


def test_a_first_sync_takes_a_dozen_statements_and_one_transaction(
    migrated: Database, host: Host
) -> None:
    with statements(migrated) as heard:
        done = sync(migrated, host.registry)

    assert done.changed
    assert len(heard) == done.statements
    assert done.statements <= FIRST


def test_a_sync_without_news_only_reads(migrated: Database, host: Host) -> None:
    sync(migrated, host.registry)

    with statements(migrated) as heard:
        done = sync(migrated, host.registry)

    assert not done.changed
    assert all(statement.startswith("SELECT") for statement in heard)
    assert len(heard) <= AGAIN


def test_every_role_is_granted_what_its_plugin_declares(migrated: Database, host: Host) -> None:
    sync(migrated, host.registry)

    assert grants_of(migrated, "shelves.visitor") == {READ} | OWN_ACCOUNT
    assert grants_of(migrated, "loans.clerk") == OWN_ACCOUNT | {
        READ,
        Grant("can_read", "loans.Loans"),
        Grant("can_write", "loans.Loans"),
    }


def test_a_company_administrator_may_do_everything_but_change_users_of_the_deployment(
    migrated: Database, host: Host
) -> None:
    sync(migrated, host.registry)

    may = grants_of(migrated, ADMINISTRATOR)

    assert {READ, WRITE, Grant("can_write", "core.Departments")} <= may
    assert {grant.view.partition(".")[0] for grant in may - OWN_ACCOUNT} == {
        "core",
        "shelves",
        "loans",
    }


def test_the_administrator_of_the_deployment_may_do_that_too(
    migrated: Database, host: Host
) -> None:
    sync(migrated, host.registry)

    may = grants_of(migrated, DEPLOYMENT_ADMINISTRATOR)

    assert may == wanted_of(host.registry).grants
    assert Grant("can_edit", "UserDBModelView") in may


def test_visitors_may_do_nothing(migrated: Database, host: Host) -> None:
    sync(migrated, host.registry)

    assert grants_of(migrated, VISITOR) == set()


def test_what_people_changed_of_a_role_stays_changed(migrated: Database) -> None:
    write_wish(migrated, librarian={READ, WRITE})
    let_people_change(migrated, "shelves.librarian", give=LEND, take=WRITE)

    write_wish(migrated, librarian={READ, WRITE})
    assert grants_of(migrated, "shelves.librarian") == {READ, LEND}

    write_wish(migrated, librarian={READ, WRITE}, visitor={READ})
    assert grants_of(migrated, "shelves.librarian") == {READ, LEND}


def test_what_a_plugin_newly_declares_is_added_and_what_it_drops_is_taken(
    migrated: Database,
) -> None:
    write_wish(migrated, librarian={READ, WRITE})

    write_wish(migrated, librarian={READ, LEND})

    assert grants_of(migrated, "shelves.librarian") == {READ, LEND}


def test_what_people_gave_is_not_taken_when_a_plugin_drops_something_else(
    migrated: Database,
) -> None:
    write_wish(migrated, librarian={READ, WRITE})
    let_people_change(migrated, "shelves.librarian", give=LEND, take=READ)

    write_wish(migrated, librarian={READ})

    assert grants_of(migrated, "shelves.librarian") == {LEND}


def test_grants_of_a_plugin_that_is_away_wait_for_it(migrated: Database) -> None:
    loan = Grant("can_read", "loans.Loans")
    write_wish(migrated, plugins=("shelves", "loans"), clerk={READ, loan})

    write_wish(migrated, plugins=("shelves",), clerk={READ})

    assert grants_of(migrated, "shelves.clerk") == {READ, loan}


def test_a_role_that_was_deleted_comes_back_as_declared(migrated: Database) -> None:
    write_wish(migrated, librarian={READ, WRITE})
    with migrated.wide_session() as session, session.begin():
        session.execute(delete(assoc_permissionview_role))
        session.execute(delete(Role))

    write_wish(migrated, librarian={READ, WRITE})

    assert grants_of(migrated, "shelves.librarian") == {READ, WRITE}


def test_two_processes_may_sync_at_once(migrated: Database, host: Host) -> None:
    others = [Database(migrated.engine.url.render_as_string(hide_password=False)) for _ in range(3)]

    with ThreadPoolExecutor(max_workers=3) as processes:
        done = list(processes.map(lambda database: sync(database, host.registry), others))

    assert sorted(one.roles for one in done)[:2] == [0, 0]
    assert sum(one.granted for one in done) == sum(
        map(len, wanted_of(host.registry).roles.values())
    )
    assert grants_of(migrated, DEPLOYMENT_ADMINISTRATOR) == wanted_of(host.registry).grants
    for database in others:
        database.engine.dispose()


def test_roles_are_shown_by_their_titles_in_three_languages(host: Host) -> None:
    roles = roles_of(host.registry)

    with speaking("zh_Hant"):
        assert (roles["loans.clerk"].title, roles[ADMINISTRATOR].title) == (
            "櫃檯人員",
            "公司管理員",
        )
    with speaking("zh_Hans"):
        assert (roles["loans.clerk"].title, roles[ADMINISTRATOR].title) == (
            "柜台人员",
            "公司管理员",
        )


def test_slips_in_a_roles_file_are_named_and_stop_nothing(host: Host, tmp_path: Path) -> None:
    file = tmp_path / "roles.csv"
    text = "role,title_en,title_zh_Hant,title_zh_Hans,permissions\n"
    file.write_text(
        f"{text}seller,Seller,業務,销售,loans.Loans:read loans.Lones:read sales.Orders:read\n"
    )
    registry = Registry.load([one for one in LENDING if one.name in {"shelves", "loans"}])
    loans = registry.plugins["loans"]
    registry.plugins["loans"] = replace(loans, plugin=replace(loans.plugin, roles=str(file)))

    wanted = wanted_of(registry)

    assert wanted.roles["loans.seller"] == {Grant("can_read", "loans.Loans")} | OWN_ACCOUNT
    assert wanted.problems == ("loans.seller: nothing offers can_read on loans.Lones",)
