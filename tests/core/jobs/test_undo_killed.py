"""An undo whose worker is killed goes on where it had got: all is put back, each record once."""

from __future__ import annotations

from sqlalchemy import func, select

from bumen.documents.history import HistoryEntry, HistoryKind
from bumen.host import Host
from bumen.importing import steps
from bumen.imports import ImportedRecord, Stage
from bumen.imports.finding import import_called
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker import work_off
from tests.core.jobs.conftest import titles
from tests.core.jobs.test_import_killed import BAD, ROWS, _begun, _kept
from tests.core.jobs.test_killed import killed_after, others_end


def test_an_undo_goes_on_after_the_last_piece(host: Host, company: CurrentCompany) -> None:
    ident, _run = _begun(host, only_good=True)
    work_off(host)
    count = ROWS - len(BAD)
    with host.unit_of_work(company="TW01", by="admin"):
        run_id = steps.undo(session().scalars(import_called(ident)).one()).id
    killed_after(host, "keep", 400)
    between = len(titles(host, company))

    others_end(host, run_id)

    kept = _kept(host, ident)
    assert 0 < between < count
    assert (kept.stage, kept.undone, titles(host, company)) == (Stage.UNDONE, count, [])
    with host.unit_of_work(company="TW01"):
        gone = select(func.count(HistoryEntry.record_id.distinct()), func.count())
        told = gone.where(HistoryEntry.kind == HistoryKind.DELETED, HistoryEntry.way == "undo")
        assert tuple(session().execute(told).one()) == (count, count)
        assert session().scalar(select(func.count(ImportedRecord.id))) == 0
