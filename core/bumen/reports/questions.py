"""What somebody asks of an analysis, checked against what it offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bumen.errors import Malformed
from bumen.i18n import Text, translator
from bumen.listing import Condition, Days, Listing, days_asked, path_to_lines
from bumen.model.paths import Path, Step, path_of
from bumen.reports.analyses import Analysis, Measure, Working
from bumen.reports.comparing import Compared, Shift, compared_with
from bumen.reports.dimensions import RECORD, Key, dimensions_of, measures_of
from bumen.visibility import as_seen

_ = translator(__file__, "bumen")

MOST_ROWS, MOST_COLUMNS = 500, 60
"""So many members of a dimension stand below each other, and side by side."""


@dataclass(frozen=True, kw_only=True)
class Most:
    """How much of an answer is told: so many rows, columns, and places where they cross."""

    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    cells: int = MOST_ROWS * MOST_COLUMNS


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question is by what records are gathered, what is measured, of which records.

    `rows`, `columns` and `measures` are names of the analysis; `listing` says which records, in
    the words of its resource's list. What is compared needs one period of the analysis' day.
    """

    rows: str
    columns: str = ""
    measures: tuple[str, ...] = ()
    listing: Listing = Listing()  # noqa: RUF009  # frozen
    compared: Compared | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A checked question is one the analysis can answer, with all that its names stand for."""

    analysis: Analysis
    question: Question
    keys: tuple[Key, ...]
    measures: tuple[Measure, ...]
    lines: tuple[Step, ...]
    """The way to the lines that are looked at one by one; none where whole records are."""
    days: Days | None
    """The one period it is about."""

    @property
    def by_lines(self) -> bool:
        """Whether lines are looked at: what whole records come to is not measured then."""
        return bool(self.lines)

    def is_of_lines(self, condition: Condition) -> bool:
        """Whether a condition limits the lines themselves, rather than whose lines they are."""
        path = path_to_lines(as_seen(self.analysis.resource), condition)
        return path is not None and path.to_lines == self.lines

    @property
    def listing(self) -> Listing:
        """Which records it is about."""
        return self.question.listing

    @property
    def adds_up(self) -> bool:
        """Whether the whole is the sum of its parts: a record with two lines counts in both."""
        return not self.by_lines or all(one.working is Working.SUM for one in self.measures)

    def before(self, *, today: date) -> tuple[Days, Shift] | None:
        """Return the days it is compared with, and how far back they lie."""
        if self.question.compared is None or self.days is None:
            return None
        return compared_with(self.days, self.question.compared, today=today)

    def unbounded(self) -> Listing:
        """Return which records it is about, whatever their day."""
        others = [one for one in self.listing.conditions if not _is_period(self.analysis, one)]
        return replace(self.listing, conditions=tuple(others))


def checked(analysis: Analysis, question: Question) -> Checked:
    """Check what is asked; `Malformed` names what is not offered, or makes no sense."""
    offered = dimensions_of(analysis)
    keys = [_known("rows", question.rows, offered)]
    if question.columns:
        keys.append(_known("columns", question.columns, offered))
    if question.rows == question.columns:
        raise _wrong("columns", _("Rows and columns must not be the same."))
    wanted = measures_of(analysis)
    chosen = [_measure(name, wanted) for name in question.measures]
    lines = _lines([*(key.path for key in keys), *_narrowed(analysis, question.listing)])
    measures = tuple(chosen or [one for one in wanted.values() if fits(one, by_lines=bool(lines))])
    lines = lines or _lines(path_of(analysis.resource.model, one.of) for one in measures if one.of)
    for one in measures:
        if not fits(one, by_lines=bool(lines)):
            raise _wrong("measures", _("“%(name)s” cannot be told by lines.", name=one.label))
    if not measures:
        raise _wrong("measures", _("Nothing is measured."))
    days = _days(analysis, question)
    return Checked(
        analysis=analysis,
        question=question,
        keys=tuple(keys),
        measures=measures,
        lines=lines,
        days=days,
    )


def begun_with(analysis: Analysis, columns: str) -> tuple[str, str]:
    """Return with which rows and columns an analysis opens for whoever reads it.

    What is hidden from somebody gives way to what is not; nothing where nothing is left.
    """
    offered, measures = dimensions_of(analysis), measures_of(analysis).values()
    fitting = [
        name
        for name, key in offered.items()
        if name != RECORD and any(fits(one, by_lines=key.path.in_lines) for one in measures)
    ]
    rows = analysis.rows if analysis.rows in fitting else next(iter(fitting), "")
    return rows, columns if columns in fitting and columns != rows else ""


def _known(place: str, name: str, offered: Mapping[str, Key]) -> Key:
    if name not in offered:
        raise _wrong(place, _("Records cannot be gathered by “%(name)s”.", name=name))
    return offered[name]


def _measure(name: str, offered: Mapping[str, Measure]) -> Measure:
    if name not in offered:
        raise _wrong("measures", _("There is no measure “%(name)s”.", name=name))
    return offered[name]


def fits(measure: Measure, *, by_lines: bool) -> bool:
    """Whether a measure can be told where lines are looked at one by one, or whole records."""
    return measure.working is Working.COUNT or bool(measure.source(by_lines=by_lines))


def _narrowed(analysis: Analysis, listing: Listing) -> Iterator[Path]:
    """Yield the paths of the conditions that are about lines."""
    for condition in listing.conditions:
        if (path := path_to_lines(as_seen(analysis.resource), condition)) is not None:
            yield path


def _lines(paths: Iterable[Path]) -> tuple[Step, ...]:
    """Return the way to the lines that the first of these paths leads through."""
    return next((path.to_lines for path in paths if path.in_lines), ())


def _days(analysis: Analysis, question: Question) -> Days | None:
    """Return the one period that is asked for; a comparison needs it."""
    periods = [one for one in question.listing.conditions if _is_period(analysis, one)]
    if len(periods) == 1:
        return days_asked(periods[0])
    if question.compared is not None:
        raise _wrong("compare", _("Choose one period, so that it can be compared."))
    return None


def _is_period(analysis: Analysis, condition: Condition) -> bool:
    return condition.field == analysis.day and condition.operator == "period"


def _wrong(place: str, message: Text) -> Malformed:
    return Malformed(message, fields={place: [message]})
