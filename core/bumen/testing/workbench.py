"""What tests share: hosts, applications and migrated databases, each made once for all of them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from pydantic import SecretStr

from bumen.app import create_app
from bumen.candidates import Candidate
from bumen.database import Database
from bumen.host import Host
from bumen.migrations import upgrade
from bumen.migrations.branches import branches
from bumen.registry import Registry
from bumen.security.permissions import sync, wanted_of
from bumen.settings import Settings
from bumen.testing.databases import Databases, PostgresqlDatabases, SqliteDatabases

Candidates = tuple[Candidate, ...] | None
Make = Callable[[Host], Any]
Makers = tuple[Make, ...]
Made = TypeVar("Made")


class Workbench:
    """Everything that is slow to make, kept for as long as the tests run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._databases: dict[str, Databases] = {}
        self._hosts: dict[Candidates, Host] = {}
        self._apps: dict[Host, Flask] = {}
        self._templates: dict[tuple[Host, str, Makers], str] = {}
        self._made: dict[tuple[Host, str, Makers], Any] = {}
        self._at_hand: dict[Make, Any] = {}

    def resting_host(self, candidates: Candidates) -> Host:
        """Return the host with these plugins, on no database in particular."""
        if candidates not in self._hosts:
            settings = Settings(
                data_dir=self.folder,
                database_url=_NOWHERE,
                secret_key=SecretStr("only-for-tests-0123456789-abcdefghijk"),
            )
            self._hosts[candidates] = Host.start(settings, candidates)
        return self._hosts[candidates]

    def databases(self, backend: str) -> Databases:
        """Return where databases of this kind come from; starts the server when it needs one."""
        if backend not in self._databases:
            made = SqliteDatabases(self.folder) if backend == "sqlite" else PostgresqlDatabases()
            self._databases[backend] = made
        return self._databases[backend]

    def app(self, host: Host) -> Flask:
        """Return the application of a host, where nobody has tried to sign in lately."""
        if host not in self._apps:
            self._apps[host] = create_app(host, testing=True)
        for limiter in self._apps[host].extensions["limiter"]:
            limiter.reset()
        return self._apps[host]

    @contextmanager
    def host(self, candidates: Candidates, *, backend: str, makers: Makers = ()) -> Iterator[Host]:
        """Lend the host with these plugins, on a fresh migrated database, set as it was before.

        What `makers` make is there already, as it was made once for all tests.
        """
        host = self.resting_host(candidates)
        template = self._template(host, backend, makers)
        with self.databases(backend).copy(template) as url, _lent(host, url):
            so_far = [makers[: place + 1] for place in range(len(makers))]
            self._at_hand = {some[-1]: self._made[host, backend, some] for some in so_far}
            yield host

    def at_hand(self, make: Callable[[Host], Made], host: Host) -> Made:
        """Return what somebody made that stands in the database of the moment, or make it now."""
        made: Made = self._at_hand[make] if make in self._at_hand else make(host)
        return made

    def close(self) -> None:
        """Let go of everything."""
        for host in self._hosts.values():
            host.database.engine.dispose()
        for databases in self._databases.values():
            databases.close()

    def _template(self, host: Host, backend: str, makers: Makers = ()) -> str:
        """Return the template in which these have made something, one after the other."""
        if (host, backend, makers) not in self._templates:
            databases = self.databases(backend)
            if makers:
                before = self._template(host, backend, makers[:-1])
                template = databases.furnished(before, partial(self._let, makers, host, backend))
            else:
                fill = partial(_fill, host.registry)
                template = databases.template(_fingerprint(host.registry), fill)
            self._templates[host, backend, makers] = template
        return self._templates[host, backend, makers]

    def _let(self, makers: Makers, host: Host, backend: str, url: str) -> None:
        with _lent(host, url):
            self._made[host, backend, makers] = makers[-1](host)


@contextmanager
def _lent(host: Host, url: str) -> Iterator[None]:
    """Let a host use a database, and set it afterwards as it was before."""
    settings = host.settings
    host.database.connect(url)
    host.queue.connect(f"{url}.jobs" if host.database.is_sqlite else url)
    host.forget()
    try:
        yield
    finally:
        host.settings = settings
        host.database.connect(_NOWHERE)
        host.queue.connect(_NOWHERE)
        shutil.rmtree(host.settings.files_at, ignore_errors=True)


_NOWHERE = "sqlite://"
"""The database of a host that nobody uses at the moment."""


def _fill(registry: Registry, url: str) -> None:
    database = Database(url)
    upgrade(database, registry)
    sync(database, registry)
    database.engine.dispose()


def _fingerprint(registry: Registry) -> str:
    """Name what a migrated database depends on: every revision, permission and role."""
    wanted = wanted_of(registry)
    seen = hashlib.sha256()
    for branch in branches(registry):
        for file in sorted(branch.versions.glob("*.py")):
            seen.update(f"{branch.name} {file.name}\n".encode() + file.read_bytes())
    seen.update(repr(sorted(wanted.grants)).encode())
    seen.update(repr(sorted((role, sorted(g)) for role, g in wanted.roles.items())).encode())
    return seen.hexdigest()[:16]
