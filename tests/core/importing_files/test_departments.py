"""An import is its department's: without it, it neither goes on, nor is seen, nor is left."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from bumen.activation.plan import Plan
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.activation.survey import survey
from bumen.database import only_reading
from bumen.importing import steps
from bumen.imports import Import, ImportedRecord, ImportFile, ImportProblem, Stage
from bumen.jobs import JobRun, RunState
from bumen.jobs.finding import lines_of
from bumen.notices import Notice
from bumen.testing.people import signed_in
from bumen.worker import work_off, work_on
from bumen.worker.claiming import claim
from tests.core.importing_files.conftest import Wizard, held

CODES = [f"G{number:04}" for number in range(1, 601)]
TEXT = "\n".join(["code,name", *(f"{code},Grower" for code in CODES), "G9999,"])
"""More rows than are kept at once, and one without a name."""


def to_switch(wizard: Wizard, *, enabled: bool) -> None:
    """Switch the depot on or off."""
    switch(wizard.host, company="TW01", name="depot", enabled=enabled)


def taken(wizard: Wizard, *, only_good: bool) -> tuple[int, int]:
    """Begin to import a file that was checked; return the import's id and the run's."""
    text = TEXT if only_good else TEXT.removesuffix("G9999,")
    ident = wizard.begin("depot.growers", text)
    wizard.do(steps.check, ident)
    with wizard.working():
        return ident, steps.take(held(ident), only_good=only_good).id


def run_of(wizard: Wizard, run_id: int) -> JobRun:
    """Return a run as it is kept."""
    with only_reading(), wizard.host.database.wide_session() as wide:
        return wide.get_one(JobRun, run_id)


def log_of(wizard: Wizard, run_id: int) -> list[str]:
    """Return what a run said."""
    with only_reading(), wizard.host.database.wide_session() as wide:
        return [line.words["en"] for line in wide.scalars(lines_of(run_id))]


@pytest.mark.parametrize("only_good", [True, False])
def test_an_import_stops_when_its_department_is_switched_off_and_goes_on_when_it_is_on(
    wizard: Wizard, backend: str, *, only_good: bool
) -> None:
    if backend == "sqlite" and not only_good:
        pytest.skip("Nobody switches anything while all rows go into SQLite at once.")
    ident, run_id = taken(wizard, only_good=only_good)

    def switches_off() -> bool:
        if run_of(wizard, run_id).remembered is not None or not only_good:
            to_switch(wizard, enabled=False)
        return False

    assert work_on(wizard.host, run_id, worker="here", stopping=switches_off)

    run, off = run_of(wizard, run_id), wizard.growers()
    assert (run.state, run.lease) == (RunState.WAITING, None)
    assert len(off) == (200 if only_good else 0)
    assert log_of(wizard, run_id) == [
        "Its department was switched off. It goes on once that is on again."
    ]
    assert work_off(wizard.host) == 0
    to_switch(wizard, enabled=True)
    assert work_off(wizard.host) == 1
    assert (wizard.kept(ident).stage, list(wizard.growers())) == (Stage.DONE, CODES)


def test_of_work_for_a_department_that_is_off_nobody_sees_anything(
    wizard: Wizard, app: Flask
) -> None:
    _ident, run_id = taken(wizard, only_good=True)
    browser = signed_in(app, wizard.host, "admin")
    pages = [f"/jobs/{run_id}", f"/api/v1/core/jobs/{run_id}"]
    lists = ["/jobs/?all=1", "/jobs/"]
    assert [browser.get(url).status_code for url in pages] == [200, 200]
    assert all("table.csv" in browser.get(url).text for url in lists)

    to_switch(wizard, enabled=False)

    assert [browser.get(url).status_code for url in pages] == [404, 404]
    assert browser.get(f"/jobs/{run_id}/file").status_code == 404
    for deed in ("cancel", "retry"):
        assert browser.post(f"/api/v1/core/jobs/{run_id}/{deed}").status_code == 404
    assert not any("table.csv" in browser.get(url).text for url in lists)
    assert browser.get("/jobs/count").json == {"count": 0}
    assert claim(wizard.host, run_id, worker="here") is None


def test_switching_off_tells_first_of_imports_that_go_on(wizard: Wizard) -> None:
    due = Plan(name="depot", enabled=False, turn_off=("depot",))
    taken(wizard, only_good=True)

    [touched] = survey(wizard.host, company_id=wizard.company.id, plan=due).plugins

    assert touched.open_runs == 1


def test_a_purge_leaves_nothing_of_imports_behind(wizard: Wizard, tmp_path: Path) -> None:
    beside = [("lines.csv", BytesIO(b"reference\nC1\n"))]
    wizard.begin("depot.growers", TEXT, beside=beside)
    wizard.through("depot.growers", TEXT, only_good=True)
    fails = wizard.begin("depot.growers", "code,name\nG1,Ada\n")
    with wizard.working():
        steps.check(held(fails))
    wizard.host.departments.files.remove(str(wizard.kept(fails).stored_as))
    work_off(wizard.host)
    to_switch(wizard, enabled=False)
    kept = (Import, ImportFile, ImportProblem, ImportedRecord, JobRun, Notice)
    assert all(rows(wizard, kept).values()), rows(wizard, kept)

    purge(wizard.host, company="TW01", name="depot", export=tmp_path / "x", confirm="depot")

    assert rows(wizard, kept) == dict.fromkeys((one.__name__ for one in kept), 0)
    assert list(wizard.host.departments.files.names()) == []


def rows(wizard: Wizard, models: tuple[Any, ...]) -> dict[str, int]:
    """Count the rows of tables, by the names of their models."""
    with only_reading(), wizard.host.database.wide_session() as wide:
        counts = {one.__name__: select(func.count()).select_from(one) for one in models}
        return {name: wide.scalar(query) or 0 for name, query in counts.items()}
