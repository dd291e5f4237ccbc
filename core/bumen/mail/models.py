"""What the host remembers of mail: what is still to be sent, and for a while what was."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    Delete,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from bumen.database import forget_some
from bumen.model import Model
from bumen.values import BIG_ID

LONGEST_ADDRESS = 320
LONGEST_SUBJECT = 300
KEPT = timedelta(days=30)
"""How long a mail is kept after it was sent, or given up."""
_LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 16
"""After so many tries, about two days, a mail is given up."""


class Mail(Model):
    """A mail is a letter to one address, ready to be sent.

    It is due until it was sent or given up; then `due_at` is empty. `handed_at` is when it was last
    handed to the mail server, as long as the server has not refused it.
    """

    __tablename__ = "core_mail"
    __table_args__ = (Index(None, "due_at", "id"), Index(None, "written_at"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("core_company.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    recipient: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    name: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    plain: Mapped[str]
    html: Mapped[str]
    message_id: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str | None]

    @property
    def is_uncertain(self) -> bool:
        """Whether it may have arrived: handed over, and nobody heard what the server said."""
        return self.handed_at is not None and self.sent_at is None

    def sent(self, *, at: datetime) -> None:
        """Remember that it left the house."""
        self.sent_at, self.due_at, self.error = at, None, None
        self.attempts += 1

    def postpone(
        self, why: str, *, at: datetime, refused: bool = True, hopeless: bool = False
    ) -> None:
        """Try again later, each time after twice as long; give up in the end.

        Where the server has not `refused` it, it may have arrived nevertheless.
        """
        self.attempts += 1
        self.handed_at = None if refused else self.handed_at
        self.error = why[:2000]
        over = hopeless or self.attempts >= MOST_ATTEMPTS
        self.due_at = None if over else at + min(timedelta(seconds=2**self.attempts), _LONGEST_WAIT)


class MailFile(Model):
    """A mail file is what goes with a mail: a printed order."""

    __tablename__ = "core_mail_file"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("core_mail.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    mimetype: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)


def files_of_mail(mail: Mail) -> Select[MailFile]:
    """Select what goes with a mail, in the order it was enclosed."""
    return select(MailFile).where(MailFile.mail_id == mail.id).order_by(MailFile.id)


def due(*, at: datetime) -> Select[Mail]:
    """Select the mail that has waited longest, and lock it."""
    return (
        select(Mail)
        .where(Mail.due_at <= at)
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def forget_mail(*, before: datetime) -> Delete:
    """Forget some of the mail that nothing more happens to."""
    return forget_some(Mail, Mail.written_at < before, Mail.due_at.is_(None))
