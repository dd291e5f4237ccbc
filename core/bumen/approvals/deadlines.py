"""All deadlines of a company worked out again: at once, or beside the requests where many run."""

from __future__ import annotations

from sqlalchemy import select

from bumen.approvals.reckoning import how_many_asked, reckon_seats
from bumen.documents.reckoning import Part, how_many, look_anew, parts
from bumen.i18n import Text, translator
from bumen.jobs import Job, JobRun, Run, RunState, start
from bumen.jobs.models import OPEN
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

AT_HAND = 500
"""So many are worked out while whoever changed the settings waits: that takes no second."""
_ASKED = "~asked"
"""The part that comes last: people who are asked."""


def work_out(resource: str | None) -> None:
    """Work out the deadlines of a resource, or of all, by the settings of the moment.

    Whoever changed them keeps others waiting, so a run that has not begun yet does it for this
    change, too.
    """
    if _how_many(resource, limit=AT_HAND + 1) > AT_HAND:
        if not _is_to_begin(resource):
            start(WORK_OUT, resource=resource)
        return
    for part in _parts(resource).values():
        after = 0
        while piece := part(after):
            after = piece.last


def is_worked_out() -> bool:
    """Whether deadlines of the company are still to be worked out beside the requests."""
    going_on = select(JobRun.id).where(JobRun.job == WORK_OUT.name, JobRun.state.in_(OPEN))
    return session().scalar(going_on.limit(1)) is not None


def _reckon(run: Run, *, resource: str | None = None) -> Text:
    """Work out deadlines piece by piece, each by the settings of its moment."""
    look_anew()
    kept = run.remembered or {"part": "", "after": 0, "changed": 0}
    begun, after, changed = kept["part"], kept["after"], kept["changed"]
    run.progress(run.done, max(_how_many(resource), run.done))
    for name, part in sorted(_parts(resource).items()):
        if name < begun:
            continue
        after = after if name == begun else 0
        while piece := part(after):
            after, changed = piece.last, changed + piece.changed
            run.progress(run.done + piece.seen)
            run.remember({"part": name, "after": after, "changed": changed})
            run.keep()
            look_anew()
    return _("Worked out: %(num)s, of which changed: %(changed)s", num=run.done, changed=changed)


WORK_OUT = Job(
    "core.deadlines",
    title=_("Work out deadlines again"),
    run=_reckon,
    resumable=True,
    regardless=True,
)


def _parts(resource: str | None) -> dict[str, Part]:
    asked: dict[str, Part] = {} if resource is not None else {_ASKED: reckon_seats}
    return parts(resource) | asked


def _how_many(resource: str | None, *, limit: int | None = None) -> int:
    asked = 0 if resource is not None else how_many_asked(limit=limit)
    return how_many(resource, limit=limit) + asked


def _is_to_begin(resource: str | None) -> bool:
    """Whether a run that is to do the same has done nothing of it so far."""
    waits = (JobRun.job == WORK_OUT.name, JobRun.state == RunState.WAITING)
    fresh = (JobRun.remembered.is_(None), JobRun.stop_at.is_(None))
    runs = session().scalars(select(JobRun).where(*waits, *fresh))
    return any(run.arguments == {"resource": resource} for run in runs)
