"""A company's rule book, as tests write it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bumen.regulations import Clause, Edition, Regulation
from bumen.regulations.content import ClauseRow, replace_content
from bumen.regulations.models import editions_of
from bumen.regulations.writing import publish_edition, write_regulation
from bumen.unit_of_work import current, session

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
FIRST = date(2026, 1, 1)


def write_book(*rows: tuple[str, str, str], code: str = "MKT-01") -> Edition:
    """Write a draft of clauses in one chapter: their numbers, texts and demands."""
    book = write_regulation({"code": code, "title": "Rule book"}, by=current().user)
    draft = draft_of(book)
    replace_content(draft, map(_row, range(2, 99), rows), by=current().user)
    return draft


def draft_of(book: Regulation) -> Edition:
    """Return the newest edition of a regulation."""
    return session().scalars(editions_of(book.id).limit(1)).one()


def publish(draft: Edition, *, on: date = FIRST, **values: Any) -> Edition:
    """Publish a draft that is in force from a day on."""
    given = {"valid_from": on.isoformat(), "version": draft.version, **values}
    publish_edition(draft, given, by=current().user, at=NOON)
    return draft


def numbers(clauses: list[Clause]) -> list[str]:
    """Return what clauses are quoted by."""
    return [clause.number for clause in clauses]


def _row(place: int, given: tuple[str, str, str]) -> ClauseRow:
    number, text, demands = given
    return ClauseRow(
        row=place,
        chapter_number="1",
        chapter_title="Orders",
        number=number,
        text=text,
        demands=demands,
    )
