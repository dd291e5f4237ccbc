"""Every table of the host: whoever compares tables with models must have all models loaded."""

from bumen.activation.models import Switch
from bumen.approvals import Absence, ApprovalRequest, ApprovalRule
from bumen.company.models import Company
from bumen.dashboards import Arrangement
from bumen.documents.activities import Activity
from bumen.documents.attachments import Attachment
from bumen.documents.discussion import Comment
from bumen.documents.history import HistoryEntry
from bumen.documents.movements import Movement
from bumen.documents.numbering import Sequence
from bumen.documents.tags import Tag
from bumen.idempotency import IdempotencyKey
from bumen.imports import Import
from bumen.jobs import JobRun
from bumen.jobs.rounds import RoundEntry
from bumen.mail.models import Mail
from bumen.model import metadata
from bumen.model.accounts import User
from bumen.notices.models import Notice
from bumen.outbox import OutboxEntry
from bumen.printing.models import PaperTemplate
from bumen.regulations.models import Regulation
from bumen.saved_views import SavedView
from bumen.search.models import SearchEntry
from bumen.security.api_keys import ApiKey
from bumen.security.invitations import Invitation
from bumen.security.models import SyncedRole
from bumen.security.second_factor import SecondFactor
from bumen.signed_calls import ReceivedCall
from bumen.visibility.models import FieldRule
from bumen.webhooks import Webhook

__all__ = ["MODELS", "metadata"]

MODELS = (
    Absence,
    Activity,
    ApiKey,
    ApprovalRequest,
    ApprovalRule,
    Arrangement,
    Attachment,
    Comment,
    Company,
    FieldRule,
    HistoryEntry,
    IdempotencyKey,
    Invitation,
    Import,
    JobRun,
    Mail,
    Movement,
    Notice,
    OutboxEntry,
    PaperTemplate,
    ReceivedCall,
    Regulation,
    RoundEntry,
    SavedView,
    SearchEntry,
    SecondFactor,
    Sequence,
    Switch,
    SyncedRole,
    Tag,
    User,
    Webhook,
)
"""One model of each module of the host that has tables."""
