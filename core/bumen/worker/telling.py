"""Telling people that work has ended: what took long, and whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bumen.i18n import LANGUAGES, Text, speaking, translator
from bumen.jobs import Job, JobRun, RunState
from bumen.jobs.declared import ALL_WORK
from bumen.jobs.models import Words, said
from bumen.notices import Delivery, Notice, NoticeKind
from bumen.notices.models import LONGEST_LABEL, WORK
from bumen.security.acting import place_of
from bumen.security.holding import people_who_may

_ = translator(__file__, "bumen")

LONG = timedelta(seconds=10)
"""Whoever started what took longer has turned to something else by now."""
_BAD = (RunState.FAILED, RunState.INTERRUPTED)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The end of a run, as far as people are told of it; `ended` is what is written about it."""

    run: int
    job: Job
    plugin: str
    company_id: int
    user_id: int | None
    about: Words | None
    schedule: str | None
    since: datetime
    ended: dict[str, Any]

    @property
    def went_wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return self.ended["state"] in _BAD

    @property
    def took_long(self) -> bool:
        """Whether it was done, and whoever started it has turned to something else by then."""
        done = self.ended["state"] is RunState.DONE
        return done and bool(self.ended["ended_at"] - self.since > LONG)


def notices_of_end(session: Session, ending: Ending) -> Iterator[Notice]:
    """Yield what people are told of an end.

    Whoever started it hears that it went wrong, or that it was done after a while. What went
    wrong and has nobody who would hear of it, as it started by itself or its starter has left, is
    told to the company's administrators, by mail, too. Nobody hears of a schedule's failure again
    who has not looked at the last one. Nothing is told of what was cancelled or is tried again.
    """
    if not ending.went_wrong:
        if ending.took_long and ending.user_id is not None and ending.schedule is None:
            yield _notice(ending, ending.user_id, delivery=Delivery.NONE)
        return
    knows = set() if ending.schedule is None else set(session.scalars(_unseen(ending)))
    for user_id, delivery in _hearers(session, ending):
        if user_id not in knows:
            yield _notice(ending, user_id, delivery=delivery)


def _hearers(session: Session, ending: Ending) -> Iterator[tuple[int, Delivery]]:
    here = ending.company_id
    user_id = ending.user_id
    if user_id is not None and place_of(session, user_id=user_id, company_id=here) is not None:
        yield user_id, Delivery.NONE
        return
    for person in session.scalars(people_who_may("write", ALL_WORK, company_id=here)):
        yield person.id, Delivery.AT_ONCE


def _unseen(ending: Ending) -> Select[int]:
    """Select who was told of the same schedule and has not looked at it."""
    about = (Notice.resource == WORK, Notice.company_id == ending.company_id)
    unseen = (Notice.seen_at.is_(None), Notice.done_at.is_(None))
    same = (JobRun.schedule == ending.schedule, JobRun.company_id == ending.company_id)
    runs = select(JobRun.id).where(*same)
    return select(Notice.user_id).where(*about, *unseen, Notice.record_id.in_(runs))


def _notice(ending: Ending, user_id: int, *, delivery: Delivery) -> Notice:
    return Notice(
        company_id=ending.company_id,
        resource=WORK,
        record_id=ending.run,
        label=(said(ending.about) or str(ending.job.title))[:LONGEST_LABEL],
        user_id=user_id,
        kind=NoticeKind.NEWS,
        words=_words(ending),
        delivery=delivery,
        source=ending.plugin,
        created_at=ending.ended["ended_at"],
        changed_at=ending.ended["ended_at"],
    )


def _words(ending: Ending) -> Words:
    words: Words = {}
    for wanted in LANGUAGES:
        with speaking(wanted):
            work = said(ending.about) or str(ending.job.title)
            words[wanted] = str(_sentence(ending.ended, work=work))
    return words


def _sentence(ended: dict[str, Any], *, work: str) -> Text:
    if ended["state"] is RunState.INTERRUPTED:
        return _("“%(work)s” was interrupted.", work=work)
    if ended["state"] is RunState.FAILED:
        return _("“%(work)s” failed: %(reason)s", work=work, reason=said(ended["error"]))
    if result := said(ended["result"]):
        return _("“%(work)s” is done: %(result)s", work=work, result=result)
    return _("“%(work)s” is done.", work=work)
