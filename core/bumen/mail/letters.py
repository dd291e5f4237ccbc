"""Letters: what the house writes to somebody, in the reader's language, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bumen.company.people import address_of, full_name_of
from bumen.i18n import Text, speaking, translator
from bumen.mail.models import LONGEST_ADDRESS, LONGEST_SUBJECT, Mail
from bumen.model.accounts import User
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing a letter tells: a sentence, what it is about, and where that is found."""

    text: Text | str
    about: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a letter, with a heading where there are several."""

    points: Sequence[Point]
    title: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter of the house, before it is put into words.

    `link` leads to all of it in the browser, or to what `leads_to` says; `wishes` to where people
    choose what they get. `why` says why somebody gets it, where that is not work for the company.
    """

    subject: Text | str
    parts: Sequence[Part]
    link: str = ""
    wishes: str = ""
    leads_to: Text | None = None
    why: Text | None = None


def write(letter: Letter, *, to: User, locale: str, at: datetime) -> Mail | None:
    """Put a letter into words in a language, ready to be sent; None for who has no address.

    Whoever writes adds it to the session, so that it is sent when, and only when, the unit of
    work was kept.
    """
    address = address_of(to).strip()
    if "@" not in address or len(address) > LONGEST_ADDRESS:
        return None
    company = current().company
    with speaking(locale):
        shown = {"letter": letter, "company": company, "name": full_name_of(to), "locale": locale}
        plain, html = (_ENVIRONMENT.get_template(f"letter.{one}") for one in ("txt", "html"))
        return Mail(
            company_id=company.id if company else None,
            user_id=to.id,
            recipient=address,
            name=full_name_of(to)[:200],
            subject=_subject(letter, company.code if company else "Bumen"),
            plain=plain.render(shown),
            html=html.render(shown),
            message_id=uuid4().hex,
            written_at=at,
            due_at=at,
        )


def _subject(letter: Letter, code: str) -> str:
    """Return a subject in one line that says which company it is about, or who writes."""
    return f"[{code}] {' '.join(str(letter.subject).split())}"[:LONGEST_SUBJECT]


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("bumen.mail", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _
    return made


_ENVIRONMENT = _environment()
