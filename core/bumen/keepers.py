"""Who keeps files: every table whose rows do, in one list for all who ask about files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select

from bumen.documents.attachments import Attachment
from bumen.imports import Import, ImportFile
from bumen.imports.finding import imports_about
from bumen.jobs import JobRun
from bumen.jobs.finding import runs_about
from bumen.model import Model

Whose = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """A keeper is a table whose rows keep files, by the names they are stored as.

    `whose` says which rows are a department's; it is None where rows that leave take their files
    along by themselves.
    """

    model: type[Model]
    called: str
    whose: Whose | None = None

    def stored(self) -> Select[int, str]:
        """Select the ids of all rows that keep a file, and what it is stored as."""
        table = self.model.__table__
        return select(table.c.id, table.c.stored_as).where(table.c.stored_as.is_not(None))


KEEPERS = (
    Keeper(model=Attachment, called="attachment"),
    Keeper(model=JobRun, called="run", whose=runs_about),
    Keeper(model=Import, called="import", whose=imports_about),
    Keeper(
        model=ImportFile,
        called="second file",
        whose=lambda plugin: ImportFile.import_id.in_(
            select(Import.id).where(imports_about(plugin))
        ),
    ),
)


def files_to_let_go(plugin: str) -> Iterator[Select[str]]:
    """Yield what selects the files of a department in the company that nobody else lets go."""
    for one in KEEPERS:
        if one.whose is not None:
            stored_as: ColumnElement[str] = one.model.stored_as
            yield select(stored_as).where(one.whose(plugin), stored_as.is_not(None))
