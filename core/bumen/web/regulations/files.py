"""A version of a regulation as a file: read from what people send, written as they may send it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import String
from werkzeug.datastructures import FileStorage

from bumen.errors import BusinessError, InvalidInput
from bumen.exchange.cells import text_of
from bumen.exchange.export import Sheet
from bumen.exchange.export.sheet import heading_of
from bumen.exchange.kinds import extension_of
from bumen.exchange.reading import Table, read_table
from bumen.i18n import LANGUAGES, Text, translator
from bumen.regulations import Edition
from bumen.regulations.content import ClauseRow
from bumen.regulations.models import whole
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

MOST_ROWS = 5000
_COLUMNS: dict[str, Text] = {
    "chapter": _("Chapter"),
    "chapter_title": _("Title of the chapter"),
    "clause": _("Clause"),
    "text": _("Text"),
    "demands": _("Demands it answers"),
}
_NEEDED = ("chapter", "chapter_title", "clause", "text")


class ColumnsAreMissing(BusinessError):
    """The refusal of a file that does not say which column is which."""

    def __init__(self, missing: Sequence[str]) -> None:
        names = ", ".join(str(_COLUMNS[name]) for name in missing)
        super().__init__(_("These columns are missing in the file: %(names)s", names=names))


class TooManyClauses(BusinessError):
    """The refusal of a file with more rows than a regulation can have."""

    def __init__(self) -> None:
        super().__init__(_("A regulation has at most %(most)s clauses.", most=MOST_ROWS))


def rows_in(sent: FileStorage | None) -> list[ClauseRow]:
    """Return the clauses of a file of any kind that is imported; headings in any language."""
    if sent is None or not sent.filename:
        raise InvalidInput({"file": [_("Please choose a file.")]})
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"clauses{extension_of(sent.filename)}"
        sent.save(path)
        return list(_rows(read_table(path)))


def sheet_of_edition(edition: Edition) -> Sheet:
    """Return an edition as a sheet that can be read in again."""
    found = session().scalars(whole(edition.id)).one()
    rows = [
        (chapter.number, chapter.title, clause.number, clause.text, " ".join(clause.demanded))
        for chapter in found.chapters
        for clause in chapter.clauses
    ]
    headings = [heading_of(label, String()) for label in _COLUMNS.values()]
    return Sheet(title=found.regulation.title, headings=headings, rows=rows)


def _rows(table: Table) -> Iterator[ClauseRow]:
    places = _places(table.header)
    for count, row in enumerate(table.rows(), start=1):
        if count > MOST_ROWS:
            raise TooManyClauses
        cells = [text_of(cell).strip() for cell in row.cells] + [""] * len(table.header)
        told = {name: cells[place] for name, place in places.items()}
        yield ClauseRow(
            row=row.number,
            chapter_number=told["chapter"],
            chapter_title=told["chapter_title"],
            number=told["clause"],
            text=told["text"],
            demands=told.get("demands", ""),
        )


def _places(header: Sequence[str]) -> dict[str, int]:
    known = {
        called.casefold(): name
        for name, label in _COLUMNS.items()
        for called in (name, *(label.in_language(one) for one in LANGUAGES))
    }
    places = {
        known[name.strip().casefold()]: place
        for place, name in enumerate(header)
        if name.strip().casefold() in known
    }
    if missing := [name for name in _NEEDED if name not in places]:
        raise ColumnsAreMissing(missing)
    return places
