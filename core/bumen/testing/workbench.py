"""What tests share: hosts, applications and migrated databases, each made once for all of them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from flask import Flask
from pydantic import SecretStr

from bumen.app import create_app
from bumen.database import Database
from bumen.host import Host
from bumen.migrations import upgrade
from bumen.migrations.branches import branches
from bumen.registry import Candidate, Registry
from bumen.security.permissions import sync, wanted_of
from bumen.settings import Settings
from bumen.testing.databases import Databases, PostgresqlDatabases, SqliteDatabases

Candidates = tuple[Candidate, ...] | None


class Workbench:
    """Everything that is slow to make, kept for as long as the tests run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._databases: dict[str, Databases] = {}
        self._hosts: dict[Candidates, Host] = {}
        self._apps: dict[Host, Flask] = {}
        self._templates: dict[tuple[Host, str], str] = {}

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
    def host(self, candidates: Candidates, *, backend: str) -> Iterator[Host]:
        """Lend the host with these plugins, on a fresh migrated database, set as it was before."""
        host = self.resting_host(candidates)
        settings = host.settings
        with self.databases(backend).copy(self._template(host, backend)) as url:
            host.database.connect(url)
            host.forget()
            try:
                yield host
            finally:
                host.settings = settings
                host.database.connect(_NOWHERE)
                shutil.rmtree(host.settings.files_at, ignore_errors=True)

    def close(self) -> None:
        """Let go of everything."""
        for host in self._hosts.values():
            host.database.engine.dispose()
        for databases in self._databases.values():
            databases.close()

    def _template(self, host: Host, backend: str) -> str:
        if (host, backend) not in self._templates:
            fill = partial(_fill, host.registry)
            template = self.databases(backend).template(_fingerprint(host.registry), fill)
            self._templates[host, backend] = template
        return self._templates[host, backend]


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
