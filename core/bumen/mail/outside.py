"""Mail to people outside the house: what a department writes to a customer or a carrier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from markupsafe import Markup

from bumen.errors import BusinessError, InvalidInput
from bumen.i18n import translator
from bumen.mail.models import LONGEST_ADDRESS, LONGEST_SUBJECT, Mail, MailFile
from bumen.model.accounts import User
from bumen.unit_of_work import company_now, current, session

_ = translator(__file__, "bumen")

ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """An enclosure is a file that goes with a mail: its name, its media type, its content."""

    name: str
    mimetype: str
    content: bytes


class MailIsNotSetUp(BusinessError):
    """The refusal to send what would never leave the house."""

    def __init__(self) -> None:
        super().__init__(
            _("No mail server is set up, so nothing was sent. Print it, or ask an administrator.")
        )


def sends_mail() -> bool:
    """Whether mail leaves the house at all: whether a mail server is set up."""
    return current().neighbours.sends_mail()


def is_address(text: str | None) -> bool:
    """Whether mail can be sent to this."""
    return bool(text) and len(text or "") <= LONGEST_ADDRESS and bool(ADDRESS.fullmatch(text or ""))


def send_mail(  # what a letter is made of
    to: str,
    *,
    subject: str,
    text: str,
    by: User | None,
    at: datetime,
    files: Sequence[Enclosure] = (),
) -> None:
    """Write to an address outside the house; it is sent once what is done here is kept.

    Refuses what is no address, and everything where no mail server is set up. `by` is whoever
    sends it, None for what the house does by itself.
    """
    if not sends_mail():
        raise MailIsNotSetUp
    if not is_address(to):
        raise InvalidInput({"to": [_("This must be an e-mail address.")]})
    mail = Mail(
        company_id=company_now().id,
        user_id=by.id if by else None,
        recipient=to,
        name="",
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        plain=text,
        html=as_html(text),
        message_id=uuid4().hex,
        written_at=at,
        due_at=at,
    )
    session().add(mail)
    if files:
        session().flush()
    for one in files:
        enclosed = {"name": one.name[-200:], "mimetype": one.mimetype, "content": one.content}
        session().add(MailFile(mail_id=mail.id, **enclosed))


def as_html(text: str) -> str:
    """Write plain text as paragraphs and lines."""
    parts = (Markup("<br>").join(part.split("\n")) for part in text.split("\n\n"))
    return str(Markup("").join(Markup("<p>{}</p>").format(part) for part in parts))
