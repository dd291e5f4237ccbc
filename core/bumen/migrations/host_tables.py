"""Every table of the host: whoever compares tables with models must have all models loaded."""

from bumen.activation.models import Switch
from bumen.company.models import Company
from bumen.documents.numbering import Sequence
from bumen.idempotency import IdempotencyKey
from bumen.model import metadata
from bumen.model.accounts import User
from bumen.outbox import OutboxEntry
from bumen.saved_views import SavedView
from bumen.security.models import SyncedRole

__all__ = ["MODELS", "metadata"]

MODELS = (Company, IdempotencyKey, OutboxEntry, SavedView, Sequence, Switch, SyncedRole, User)
"""One model of each module of the host that has tables."""
