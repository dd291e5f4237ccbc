"""An upgrade: the database brought to the installed versions, and the permissions with it."""

from __future__ import annotations

from dataclasses import dataclass

from bumen import migrations
from bumen.documents.history import sign_first
from bumen.host import Host
from bumen.migrations import Applied
from bumen.registry import HOST
from bumen.security.permissions import Synced, sync

_HISTORY_BEGINS = (HOST, "0003")


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """What an upgrade did: the revisions it ran, and what it wrote of permissions."""

    applied: tuple[Applied, ...]
    synced: Synced


def upgrade(host: Host) -> Upgraded:
    """Migrate the host and every plugin, then sync permissions and roles.

    Safe from two places at once, and safe to repeat: the second finds nothing left to do.
    """
    applied = migrations.upgrade(host.database, host.registry)
    if any((one.plugin, one.revision) == _HISTORY_BEGINS for one in applied):
        with host.database.engine.begin() as connection:
            sign_first(connection, host.departments.signet)
    return Upgraded(applied=tuple(applied), synced=sync(host.database, host.registry))
