"""What the host remembers of webhooks: where they lead, what was sent, and the answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import JSON, Delete, ForeignKey, Index, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.database import forget_some
from bumen.documents.linked import OfDepartment
from bumen.i18n import translator
from bumen.model import CompanyModel, field, index
from bumen.unit_of_work import session
from bumen.values import BIG_ID, Choice, Tone

_ = translator(__file__, "bumen")

LONGEST_NAME = 80
LONGEST_URL = 500
LONGEST_ANSWER = 2048
"""So many bytes of an answer are kept."""
KEPT = timedelta(days=30)
"""How long a delivery is kept."""
AT_ONCE = 50
"""So many deliveries stand on a page."""


class DeliveryState(Choice):
    """What became of a delivery."""

    WAITING = "waiting", _("Waiting to be sent"), Tone.ACTIVE
    DELIVERED = "delivered", _("Delivered"), Tone.GOOD
    GIVEN_UP = "given_up", _("Given up"), Tone.BAD


class Trouble(Choice):
    """Why a try to deliver failed."""

    ANSWERED_NO = "answered_no", _("The receiver answered with an error.")
    REDIRECTED = "redirected", _("The receiver sent us elsewhere; that is not followed.")
    UNKNOWN = "unknown", _("There is no server of this name.")
    PRIVATE = "private", _("The address lies in a private network; nothing is sent there.")
    UNREACHABLE = "unreachable", _("The server could not be reached.")
    UNTRUSTED = "untrusted", _("The server's certificate is not trusted.")
    TOO_SLOW = "too_slow", _("The server took longer than ten seconds.")
    UNREADABLE = "unreadable", _("The server did not answer as web servers do.")
    NO_SECRET = "no_secret", _("The secret cannot be read any more; please make a new one.")


class Webhook(CompanyModel):
    """A webhook is an address of another program, and what it wants to hear of.

    `secret` is encrypted. `failures` counts the tries that failed since one last succeeded,
    `failing_since` is when the first of them did, and until `rests_until` it is left alone.
    `stopped_at` is when it was switched off because nothing got through.
    """

    __tablename__ = "core_webhook"
    __table_args__ = (index("enabled"),)

    name: Mapped[str] = field(String(LONGEST_NAME), label=_("Name"))
    url: Mapped[str] = field(String(LONGEST_URL), label=_("Address"))
    events: Mapped[list[str]] = mapped_column(JSON)
    enabled: Mapped[bool] = field(label=_("Switched on"), default=True)
    secret: Mapped[str] = field(String(255), label=_("Secret"), secret=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    failing_since: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]

    named_by = ("name",)


class Delivery(OfDepartment):
    """A delivery is one message for one webhook, and how far it has come.

    `message_id` stays the same however often it is sent. It is due until it was delivered or given
    up; then `due_at` is empty.
    """

    __tablename__ = "core_webhook_delivery"
    __table_args__ = (
        Index(None, "webhook_id", "due_at", "id"),
        Index(None, "company_id", "webhook_id", "id"),
        Index(None, "created_at"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("core_webhook.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(40), unique=True)
    event: Mapped[str] = mapped_column(String(160))
    body: Mapped[str]
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    tried_at: Mapped[datetime | None]
    took: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[int | None] = mapped_column(Integer)
    answer: Mapped[str | None]
    trouble: Mapped[Trouble | None]

    def is_due(self, *, by: datetime) -> bool:
        """Whether it is sent, or tried again, by then."""
        return self.due_at is not None and self.due_at <= by

    @classmethod
    def before_leaving(cls, company_id: int, *, plugin: str) -> None:
        """Let webhooks hear no more of a department whose data is deleted."""
        theirs = session().scalars(select(Webhook).where(Webhook.company_id == company_id))
        for webhook in theirs:
            kept = [one for one in webhook.events if one.partition(".")[0] != plugin]
            if len(kept) < len(webhook.events):
                webhook.events = kept


def webhooks_by_name() -> Select[Webhook]:
    """Select the company's webhooks."""
    return select(Webhook).order_by(Webhook.name, Webhook.id)


def webhook_that_is_on(ident: int) -> Select[Webhook]:
    """Select a webhook as long as it is switched on, and hold it; what it is told goes on."""
    mine = (Webhook.id == ident, Webhook.enabled)
    return select(Webhook).where(*mine).with_for_update(key_share=True)


def deliveries_of(
    webhook: Webhook, *, plugins: Collection[str], before: int | None = None
) -> Select[Delivery]:
    """Select what some departments sent to a webhook, newest first, one more than a page has."""
    query = select(Delivery).where(
        Delivery.company_id == webhook.company_id,
        Delivery.webhook_id == webhook.id,
        Delivery.plugin.in_(sorted(plugins)),
    )
    if before is not None:
        query = query.where(Delivery.id < before)
    return query.order_by(Delivery.id.desc()).limit(AT_ONCE + 1)


def delivery_of(webhook: Webhook, ident: int) -> Select[Delivery]:
    """Select one delivery to a webhook."""
    return select(Delivery).where(Delivery.webhook_id == webhook.id, Delivery.id == ident)


def forget_deliveries(*, before: datetime) -> Delete:
    """Forget some of what was sent, or not, long ago."""
    return forget_some(Delivery, Delivery.created_at < before)
