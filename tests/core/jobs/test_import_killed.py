"""An import whose worker is killed goes on where it had got: no row is lost, none comes twice."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

import pytest
from sqlalchemy import func, select

from bumen.database import only_reading
from bumen.host import Host
from bumen.importing import steps
from bumen.imports import Import, ImportedRecord, Stage
from bumen.imports.finding import import_called
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker import work_off
from tests.core.jobs.conftest import run_called, titles
from tests.core.jobs.test_killed import killed_after, others_end

ROWS = 3_000
BAD = {200, 1_999}
"""Rows without a title, at edges of chunks."""


def _file(bad: Collection[int]) -> BytesIO:
    rows = ("" if number in bad else f"row {number:05}" for number in range(1, ROWS + 1))
    return BytesIO("\n".join(["title,body", *(f"{title},x" for title in rows)]).encode())


def _begun(host: Host, *, only_good: bool) -> tuple[int, int]:
    """Upload and check a file, and start to import it; return the import's id and the run's.

    Where only the good rows are taken, some are bad.
    """
    bad = BAD if only_good else set()
    with host.unit_of_work(company="TW01", by="admin"):
        kept = steps.begin_import("notes.notes", name="notes.csv", content=_file(bad))
        steps.check(kept)
    work_off(host)
    with host.unit_of_work(company="TW01", by="admin"):
        kept = session().scalars(import_called(kept.id)).one()
        assert (kept.created, kept.refused, kept.rows) == (ROWS - len(bad), len(bad), ROWS)
        return kept.id, steps.take(kept, only_good=only_good).id


def _kept(host: Host, ident: int) -> Import:
    with only_reading(), host.database.wide_session() as wide:
        return wide.get_one(Import, ident)


@pytest.mark.parametrize("far", [200, 1_600])
def test_the_good_rows_go_on_after_the_last_chunk(
    host: Host, company: CurrentCompany, far: int
) -> None:
    ident, run_id = _begun(host, only_good=True)
    killed_after(host, "keep", far)
    before = len(titles(host, company))

    others_end(host, run_id)

    kept = _kept(host, ident)
    wanted = [f"row {number:05}" for number in range(1, ROWS + 1) if number not in BAD]
    assert 0 < before < ROWS
    assert titles(host, company) == wanted
    assert (kept.stage, kept.created, kept.refused) == (Stage.DONE, len(wanted), len(BAD))
    assert _noted(host) == (len(wanted), len(wanted))


@pytest.mark.parametrize("far", [1, 600])
def test_all_rows_are_taken_anew_and_counted_once(
    host: Host, company: CurrentCompany, far: int
) -> None:
    ident, run_id = _begun(host, only_good=False)
    killed_after(host, "progress", far)
    before, attempts = titles(host, company), run_called(host, run_id).attempts

    others_end(host, run_id)

    kept = _kept(host, ident)
    assert (before, attempts) == ([], 1)
    assert titles(host, company) == [f"row {number:05}" for number in range(1, ROWS + 1)]
    assert (kept.stage, kept.created, kept.refused) == (Stage.DONE, ROWS, 0)
    assert kept.problems == 0
    assert _noted(host) == (ROWS, ROWS)
    assert run_called(host, run_id).taken_over == 1


def _noted(host: Host) -> tuple[int, int]:
    """Return how many records are noted as imported, and in how many notes."""
    noted = select(func.count(ImportedRecord.record_id.distinct()), func.count())
    with host.unit_of_work(company="TW01"):
        records, notes = session().execute(noted).one()
    return records, notes
