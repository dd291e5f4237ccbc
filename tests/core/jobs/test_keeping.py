"""What is kept of background work, for how long, and what goes with a department."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

import chores
from bumen.activation.plan import Plan
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.activation.survey import survey
from bumen.database import only_reading
from bumen.host import Host
from bumen.invariants import astray_files
from bumen.jobs import JobRun, ScheduleEntry
from bumen.jobs.models import KEPT
from bumen.jobs.planning import entry_of
from bumen.unit_of_work import CurrentCompany, moment
from bumen.worker import work_off
from bumen.worker.claiming import claim
from bumen.worker.tidying import tidy_runs
from tests.core.jobs.conftest import Begin


def test_what_ended_long_ago_is_forgotten_with_its_file(host: Host, begin: Begin) -> None:
    old, new = begin(chores.READ), begin(chores.READ)
    work_off(host)
    long_ago = moment() - KEPT - timedelta(minutes=1)
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(update(JobRun).where(JobRun.id == old).values(ended_at=long_ago))

    assert [tidy_runs(host), tidy_runs(host)] == [1, 0]

    with only_reading(), host.database.wide_session() as wide:
        left = wide.scalars(select(JobRun)).all()
        assert [run.id for run in left] == [new]
    assert list(host.departments.files.names()) == [left[0].stored_as]


def test_files_of_runs_are_not_astray(host: Host, begin: Begin) -> None:
    begin(chores.READ)
    work_off(host)

    assert astray_files(host.database, host.departments.files) == []


def test_switching_off_tells_first_what_is_still_open(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    due = Plan(name="chores", enabled=False, turn_off=("chores",))
    begin(chores.WRITE, count=1)
    work_off(host)
    begin(chores.WRITE, count=1)
    claim(host, begin(chores.WRITE, count=1), worker="somebody")

    [touched] = survey(host, company_id=company.id, plan=due).plugins

    assert (touched.open_runs, touched.to_json()["open_runs"]) == (2, 2)


def test_a_purge_takes_runs_schedules_and_files_of_the_department(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    begin(chores.READ)
    work_off(host)
    with host.unit_of_work(company=company.code, by="admin"):
        entry_of(chores.MONTHLY)
    switch(host, company=company.code, name="chores", enabled=False)

    purge(host, company=company.code, name="chores", export=tmp_path / "x", confirm="chores")

    with only_reading(), host.database.wide_session() as wide:
        for model in (JobRun, ScheduleEntry):
            assert wide.scalar(select(func.count()).select_from(model)) == 0
    assert list(host.departments.files.names()) == []
