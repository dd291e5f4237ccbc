"""Two companies with a record of everything in each, and people who work there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token
from sqlalchemy import event, func, select, text
from werkzeug.test import TestResponse

from bumen.database import only_reading
from bumen.host import Host
from bumen.model import metadata
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from bumen.testing.samples import Samples
from bumen.testing.workbench import Make, Workbench
from bumen.unit_of_work import CurrentCompany

whatever_the_database = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""What walks through every page, and no database has a say in, is walked on one of them."""

Companies = tuple[CurrentCompany, CurrentCompany, dict[str, int], dict[str, int]]
"""Two companies, and the ids of the records of each by their resources."""


@dataclass
class World:
    """Two companies of one deployment, alike but for their records."""

    host: Host
    app: Flask
    samples: Samples
    here: CurrentCompany
    there: CurrentCompany
    ids_here: dict[str, int] = field(default_factory=dict)
    ids_there: dict[str, int] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def call(
        self, method: str, url: str, *, by: str | None = "anna", **options: Any
    ) -> TestResponse:
        """Send a request with the token of a person, or of nobody."""
        headers = dict(options.pop("headers", {}))
        if by is not None:
            headers["Authorization"] = f"Bearer {self.token(by)}"
        return self.app.test_client().open(url, method=method, headers=headers, **options)

    def token(self, name: str) -> str:
        """Return a person's token, as signing in would give it."""
        if name not in self._tokens:
            with self.app.app_context(), self.host.unit_of_work(by=name) as unit:
                self._tokens[name] = create_access_token(identity=str(unit.user.id))
        return self._tokens[name]

    def browser(self, name: str | None) -> FlaskClient:
        """Return the browser of somebody who has signed in, or of nobody."""
        return signed_in(self.app, self.host, name) if name else self.app.test_client()

    def rows(self) -> dict[str, int]:
        """Count the rows of all tables."""
        theirs = ("core_", *(f"{name}_" for name in self.host.registry.plugins))
        counts = [
            select(func.count()).select_from(table).scalar_subquery().label(table.name)
            for table in metadata.tables.values()
            if table.name.startswith(theirs)
        ]
        with only_reading(), self.host.database.wide_session() as wide:
            return dict(wide.execute(select(*counts)).one()._mapping)

    def contents(self) -> dict[str, list[Any]]:
        """Read every row of every plugin's tables."""
        with self.host.database.wide_session() as wide:
            return {
                table.name: sorted(map(repr, wide.execute(text(f"SELECT * FROM {table.name}"))))
                for name in self.host.registry.plugins
                for table in self.host.registry.tables_of(name)
            }


@pytest.fixture(scope="session")
def at_hand(at_hand: dict[str, Make]) -> dict[str, Make]:
    """Both companies and their records are made once."""
    return {**at_hand, "companies_at_hand": make_companies}


@pytest.fixture
def companies_at_hand(host: Host, workbench: Workbench) -> Companies:
    """Both companies, with the ids of their records."""
    return workbench.at_hand(make_companies, host)


@pytest.fixture
def world(host: Host, workbench: Workbench, companies_at_hand: Companies) -> World:
    """Both companies, everything on in both, a record of each resource in both."""
    here, there, ids_here, ids_there = companies_at_hand
    app, samples = workbench.app(host), Samples(host.registry)
    return World(host, app, samples, here, there, dict(ids_here), dict(ids_there))


def make_world(host: Host, workbench: Workbench) -> World:
    """Make both companies, everything on in both, a record of each resource in both."""
    return World(host, workbench.app(host), Samples(host.registry), *make_companies(host))


def make_companies(host: Host) -> Companies:
    """Make both companies, everything on in both, a record of each resource in both."""
    here = make_company(host, code="TW01", plugins=host.registry.plugins)
    there = make_company(
        host,
        code="CN01",
        plugins=host.registry.plugins,
        country="CN",
        currency="CNY",
        locale="zh_Hans",
    )
    make_administrator(host, "anna", company="TW01")
    make_administrator(host, "ben", company="CN01")
    samples, made = Samples(host.registry), []
    for code, name in (("TW01", "anna"), ("CN01", "ben")):
        with host.unit_of_work(company=code, by=name):
            every = host.registry.resources.items()
            made.append({key: samples.record(resource).id for key, resource in every})
    return here, there, made[0], made[1]


@pytest.fixture
def statements(host: Host) -> Iterator[Callable[[], list[str]]]:
    """Return a function that gives the statements sent since it was last asked."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(host.database.engine, "before_cursor_execute", note)

    def taken() -> list[str]:
        found = list(sent)
        sent.clear()
        return found

    yield taken
    event.remove(host.database.engine, "before_cursor_execute", note)
