"""An upgrade: the database brought to the installed versions, and the permissions with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

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
    applied = migrations.upgrade(host.database, host.registry, after=partial(_sign, host))
    return Upgraded(applied=tuple(applied), synced=sync(host.database, host.registry))


def _sign(host: Host, one: Applied, connection: Connection) -> None:
    """Sign the histories where they begin; an upgrade that fails later has signed them, too."""
    if (one.plugin, one.revision) == _HISTORY_BEGINS:
        sign_first(connection, host.departments.signet)
