"""What a draft says: its chapters and clauses, written one by one or read from a file's rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from bumen.errors import BusinessError
from bumen.i18n import Text
from bumen.model.accounts import User
from bumen.records import draw_up
from bumen.records.write import check_version
from bumen.regulations.declared import DEMANDS, Chapters, Clauses
from bumen.regulations.errors import DemandIsMalformed, Mistake, NumberIsTaken, RowsAreWrong
from bumen.regulations.models import DEMAND, LONGEST_DEMAND, Chapter, Clause, Edition, whole
from bumen.regulations.writing import Values, demanded, open_draft, written
from bumen.unit_of_work import session

MOST_MISTAKES = 50
"""So many mistakes of a file are told at once."""
_SEPARATORS = re.compile(r"[\s,;，、；]+")


@dataclass(frozen=True, kw_only=True)
class ClauseRow:
    """A row of a file: a clause, with the chapter it stands in."""

    row: int
    chapter_number: str
    chapter_title: str
    number: str
    text: str
    demands: str = ""


def write_chapter(
    edition: Edition, values: Values, *, by: User | None, chapter: Chapter | None = None
) -> Chapter:
    """Add a chapter at the end of a draft, or change one that is there."""
    open_draft(edition)
    given = _checked(chapter, values)
    record = draw_up(Chapters, given, by=by, record=chapter)
    if record.number in _others(_chapter_numbers(edition), chapter):
        raise NumberIsTaken(record.number)
    if chapter is None:
        record.edition_id, record.position = edition.id, _next_place(Chapter.edition_id, edition.id)
    kept: Chapter = written(Chapters, record)
    return kept


def write_clause(
    chapter: Chapter, values: Values, *, by: User | None, clause: Clause | None = None
) -> Clause:
    """Add a clause at the end of a draft's chapter, or change one that is there."""
    open_draft(chapter.edition)
    given = _checked(clause, values)
    names = demands_in(given.pop(DEMANDS.name, None))
    record = draw_up(Clauses, given, by=by, record=clause)
    if record.number in _others(_clause_numbers(chapter.edition), clause):
        raise NumberIsTaken(record.number)
    if clause is None:
        record.chapter_id, record.position = chapter.id, _next_place(Clause.chapter_id, chapter.id)
    if record.demanded != names:
        record.demands = demanded(names)
    kept: Clause = written(Clauses, record)
    return kept


def drop_chapter(chapter: Chapter) -> None:
    """Take a chapter out of a draft, with its clauses."""
    open_draft(chapter.edition)
    session().delete(chapter)
    session().flush()


def drop_clause(clause: Clause) -> None:
    """Take a clause out of a draft."""
    open_draft(clause.chapter.edition)
    session().delete(clause)
    session().flush()


def replace_content(edition: Edition, rows: Iterable[ClauseRow], *, by: User | None) -> int:
    """Let a draft say what a file says; return how many clauses that are.

    All of the file or nothing: `RowsAreWrong` names every row that does not fit.
    """
    open_draft(edition)
    chapters, mistakes = _read(rows, by=by)
    if mistakes:
        raise RowsAreWrong(mistakes[:MOST_MISTAKES])
    kept = session().scalars(whole(edition.id)).one()
    kept.chapters.clear()
    session().flush()
    kept.chapters.extend(chapters)
    session().flush()
    return sum(len(chapter.clauses) for chapter in chapters)


def demands_in(typed: Any) -> tuple[str, ...]:
    """Return the demands people have typed, each once; `DemandIsMalformed` for what is none."""
    names = [name for name in _SEPARATORS.split(str(typed or "")) if name]
    for name in names:
        if len(name) > LONGEST_DEMAND or not re.fullmatch(DEMAND, name):
            raise DemandIsMalformed(name)
    return tuple(dict.fromkeys(names))


def _read(rows: Iterable[ClauseRow], *, by: User | None) -> tuple[list[Chapter], list[Mistake]]:
    chapters: dict[str, Chapter] = {}
    taken: set[str] = set()
    mistakes: list[Mistake] = []
    for row in rows:
        try:
            clause = _clause_of(row, taken=taken, by=by)
            chapter = chapters.get(row.chapter_number) or _chapter_of(row, by=by)
        except BusinessError as refusal:
            mistakes += [Mistake(row=row.row, said=said) for said in _said(refusal)]
            continue
        chapters[row.chapter_number] = chapter
        taken.add(clause.number)
        clause.position = len(chapter.clauses)
        chapter.clauses.append(clause)
    for place, chapter in enumerate(chapters.values()):
        chapter.position = place
    return list(chapters.values()), mistakes


def _clause_of(row: ClauseRow, *, taken: set[str], by: User | None) -> Clause:
    clause: Clause = draw_up(Clauses, {"number": row.number, "text": row.text}, by=by)
    if clause.number in taken:
        raise NumberIsTaken(clause.number)
    clause.demands = demanded(demands_in(row.demands))
    return clause


def _chapter_of(row: ClauseRow, *, by: User | None) -> Chapter:
    named = {"number": row.chapter_number, "title": row.chapter_title}
    chapter: Chapter = draw_up(Chapters, named, by=by)
    return chapter


def _said(refusal: BusinessError) -> Iterable[Text | str]:
    return [said for every in refusal.fields.values() for said in every] or [refusal.message]


def _checked(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written; of a record that is there, only the version people have seen."""
    if record is not None:
        check_version(record, values.get("version"))
    return {name: value for name, value in values.items() if name != "version"}


def _chapter_numbers(edition: Edition) -> Select[int, str]:
    return select(Chapter.id, Chapter.number).where(Chapter.edition_id == edition.id)


def _clause_numbers(edition: Edition) -> Select[int, str]:
    inside = select(Chapter.id).where(Chapter.edition_id == edition.id)
    return select(Clause.id, Clause.number).where(Clause.chapter_id.in_(inside))


def _others(numbers: Select[int, str], own: Any) -> set[str]:
    """Return the numbers that are taken by others."""
    with session().no_autoflush:
        known = session().execute(numbers).all()
    return {number for ident, number in known if own is None or ident != own.id}


def _next_place(column: Any, ident: int) -> int:
    position = column.class_.position
    last = session().scalar(select(func.max(position)).where(column == ident))
    return 0 if last is None else int(last) + 1
