"""What an import did, and what was wrong with which row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bumen.i18n import Text

MOST_PROBLEMS = 1_000
"""Problems that a report keeps one by one, unless it is told otherwise; others are counted."""
_WITHIN = frozenset({"problems", "most"})


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """Something wrong with one row: where it stands, and why it cannot be taken."""

    row: int
    reason: Text | str
    field: Text | None = None
    column: str | None = None
    file: str

    def as_json(self) -> dict[str, Any]:
        """Return it in the language of the moment."""
        return {
            "file": self.file,
            "row": self.row,
            "field": None if self.field is None else str(self.field),
            "column": self.column,
            "reason": str(self.reason),
        }


@dataclass(kw_only=True)
class ImportReport:
    """The outcome of an import; `saved` says whether anything was kept."""

    resource: str
    file: str
    dry_run: bool = False
    saved: bool = False
    created: int = 0
    updated: int = 0
    skipped: int = 0
    refused: int = 0
    lines: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    further_problems: int = 0
    ignored_columns: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    most: int = MOST_PROBLEMS
    """So many problems are kept one by one; further ones are only counted."""

    def note(self, problem: RowProblem) -> None:
        """Keep a problem, or count it when there are very many."""
        if len(self.problems) < self.most:
            self.problems.append(problem)
        else:
            self.further_problems += 1

    def refuse(self, problems: Iterable[RowProblem]) -> None:
        """Count a record that is refused, and note what is wrong with it."""
        for problem in problems:
            self.note(problem)
        self.refused += 1

    def sort(self, columns: Sequence[str]) -> None:
        """Put the problems into the order of the file; those of second files come after it."""
        places = {column: place for place, column in enumerate(columns)}
        self.problems.sort(
            key=lambda one: (one.file != self.file, one.row, places.get(one.column or "", -1))
        )

    def as_json(self) -> dict[str, Any]:
        """Return it in the language of the moment."""
        plain = {name: value for name, value in vars(self).items() if name not in _WITHIN}
        return {**plain, "problems": [problem.as_json() for problem in self.problems]}
