"""Of imports, files go after a week and all the rest after half a year, some at a time."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import func, select, update

from bumen.company.people import delete_person
from bumen.company.service import user_called
from bumen.database import AT_ONCE, only_reading
from bumen.importing import steps
from bumen.importing.tidying import TIDY
from bumen.imports import Import, ImportedRecord, ImportProblem, Stage
from bumen.imports.models import FILE_KEPT, KEPT
from bumen.invariants import astray_files
from bumen.jobs import JobRun, cancel, start
from bumen.testing.makers import make_administrator
from bumen.unit_of_work import moment
from bumen.worker import work_off
from bumen.worker.tidying import tidy_runs
from tests.core.importing_files.conftest import Wizard, held

TEXT = "code,name\nG1,Ada\nG2,\n"


def as_of(wizard: Wizard, *ago: timedelta) -> None:
    """Let every import be begun so long ago, and tidy."""
    long_ago = moment() - sum(ago, timedelta(minutes=1))
    with wizard.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(Import).values(created_at=long_ago))
    with wizard.host.unit_of_work(company="TW01"):
        start(TIDY)
    work_off(wizard.host)


def stages(wizard: Wizard) -> dict[int, tuple[Stage, bool]]:
    """Return of every import how far it is, and whether it has its file."""
    with only_reading(), wizard.host.database.wide_session() as wide:
        every = wide.execute(select(Import.id, Import.stage, Import.stored_as))
        return {ident: (stage, stored is not None) for ident, stage, stored in every}


def count_of(wizard: Wizard, model: type[Any]) -> int:
    """Count the rows of a table."""
    with only_reading(), wizard.host.database.wide_session() as wide:
        return wide.scalar(select(func.count()).select_from(model)) or 0


def broken_off(wizard: Wizard, step: Any, ident: int, **options: Any) -> None:
    """Take a step, and cancel the background work that was to follow."""
    with wizard.working():
        cancel(step(held(ident), **options))


def test_the_files_of_imports_are_not_astray_and_missing_ones_are_named(wizard: Wizard) -> None:
    beside = [("lines.csv", BytesIO(b"reference\nC1\n"))]
    ident = wizard.begin("depot.growers", TEXT, beside=beside)
    files = wizard.host.departments.files
    two_hours_ago = time.time() - 7200
    for name in files.names():
        os.utime(f"{files.address}/{name}", (two_hours_ago, two_hours_ago))
    assert len(list(files.names(older_than=timedelta(hours=1)))) == 2
    assert astray_files(wizard.host.database, files) == []

    files.remove(str(wizard.kept(ident).stored_as))

    said = astray_files(wizard.host.database, files)
    assert said == [f"core_import: The file of import {ident} is gone."]


def test_files_of_what_was_broken_off_go_after_their_week(wizard: Wizard) -> None:
    checking, taking = (wizard.begin("depot.growers", TEXT) for _time in range(2))
    broken_off(wizard, steps.check, checking)
    wizard.do(steps.check, taking)
    broken_off(wizard, steps.take, taking, only_good=True)
    waits = wizard.begin("depot.growers", TEXT)

    as_of(wizard, FILE_KEPT - timedelta(hours=1))
    assert len(list(wizard.host.departments.files.names())) == 3
    with wizard.working():
        run_id = steps.check(held(waits)).id
    with wizard.host.database.wide_session() as wide, wide.begin():
        later = moment() + timedelta(days=1)
        wide.execute(update(JobRun).where(JobRun.id == run_id).values(due_at=later))
    as_of(wizard, FILE_KEPT)

    assert stages(wizard) == {taking: (Stage.TAKING, False), waits: (Stage.CHECKING, True)}
    kept = [wizard.kept(waits).stored_as]
    assert list(wizard.host.departments.files.names()) == kept


def test_imports_are_forgotten_after_half_a_year_with_all_they_noted_and_the_records_stay(
    wizard: Wizard,
) -> None:
    rows = [f"G{number},Grower" for number in range(AT_ONCE + 100)]
    wizard.through("depot.growers", "\n".join(["code,name", *rows, "G9999,"]), only_good=True)
    as_of(wizard, KEPT - timedelta(days=1))
    assert count_of(wizard, ImportedRecord) == len(rows)

    as_of(wizard, KEPT)

    noted = [count_of(wizard, model) for model in (Import, ImportedRecord, ImportProblem)]
    assert (noted, len(wizard.growers())) == ([0, 0, 0], len(rows))


def test_whoever_only_tried_an_import_can_be_deleted_once_it_is_forgotten(
    wizard: Wizard,
) -> None:
    make_administrator(wizard.host, "eve", company="TW01")
    eve = Wizard(wizard.host, wizard.company, by="eve")
    eve.do(steps.check, eve.begin("depot.growers", TEXT))
    as_of(wizard, KEPT)
    with wizard.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(JobRun).values(ended_at=moment() - KEPT))
    tidy_runs(wizard.host)

    with wizard.host.unit_of_work(by="admin") as unit:
        delete_person(unit.session, user_called(unit.session, "eve"), by=unit.user)
