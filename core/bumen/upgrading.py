"""An upgrade: the database brought to the installed versions, and the permissions with it."""

from __future__ import annotations

from dataclasses import dataclass

from bumen import migrations
from bumen.host import Host
from bumen.migrations import Applied
from bumen.security.permissions import Synced, sync


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
    return Upgraded(applied=tuple(applied), synced=sync(host.database, host.registry))
