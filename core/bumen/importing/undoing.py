"""Taking an import back: what it made goes, what it changed is put back, piece by piece.

First it is looked whether anything depends on what was imported, or people have added anything to
what was made: then nothing is undone at all.
Only then it begins. Each piece is a short transaction of its own, and what is put back is noted no
more: whoever goes on after a break does nothing twice. What is refused after all, because somebody
was faster, stays and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from bumen.i18n import Text, translator
from bumen.importing.files import remove_files
from bumen.importing.planning import held, resource_for
from bumen.importing.problems import forget, note_undoing
from bumen.importing.putting_back import Piece, Reasons
from bumen.imports import Import, ImportedRecord, Stage
from bumen.imports.finding import records_of
from bumen.jobs import Job, Run
from bumen.unit_of_work import current, session

_ = translator(__file__, "bumen")

AT_ONCE = 200
"""So many records are put back in one transaction."""
LOOKED_AT_ONCE = 1_000
"""So many records are looked at in one transaction."""
MOST_REASONS = 1_000


def undo_import(run: Run, *, import_id: int) -> Text:
    """Take an import back, unless anything depends on it; tell what could not be put back."""
    current().way = "undo"
    kept = held(run, import_id, Stage.UNDOING)
    undoing = _Undoing(run, kept)
    if undoing.may_begin():
        undoing.put_back()
    return undoing.ended()


UNDO = Job("core.import_undo", title=_("Undo an import"), run=undo_import, resumable=True)


class _Undoing:
    """Puts back what an import has done, the last first; `remembered` says how far it is."""

    def __init__(self, run: Run, kept: Import) -> None:
        self._run, self._kept, self._resource = run, kept, resource_for(kept)
        self._far: dict[str, int | None] = run.remembered or {"looked": None, "wrong": 0}
        if run.remembered is None:
            forget(kept, of_undoing=True)
        left = select(func.count(ImportedRecord.id)).where(ImportedRecord.import_id == kept.id)
        self._all = kept.undone + (session().scalar(left) or 0)

    def may_begin(self) -> bool:
        """Look whether anything keeps a record as it is; who has begun before looks no more."""
        if self._kept.undone or "before" in self._far:
            return True
        if self._run.remembered is None:
            self._run.say(_("Looking whether anything depends on what was imported."))
        for some in self._parts("looked", LOOKED_AT_ONCE):
            self._note(self._piece(some).objections(by=self._run.by))
            self._keep(looked=some[-1].id)
        return not self._wrong

    def put_back(self) -> None:
        """Put back piece by piece, and keep each; the counts say how far it is."""
        if "before" not in self._far:
            self._far = {"before": None, "wrong": 0}
            self._run.say(_("Putting back what was imported."))
        for some in self._parts("before", AT_ONCE):
            reasons = self._piece(some).put_back(by=self._run.by)
            self._note(reasons)
            self._kept.undone += len(some) - len(reasons)
            self._run.progress(self._kept.undone, self._all)
            self._keep(before=some[-1].id)

    def ended(self) -> Text:
        """Say what has come of it."""
        self._run.in_part = bool(self._wrong)
        self._run.done, self._run.of = self._kept.undone, self._all
        self._kept.stage = Stage.DONE if self._wrong else Stage.UNDONE
        if not self._wrong:
            remove_files(self._kept)
            return _("The import was undone: %(num)s records.", num=self._kept.undone)
        if not self._kept.undone:
            return _("Nothing was undone: %(num)s records cannot be put back.", num=self._wrong)
        return _(
            "%(num)s records were put back; %(left)s could not be, and stay as they are.",
            num=self._kept.undone,
            left=self._wrong,
        )

    @property
    def _wrong(self) -> int:
        return self._far["wrong"] or 0

    def _piece(self, some: Sequence[ImportedRecord]) -> Piece:
        return Piece(self._resource, some, import_id=self._kept.id)

    def _parts(self, place: str, at_once: int) -> Iterator[Sequence[ImportedRecord]]:
        while some := self._next(self._far[place], at_once):
            yield some

    def _next(self, before: int | None, at_once: int) -> Sequence[ImportedRecord]:
        return session().scalars(records_of(self._kept.id, before=before).limit(at_once)).all()

    def _note(self, reasons: Reasons) -> None:
        room = max(0, MOST_REASONS - self._wrong)
        note_undoing(self._kept, reasons[:room], so_far=self._wrong)
        self._far = {**self._far, "wrong": self._wrong + len(reasons)}

    def _keep(self, **far: int) -> None:
        self._far = {**self._far, **far}
        self._run.remember(self._far)
        self._run.keep()
