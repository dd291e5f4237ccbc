"""Taking the rows of a file, in the background: to see what would come of it, or in earnest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bumen.database import only_reading
from bumen.exchange import ImportReport, Table
from bumen.exchange.engine import report_of
from bumen.exchange.plan import Plan
from bumen.exchange.walking import Reached, Walk
from bumen.i18n import Text, translator
from bumen.importing.aside import out_of_the_way
from bumen.importing.files import table_of
from bumen.importing.noting import Noting
from bumen.importing.planning import held, plan_for
from bumen.importing.problems import MOST_KEPT, Problems, forget
from bumen.imports import Import, Stage
from bumen.imports.finding import forget_records
from bumen.jobs import Job, Run
from bumen.unit_of_work import current, session

_ = translator(__file__, "bumen")

IMPORT = "import"
"""The way that records came by, as their history tells it."""
_COUNTS = ("created", "updated", "skipped", "refused", "lines")


def check_rows(run: Run, *, import_id: int) -> Text:
    """Try every row and keep none; what was wrong is written down."""
    kept = held(run, import_id, Stage.CHECKING)
    run.keep()
    with only_reading(), _walking(kept) as (plan, report):
        problems, of = Problems(kept), _count(plan.table)
        with out_of_the_way(rows=of, by=run.by) as by, _only_tried():
            walk = Walk(plan, report=report, by=by)
            for _records in walk.steps():
                problems.take(report)
                run.progress(_far(plan, walk), of)
        problems.take(report)
    current().rollback()
    kept = held(run, import_id, Stage.CHECKING)
    forget(kept, of_undoing=False)
    problems.write()
    _tell(kept, report)
    kept.rows, kept.stage = of, Stage.CHECKED
    return _would(report)


@contextmanager
def _only_tried() -> Iterator[None]:
    """Keep nothing of what is done here."""
    try:
        with current().trying(), current().attempt():
            yield
            raise _Undo
    except _Undo:
        pass


def take_rows(run: Run, *, import_id: int) -> Text:
    """Make and change records: of all rows or none, or of those that are good."""
    current().way = IMPORT
    kept = held(run, import_id, Stage.TAKING)
    with _walking(kept) as (plan, report):
        taking = _Taking(run, kept, plan, report)
        if kept.only_good:
            taking.good_rows()
        else:
            taking.all_rows()
    run.in_part = kept.refused > 0
    return _told(report) if kept.stage is Stage.DONE else _NOTHING


_NOTHING = _("Nothing was saved, because of the refused rows.")
CHECK = Job("core.import_check", title=_("Check a file"), run=check_rows)
TAKE = Job("core.import", title=_("Import"), run=take_rows, resumable=True)


class _Undo(Exception):
    """Everything was tried, and nothing is to be kept."""


@dataclass
class _Taking:
    """The rows of one file on their way into the database."""

    run: Run
    kept: Import
    plan: Plan
    report: ImportReport

    def all_rows(self) -> None:
        """Take all rows at once; one that is refused undoes all."""
        forget(self.kept, of_undoing=False)
        problems, noting = Problems(self.kept), self._noting()
        try:
            with current().attempt():
                walk = Walk(self.plan, report=self.report, by=self.run.by)
                for records in walk.steps():
                    problems.take(self.report)
                    noting.take(records)
                    self.run.progress(_far(self.plan, walk), self.kept.rows)
                problems.take(self.report)
                if problems.count:
                    raise _Undo
        except _Undo:
            self.kept.stage = Stage.REFUSED
            self.report.created = self.report.updated = self.report.lines = 0
        else:
            self.kept.stage = Stage.DONE
        problems.write()
        _tell(self.kept, self.report)

    def good_rows(self) -> None:
        """Take the good rows, and keep them chunk by chunk; goes on where it had got."""
        reached = self._begin()
        problems, noting = Problems(self.kept, so_far=self.kept.problems), self._noting()
        walk = Walk(self.plan, report=self.report, by=self.run.by, reached=reached)
        for records in walk.steps():
            noting.take(records)
            problems.take(self.report)
            problems.write()
            _tell(self.kept, self.report)
            self.run.remember(walk.reached.to_json())
            self.run.progress(_far(self.plan, walk), self.kept.rows)
            self.run.keep()
            noting.begin_anew()
        problems.take(self.report)
        problems.write()
        _tell(self.kept, self.report)
        self.kept.stage = Stage.DONE

    def _begin(self) -> Reached:
        """Return how far an earlier run had got; the counts go on from there."""
        so_far: dict[str, Any] | None = self.run.remembered
        if so_far is None:
            forget(self.kept, of_undoing=False)
            session().execute(forget_records(self.kept.id))
            self.kept.problems = 0
            return Reached()
        for name in _COUNTS:
            setattr(self.report, name, getattr(self.kept, name))
        return Reached.from_json(so_far)

    def _noting(self) -> Noting:
        return Noting(self.kept.id, self.plan.resource)


@contextmanager
def _walking(kept: Import) -> Iterator[tuple[Plan, ImportReport]]:
    with table_of(kept) as table:
        plan = plan_for(kept, table)
        yield plan, report_of(plan, most=MOST_KEPT)


def _count(table: Table) -> int:
    return sum(1 for _row in table.rows())


def _far(plan: Plan, walk: Walk) -> int:
    return max(0, walk.reached.row - plan.table.header_row)


def _tell(kept: Import, report: ImportReport) -> None:
    for name in _COUNTS:
        setattr(kept, name, getattr(report, name))


def _would(report: ImportReport) -> Text:
    return _(
        "Would create %(created)s, change %(updated)s, skip %(skipped)s; %(refused)s cannot be "
        "imported.",
        **_counts(report),
    )


def _told(report: ImportReport) -> Text:
    return _(
        "%(created)s created, %(updated)s changed, %(skipped)s skipped, %(refused)s refused.",
        **_counts(report),
    )


def _counts(report: ImportReport) -> dict[str, str]:
    return {name: f"{getattr(report, name):,}" for name in _COUNTS}
