"""Papers that leave the house: by mail, and kept with the record as what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from sqlalchemy import String

from bumen.argument import Argument
from bumen.company.people import address_of, full_name_of
from bumen.documents.asked import Asked
from bumen.documents.attachments import Attachment, attach_file
from bumen.documents.history import Receiver, note_deed
from bumen.errors import InvalidInput
from bumen.i18n import Text, speaking, translator
from bumen.mail.models import LONGEST_ADDRESS, LONGEST_SUBJECT, Mail, MailFile
from bumen.mail.outside import MailIsNotSetUp as MailIsNotSetUp
from bumen.mail.outside import as_html, is_address
from bumen.model import Keeps
from bumen.model.accounts import User
from bumen.printing.printing import Printed
from bumen.printing.reach import first_told
from bumen.printing.templates import Declared
from bumen.unit_of_work import company_now, session

_ = translator(__file__, "bumen")

LONGEST_MESSAGE = 10_000
MAILED = "paper.mailed"
"""What the history calls sending a paper: no action has a name with a dot."""
MAILED_LABEL = _("Sent by mail")
PDF = "application/pdf"


PAPER = Asked(
    "printout",
    (Argument("language", String(16), label=_("Language of the paper"), required=False),),
)
"""What is asked before a paper is kept."""
DISPATCH = Asked(
    "dispatch",
    (
        *PAPER.arguments,
        Argument("to", String(LONGEST_ADDRESS), label=_("To"), required=False),
        Argument("subject", String(LONGEST_SUBJECT), label=_("Subject"), required=False),
        Argument("message", String(LONGEST_MESSAGE), label=_("Message"), required=False),
    ),
)
"""What is asked before a paper is sent; what is left out is as proposed."""


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """A dispatch is what somebody writes beside a paper, and to whom."""

    to: str
    subject: str
    message: str

    @classmethod
    def of(cls, given: Mapping[str, Any], own: Dispatch) -> Dispatch:
        """Return what somebody wrote, and what was proposed where nothing was written."""
        wanted = {name: given.get(name) for name in ("to", "subject", "message")}
        kept = {name: text for name, text in wanted.items() if text is not None}
        return replace(own, **kept)

    def checked(self) -> Dispatch:
        """Return it as it can be sent, or refuse what is not an address or too long."""
        wrong: dict[str, list[Text]] = {}
        to = self.to.strip()
        if not is_address(to):
            wrong["to"] = [_("This must be an e-mail address.")]
        subject = " ".join(self.subject.split())
        if not subject:
            wrong["subject"] = [_("This field is required.")]
        for name, text, most in (
            ("subject", subject, LONGEST_SUBJECT),
            ("message", self.message, LONGEST_MESSAGE),
        ):
            if len(text) > most:
                wrong[name] = [_("At most %(length)s characters.", length=most)]
        if wrong:
            raise InvalidInput(wrong)
        return Dispatch(to=to, subject=subject, message=self.message.strip())


def attach_paper(declared: Declared, record: object, printed: Printed) -> Attachment:
    """Keep a paper with its record, as it was printed: for those who see all that it tells."""
    content, tells = BytesIO(printed.pdf), printed.tells
    return attach_file(declared.resource, record, name=printed.name, content=content, tells=tells)


def mail_paper(
    declared: Declared,
    record: object,
    printed: Printed,
    *,
    dispatch: Dispatch,
    by: User,
    at: datetime,
) -> Mail:
    """Send a paper to an address, once what is done here is kept.

    What was sent is attached to the record where that keeps files, so that it can be shown later;
    the history of the record tells to whom, but for those from whom such addresses are hidden.
    """
    written = dispatch.checked()
    if Keeps.FILES in declared.resource.model.keeps:
        attach_paper(declared, record, printed)
    text = _with_regards(written.message, by=by, language=printed.language)
    mail = Mail(
        company_id=company_now().id,
        user_id=by.id,
        recipient=written.to,
        name="",
        subject=written.subject,
        plain=text,
        html=as_html(text),
        message_id=uuid4().hex,
        written_at=at,
        due_at=at,
    )
    session().add(mail)
    session().flush()
    session().add(MailFile(mail_id=mail.id, name=printed.name, mimetype=PDF, content=printed.pdf))
    receiver = Receiver(address=written.to, paths=tuple(declared.printout.address))
    note_deed(session(), record, action=MAILED, opinion=printed.name, receiver=receiver)
    return mail


def proposed(declared: Declared, record: object, *, language: str) -> Dispatch:
    """Return what is proposed to be written beside a paper, in the language of the paper."""
    title = declared.printout.title
    to = first_told(declared.resource, record, declared.printout.address)
    with speaking(language):
        return Dispatch(
            to=str(to or ""),
            subject=f"{title} {record} – {company_now().name}",
            message=str(
                _("Please find attached: %(title)s %(record)s.", title=title, record=record)
            ),
        )


def _with_regards(message: str, *, by: User, language: str) -> str:
    """Sign a message with who sends it, and where answers go."""
    with speaking(language):
        reached = address_of(by)
        signed = [full_name_of(by), company_now().name, *([reached] if reached else [])]
    return f"{message}\n\n-- \n" + "\n".join(signed) + "\n"
