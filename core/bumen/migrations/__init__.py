"""How tables come to be and change: one run of revisions per plugin, the host's first.

Every plugin keeps its revisions in its own folder and its own version table, so that a plugin
that was taken away is simply skipped. Nothing migrates while serving: `upgrade` does.
"""

from bumen.migrations.drift import drift
from bumen.migrations.errors import (
    DatabaseIsNewer,
    NothingToRevise,
    ReferencesAreBroken,
    RowsBreakRules,
)
from bumen.migrations.running import Applied, pending, upgrade
from bumen.migrations.writing import revise

__all__ = [
    "Applied",
    "DatabaseIsNewer",
    "NothingToRevise",
    "ReferencesAreBroken",
    "RowsBreakRules",
    "drift",
    "pending",
    "revise",
    "upgrade",
]
