"""Flask-AppBuilder's tables of permissions and roles, read and written in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Result
from sqlalchemy.orm import Session
from sqlalchemy.sql import Executable

from bumen.model.accounts import (
    Permission,
    PermissionView,
    Role,
    ViewMenu,
    assoc_permissionview_role,
)
from bumen.security.models import SyncedRole
from bumen.security.roles import Grant

Roles = Mapping[str, frozenset[Grant]]

_LOCK = int.from_bytes(b"roles", "big")
"""The number of our advisory lock on PostgreSQL; SQLite lets only one write at a time anyway."""

_PERMISSION, _VIEW, _PAIR = Permission.__table__, ViewMenu.__table__, PermissionView.__table__
_ROLE, _SYNCED, _HELD = Role.__table__, SyncedRole.__table__, assoc_permissionview_role


@dataclass(frozen=True)
class KnownRole:
    """A known role is one in the database, with what the last sync granted it."""

    id: int
    granted: frozenset[Grant]

    def due(self, wanted: frozenset[Grant], *, ours: Collection[str]) -> frozenset[Grant]:
        """Return what it is to be remembered as granted: what is wanted now, and what it was
        granted of plugins that are away for the moment."""
        return wanted | {grant for grant in self.granted if not _is_ours(grant, ours)}


class Ledger:
    """The tables of permissions and roles within one transaction; counts its statements."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.statements = 0

    def lock(self) -> None:
        """Let other processes wait until this transaction ends."""
        if self.session.get_bind().dialect.name == "postgresql":
            self._execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def differs(self, grants: frozenset[Grant], roles: Roles, *, ours: Collection[str]) -> bool:
        """Whether there is anything to write."""
        if not grants <= self._pairs().keys():
            return True
        known = self._roles()
        return any(
            name not in known or known[name].due(wanted, ours=ours) != known[name].granted
            for name, wanted in roles.items()
        )

    def add_grants(self, grants: frozenset[Grant]) -> int:
        """Make the permissions and views that are missing; return how many pairs were made."""
        ordered = sorted(grants)
        self._insert(_PERMISSION, [{"name": one} for one in sorted({g.permission for g in grants})])
        self._insert(_VIEW, [{"name": one} for one in sorted({g.view for g in grants})])
        values = {
            "permission_id": _id_of(_PERMISSION, "permission"),
            "view_menu_id": _id_of(_VIEW, "view"),
        }
        return self._insert(_PAIR, [grant._asdict() for grant in ordered], values=values)

    def add_roles(self, roles: Iterable[str]) -> int:
        """Make the roles that are missing; return how many."""
        return self._insert(_ROLE, [{"name": name} for name in sorted(roles)])

    def regrant(self, roles: Roles, *, ours: Collection[str]) -> tuple[int, int]:
        """Grant what is newly wanted, take away what is no longer; return how much of each."""
        pairs, known = self._pairs(), self._roles()
        given: list[dict[str, int]] = []
        taken: list[dict[str, int]] = []
        remembered: list[dict[str, Any]] = []
        for name, wanted in sorted(roles.items()):
            role = known[name]
            due = role.due(wanted, ours=ours)
            given += (_held(role, pairs[grant]) for grant in sorted(due - role.granted))
            gone = (pairs.get(grant) for grant in sorted(role.granted - due))
            taken += (_held(role, pair) for pair in gone if pair is not None)
            remembered.append({"role_id": role.id, "grants": sorted(map(str, due))})
        self._remember(remembered)
        return self._insert(_HELD, given), self._take(taken)

    def _pairs(self) -> dict[Grant, int]:
        query = (
            select(_PAIR.c.id, _PERMISSION.c.name, _VIEW.c.name)
            .join(_PERMISSION, _PERMISSION.c.id == _PAIR.c.permission_id)
            .join(_VIEW, _VIEW.c.id == _PAIR.c.view_menu_id)
        )
        return {Grant(permission, view): id_ for id_, permission, view in self._execute(query)}

    def _roles(self) -> dict[str, KnownRole]:
        query = select(_ROLE.c.id, _ROLE.c.name, _SYNCED.c.grants).outerjoin(_SYNCED)
        return {
            name: KnownRole(id_, frozenset(map(Grant.parse, grants or ())))
            for id_, name, grants in self._execute(query)
        }

    def _take(self, rows: list[dict[str, int]]) -> int:
        if not rows:
            return 0
        held = delete(_HELD).where(
            _HELD.c.role_id == bindparam("role"), _HELD.c.permission_view_id == bindparam("pair")
        )
        rows = [{"role": row["role_id"], "pair": row["permission_view_id"]} for row in rows]
        return _count(self._execute(held, rows))

    def _remember(self, rows: list[dict[str, Any]]) -> None:
        write = self._dialect.insert(_SYNCED)
        keep = write.on_conflict_do_update(
            index_elements=["role_id"], set_={"grants": write.excluded.grants}
        )
        self._execute(keep, rows)

    def _insert(self, table: Table, rows: list[dict[str, Any]], *, values: Any = None) -> int:
        """Insert what is not there yet; return how many rows were new."""
        if not rows:
            return 0
        write = self._dialect.insert(table)
        write = write.values(values) if values else write
        return _count(self._execute(write.on_conflict_do_nothing(), rows))

    @property
    def _dialect(self) -> Any:
        """The module with the INSERT of this database, which knows ON CONFLICT."""
        is_sqlite = self.session.get_bind().dialect.name == "sqlite"
        return sqlite if is_sqlite else postgresql

    def _execute(
        self, statement: Executable, rows: list[dict[str, Any]] | None = None
    ) -> Result[*tuple[Any, ...]]:
        self.statements += 1
        return self.session.execute(statement, rows, execution_options={"preserve_rowcount": True})


def _is_ours(grant: Grant, ours: Collection[str]) -> bool:
    """Whether a grant is on a view that is here to be judged: the host's, or a loaded plugin's."""
    plugin, dot, _name = grant.view.partition(".")
    return not dot or plugin in ours


def _id_of(table: Table, parameter: str) -> Any:
    return select(table.c.id).where(table.c.name == bindparam(parameter)).scalar_subquery()


def _held(role: KnownRole, pair: int) -> dict[str, int]:
    return {"role_id": role.id, "permission_view_id": pair}


def _count(result: Result[*tuple[Any, ...]]) -> int:
    """Return how many rows a write touched, as far as the driver tells."""
    return max(0, getattr(result, "rowcount", 0))
