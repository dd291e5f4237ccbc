"""Sending what waits: each mail is claimed, handed to the mail server, and marked as sent.

A mail is never held in a transaction while the server is spoken to: who claims it puts it off for
a while, so that nobody else takes it. Just before it is handed over, that is written down; where
nobody comes to hear what the server says, because the process dies or the line breaks, the mail is
uncertain: it may have arrived. It is not lost but sent again later, under the same Message-ID, by
which mailboxes know what they have.
"""

from __future__ import annotations

import logging
import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from bumen.database import Database
from bumen.mail.models import Mail, MailFile, due, files_of_mail
from bumen.settings import Settings

CLAIMED = timedelta(minutes=10)
PATIENCE = 20.0
"""Seconds to wait for the mail server."""
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_NEVER = 550
"""From this answer on a mailbox is not there; below it the server wants to be asked again."""
_ILL_FORMED = (ValueError, IndexError, MessageError)
"""What the standard library raises for addresses that are none."""
_REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, *_ILL_FORMED)
"""What says that the server has not taken a mail; any other fault says nothing about it."""
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Postbox:
    """Where mail is handed in: the server, and whom it comes from."""

    url: str = field(repr=False)
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> Postbox | None:
        """Return the postbox of a deployment; None when it sends no mail."""
        if settings.smtp_url is None:
            return None
        return cls(url=settings.smtp_url.get_secret_value(), sender=settings.mail_from)

    @contextmanager
    def opened(self) -> Iterator[smtplib.SMTP]:
        """Speak to the server for a while; raises OSError when it cannot be spoken to."""
        url = urlsplit(self.url)
        where = (url.hostname or "", url.port or _PORTS[url.scheme])
        trust = ssl.create_default_context()
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=trust)
        else:
            server = smtplib.SMTP(*where, timeout=PATIENCE)
        with server:
            if url.scheme == "smtp+starttls":
                server.starttls(context=trust)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            yield server


def send_due(database: Database, postbox: Postbox) -> int:
    """Send what is due; return how many left the house. What could not be sent waits longer."""
    sent = 0
    with ExitStack() as line:
        server: smtplib.SMTP | None = None
        while (mail := _claim(database)) is not None:
            try:
                message = _message(mail, _enclosed(database, mail), sender=postbox.sender)
                server = server or line.enter_context(postbox.opened())
                _hand(database, mail)
                server.send_message(message)
            except (smtplib.SMTPRecipientsRefused, *_ILL_FORMED) as why:
                _postpone(database, mail, why)
            except OSError as why:  # the server is away, or refuses whatever comes
                _postpone(database, mail, why)
                break
            else:
                _mark(database, mail)
                sent += 1
    return sent


def _claim(database: Database) -> Mail | None:
    now = datetime.now(UTC)
    with database.wide_session() as wide:
        wide.expire_on_commit = False
        with wide.begin():
            mail: Mail | None = wide.scalar(due(at=now))
            if mail is not None:
                mail.due_at = now + CLAIMED
    if mail is not None and mail.is_uncertain:
        _log.warning("Mail %s may have arrived; it is sent again as the same.", mail.id)
    return mail


def _enclosed(database: Database, mail: Mail) -> Sequence[MailFile]:
    with database.wide_session() as wide:
        return wide.scalars(files_of_mail(mail)).all()


def _hand(database: Database, mail: Mail) -> None:
    """Write down that a mail is about to leave: from here on it may have arrived."""
    with database.wide_session() as wide, wide.begin():
        kept = wide.get(Mail, mail.id)
        if kept is not None:
            kept.handed_at = datetime.now(UTC)


def _mark(database: Database, mail: Mail) -> None:
    with database.wide_session() as wide, wide.begin():
        kept = wide.get(Mail, mail.id)
        if kept is not None:
            kept.sent(at=datetime.now(UTC))


def _postpone(database: Database, mail: Mail, why: Exception) -> None:
    _log.warning("Mail %s to the server failed: %s", mail.id, why)
    with database.wide_session() as wide, wide.begin():
        kept = wide.get(Mail, mail.id)
        if kept is not None:
            now, refused = datetime.now(UTC), isinstance(why, _REFUSALS)
            kept.postpone(str(why), at=now, refused=refused, hopeless=_is_final(why))


def _is_final(why: Exception) -> bool:
    """Whether this address takes no mail, now or later."""
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        return all(code >= _NEVER for code, _said in why.recipients.values())
    return isinstance(why, _ILL_FORMED)


def _message(mail: Mail, files: Sequence[MailFile], *, sender: str) -> EmailMessage:
    name, address = parseaddr(sender)
    made = EmailMessage()
    made["From"] = Address(name, addr_spec=address)
    made["To"] = _recipient(mail)
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.written_at)
    made["Message-ID"] = f"<{mail.message_id}@{address.partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.plain, cte="base64")
    made.add_alternative(mail.html, subtype="html", cte="base64")
    for file in files:
        kind, _slash, subtype = file.mimetype.partition("/")
        made.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    return made


def _recipient(mail: Mail) -> Address:
    """Return whom a mail goes to; ValueError for what the servers of the world do not take."""
    local, _at, domain = mail.recipient.rpartition("@")
    if not _LOCAL.fullmatch(local) or not domain:
        raise ValueError(f"{mail.recipient} is no address")
    return Address(mail.name, username=local, domain=domain.encode("idna").decode())
