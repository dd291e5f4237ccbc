"""Printing records: which language, which letterhead, which template, and the PDF in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bumen.errors import BusinessError, NotFound
from bumen.i18n import FORMATS, LANGUAGES, speaking
from bumen.printing.dates import PaperFormats
from bumen.printing.errors import TooManyToPrint
from bumen.printing.letterheads import LOGO, letterhead_now, told_of_letterhead
from bumen.printing.models import Letterhead
from bumen.printing.pressing import THIS, Enclosed, PressJob, pressed
from bumen.printing.reach import first_told, paths_told, why_unprintable
from bumen.printing.telling import told_of
from bumen.printing.templates import (
    Declared,
    body_in_force,
    checked_body,
    page_numbers,
    shared_templates,
    words_of,
)
from bumen.printing.texts import Wordings, told_of_texts, wordings_of
from bumen.reading import these_of
from bumen.unit_of_work import company_now, session
from bumen.values import picture_type
from bumen.visibility import as_seen, seen

MOST_AT_ONCE = 20
"""So many records become one file while somebody waits, on screen and through the API."""
MOST_TRIED = 10
"""So many records are looked at for one there is something to print of."""
PICTURED = 3
"""So many pages of a preview are shown."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What was printed: the PDF, what it is called, and the language of the first paper.

    `tells` are the fields of the records that it tells, by their paths.
    """

    pdf: bytes
    name: str
    language: str
    tells: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Forme:
    """A forme is what is set up for the press: it needs no database any more."""

    job: PressJob
    name: str
    language: str
    tells: frozenset[str]

    def printed(self, *, patience: float | None = None) -> Printed:
        """Print it; what takes long is done here, and nobody waits for a lock meanwhile."""
        pdf = pressed(self.job, patience=patience).pdf
        return Printed(pdf=pdf, name=self.name, language=self.language, tells=self.tells)


def set_up(
    declared: Declared, idents: Sequence[int], *, on: date, language: str | None = None
) -> Forme:
    """Set records up for the press as one PDF, each with page numbers of its own, in this order.

    Each is printed in the language that is asked for; otherwise in its receiver's, where the
    record knows, or the company's. Refuses records that are not there for whoever prints.
    """
    if len(idents) > MOST_AT_ONCE:
        raise TooManyToPrint(MOST_AT_ONCE)
    records = _records(declared, idents)
    kept, texts, title = letterhead_now(), wordings_of(declared), declared.printout.title
    for record in records:
        if (why := why_unprintable(declared, record)) is not None:
            raise why
    spoken = [_language(declared, one, kept, asked=language) for one in records]
    values = [
        _values(declared, record, kept, texts, language=one, on=on)
        for record, one in zip(records, spoken, strict=True)
    ]
    called = str(records[0]) if len(records) == 1 else on.isoformat()
    body = body_in_force(declared)
    return Forme(
        job=_job(body, values, kept),
        name=f"{title.in_language(spoken[0])} {called}.pdf",
        language=spoken[0],
        tells=paths_told(declared, records, body),
    )


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """A record somebody wants printed: what it is called, and why that cannot be, if so."""

    ident: int
    name: str
    refusal: BusinessError | None = None


def prospects(declared: Declared, idents: Sequence[int]) -> list[Prospect]:
    """Look at records before they are printed, in their order: some may be gone by now."""
    found = _found(declared, idents)
    return [_prospect(declared, one, found.get(one)) for one in idents]


def _prospect(declared: Declared, ident: int, record: Any | None) -> Prospect:
    if record is None:
        return Prospect(ident=ident, name=f"#{ident}", refusal=NotFound())
    return Prospect(ident=ident, name=str(record), refusal=why_unprintable(declared, record))


def proof(
    declared: Declared,
    body: str,
    record: Any | None,
    *,
    on: date,
    language: str | None = None,
    texts: Wordings | None = None,
    pictures: int = 0,
) -> PressJob:
    """Set a record up by a template, or texts, not kept yet, with so many pages as pictures.

    Without a record the template is only looked through.
    """
    kept, values = letterhead_now(), list[Mapping[str, Any]]()
    if record is not None:
        spoken = _language(declared, record, kept, asked=language)
        said = wordings_of(declared) if texts is None else texts
        values.append(_values(declared, record, kept, said, language=spoken, on=on))
    return _job(checked_body(body), values, kept, pictures=pictures)


def some_record(declared: Declared) -> Any | None:
    """Return the latest record there is something to print of, to try a template with."""
    ident: Any = declared.resource.model.id
    latest = select(ident).where(*seen(declared.resource)).order_by(ident.desc())
    for one in session().scalars(latest.limit(MOST_TRIED)).all():
        record = session().scalar(_loading(declared, [one]))
        if record is not None and why_unprintable(declared, record) is None:
            return record
    return None


def language_of_paper(declared: Declared, record: Any) -> str:
    """Return the language a paper is printed in when nobody asks for another."""
    return _language(declared, record, letterhead_now(), asked=None)


def _found(declared: Declared, idents: Sequence[int]) -> dict[int, Any]:
    return {one.id: one for one in session().scalars(_loading(declared, idents))}


def _records(declared: Declared, idents: Sequence[int]) -> list[Any]:
    found = _found(declared, idents)
    if not idents or any(one not in found for one in idents):
        raise NotFound
    return [found[one] for one in dict.fromkeys(idents)]


def _loading(declared: Declared, idents: Sequence[int]) -> Any:
    """Select records with all that is printed of them, in the same number of statements."""
    query: Any = these_of(as_seen(declared.resource), idents)
    for path in declared.printout.beyond:
        reference, _dot, name = path.partition(".")
        relation = getattr(declared.resource.model, reference)
        query = query.options(
            joinedload(relation).undefer(getattr(relation.property.mapper.class_, name))
        )
    return query


def _language(declared: Declared, record: Any, kept: Letterhead, *, asked: str | None) -> str:
    theirs = first_told(declared.resource, record, declared.printout.language)
    wished = (asked, theirs, kept.language, company_now().locale)
    return next(one for one in (*wished, "en") if one in LANGUAGES)


def _values(
    declared: Declared,
    record: Any,
    kept: Letterhead,
    texts: Wordings,
    *,
    language: str,
    on: date,
) -> Mapping[str, Any]:
    company = company_now()
    formats = PaperFormats(
        language=language,
        currency=company.currency,
        timezone=company.timezone,
        roc_years=kept.roc_years,
    )
    with speaking(language):
        return {
            **told_of(declared.resource, record, declared.printout, formats=formats),
            "title": str(declared.printout.title),
            "words": words_of(declared),
            "language": FORMATS[language].replace("_", "-"),
            "page_numbers": page_numbers(),
            "printed_on": formats.day(on),
            "company": {"code": company.code, "name": company.name, "currency": company.currency},
            "letterhead": told_of_letterhead(kept),
            "texts": told_of_texts(texts, language=language),
        }


def _job(
    body: str,
    values: Sequence[Mapping[str, Any]],
    kept: Letterhead,
    *,
    pictures: int = 0,
) -> PressJob:
    files = {}
    if kept.logo:
        files[LOGO] = Enclosed(mimetype=picture_type(kept.logo) or "", content=kept.logo)
    templates = {**shared_templates(), THIS: body}
    return PressJob(templates=templates, values=values, files=files, pictures=pictures)
