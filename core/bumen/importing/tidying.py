"""What is let go of imports: files after a week, and in the end that there was an import."""

from __future__ import annotations

from sqlalchemy import Delete

from bumen.database import AT_ONCE, changed, forget_some
from bumen.i18n import Text, translator
from bumen.importing.files import remove_files
from bumen.imports import Import, ImportedRecord, ImportProblem, Stage
from bumen.imports.finding import files_outdated, outdated
from bumen.imports.models import FILE_KEPT, KEPT
from bumen.jobs import Job, Run, Schedule
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

_UNFINISHED = (Stage.MAPPING, Stage.CHECKING, Stage.CHECKED)


def tidy_imports(run: Run) -> Text:
    """Let the files of a week ago go, and forget the imports of half a year ago, some at a time.

    What was never imported goes with its file. What work is about, or is to be, stays as it is.
    """
    removed = 0
    while some := session().scalars(files_outdated(run.at - FILE_KEPT).limit(AT_ONCE)).all():
        for kept in some:
            remove_files(kept)
            if kept.stage in _UNFINISHED:
                session().delete(kept)
        removed += len(some)
        run.progress(removed)
        run.keep()
    old = outdated(run.at - KEPT)
    for model in (ImportedRecord, ImportProblem):
        _forget(run, forget_some(model, model.import_id.in_(old)))
    _forget(run, forget_some(Import, Import.id.in_(old)))
    return _("%(num)s files of imports were removed.", num=removed)


def _forget(run: Run, some: Delete) -> None:
    while changed(session(), some):
        run.keep()


TIDY = Job(
    "core.import_tidy",
    title=_("Remove files of past imports"),
    run=tidy_imports,
    resumable=True,
)
TIDY_DAILY = Schedule(
    "core.import_tidy_daily", TIDY, cron="30 3 * * *", title=_("Remove files of past imports")
)
