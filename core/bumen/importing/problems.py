"""What was wrong with the rows of a file, kept in every language as long as the import is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert

from bumen.exchange import ImportReport, RowProblem
from bumen.i18n import Text
from bumen.imports import Import, ImportProblem
from bumen.imports.finding import forget_problems
from bumen.imports.models import LONGEST_FILE_NAME
from bumen.jobs.run import in_every_language
from bumen.unit_of_work import session

MOST_KEPT = 100_000
"""Problems of one import that are kept one by one; further ones are counted."""
_LONGEST_COLUMN = 1000


class Problems:
    """Gathers the problems of a walk, chunk by chunk, and writes them down."""

    def __init__(self, kept: Import, *, so_far: int = 0) -> None:
        self._kept = kept
        self._waiting: list[RowProblem] = []
        self.count = so_far
        self._room = max(0, MOST_KEPT - so_far)

    def take(self, report: ImportReport) -> None:
        """Take over what a report has noted since the last time, and make room in it."""
        self.count += len(report.problems) + report.further_problems
        new = report.problems[: self._room]
        self._room -= len(new)
        self._waiting += new
        report.problems.clear()
        report.further_problems = 0

    def write(self) -> None:
        """Write down what was taken."""
        rows = [_row(self._kept.id, one) for one in self._waiting]
        self._waiting.clear()
        write_rows(rows)
        self._kept.problems = self.count


def forget(kept: Import, *, of_undoing: bool) -> None:
    """Forget what was wrong before: it is looked at anew."""
    session().execute(forget_problems(kept.id, of_undoing=of_undoing))


def note_undoing(kept: Import, wrong: Iterable[tuple[str, Text | str]], *, so_far: int = 0) -> None:
    """Write down why records cannot be put back: what each is called, and the reason."""
    write_rows(
        [
            {
                "import_id": kept.id,
                "row": number,
                "file": label[:LONGEST_FILE_NAME],
                "field": None,
                "column": None,
                "reason": _words(reason),
                "of_undoing": True,
            }
            for number, (label, reason) in enumerate(wrong, so_far + 1)
        ]
    )


def write_rows(rows: Sequence[dict[str, Any]]) -> None:
    """Write problems at once."""
    if rows:
        session().execute(insert(ImportProblem), rows)


def _row(import_id: int, problem: RowProblem) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "row": problem.row,
        "file": problem.file[:LONGEST_FILE_NAME],
        "field": None if problem.field is None else in_every_language(problem.field),
        "column": problem.column and problem.column[:_LONGEST_COLUMN],
        "reason": _words(problem.reason),
        "of_undoing": False,
    }


def _words(reason: Text | str) -> dict[str, str]:
    return in_every_language(reason) if isinstance(reason, Text) else {"en": str(reason)}
