"""An upgrade: the database brought to the installed versions, and the permissions with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bumen import migrations
from bumen.documents.history import sign_first
from bumen.host import Host
from bumen.migrations import Applied
from bumen.registry import HOST
from bumen.search.building import fill_missing
from bumen.search.command import totals
from bumen.security.permissions import Synced, sync

_HISTORY_BEGINS = (HOST, "0003")


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """What an upgrade did: revisions it ran, permissions it wrote, records the search learnt."""

    applied: tuple[Applied, ...]
    synced: Synced
    found: Mapping[str, int]
    """How many records of a kind the search knows now, and did not before."""


def upgrade(host: Host) -> Upgraded:
    """Migrate the host and every plugin, then sync permissions and roles.

    Safe from two places at once, and safe to repeat: the second finds nothing left to do.
    """
    applied = migrations.upgrade(host.database, host.registry, after=partial(_sign, host))
    found = totals(fill_missing(host.database, host.departments.indexed))
    synced = sync(host.database, host.registry)
    return Upgraded(applied=tuple(applied), synced=synced, found=+found)


def _sign(host: Host, one: Applied, connection: Connection) -> None:
    """Sign the histories where they begin; an upgrade that fails later has signed them, too."""
    if (one.plugin, one.revision) == _HISTORY_BEGINS:
        sign_first(connection, host.departments.signet)
