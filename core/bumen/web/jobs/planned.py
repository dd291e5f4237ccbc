"""The schedules of a company as its administrators see them, and everybody the own ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.host_jobs import is_on, schedules_of
from bumen.i18n import Text
from bumen.jobs import JobRun, Schedule, ScheduleEntry, start
from bumen.jobs.declared import HOST
from bumen.jobs.finding import last_of_schedules
from bumen.jobs.models import said
from bumen.jobs.planning import entries, entry_of, set_times, switch_entry, unplan
from bumen.jobs.rhythm import Rhythm
from bumen.model.accounts import User
from bumen.reporting.mailing import send_planned
from bumen.unit_of_work import current, session
from bumen.web.analyses.mailed import Sent, sent_by
from bumen.web.house import registry
from bumen.web.jobs.viewing import SCHEDULES
from bumen.web.security import allowed


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A schedule with what the company has made of it, and its last run."""

    name: str
    title: Text | str
    plugin: str
    cron: str
    declared: Schedule | None
    entry: ScheduleEntry | None
    last: JobRun | None
    owner: str = ""
    planner: str = ""
    sent: Sent | None = None

    @property
    def is_mine(self) -> bool:
        """Whether it is done for whoever looks, or that person has planned it."""
        return self.entry is not None and current().user.id in _whose(self.entry)

    @property
    def may_be_sent_now(self) -> bool:
        """Whether it sends whoever looks a report, so that it can be tried."""
        mine = self.entry is not None and self.entry.owner_id == current().user.id
        return mine and self.sent is not None

    @property
    def may_stop(self) -> bool:
        """Whether it can be made an end of: somebody planned it, no department declares it."""
        return self.declared is None

    @property
    def enabled(self) -> bool:
        """Whether it starts at all."""
        return self.entry is None or self.entry.enabled

    @property
    def next_at(self) -> datetime | None:
        """When it starts next; None while that is not worked out, or it is switched off."""
        return None if self.entry is None else self.entry.next_at

    @property
    def rhythm(self) -> Rhythm:
        """Its times as people say them."""
        return Rhythm.of(self.cron)

    @property
    def is_changed(self) -> bool:
        """Whether the company has times of its own for it."""
        return self.declared is not None and self.cron != self.declared.cron


def planned(name: str | None = None, *, verb: str = "read") -> list[Planned]:
    """Return the schedules of what is on, by department; `NotFound` when a named one is not there.

    Whoever is not allowed this with schedules (`verb`) gets the own ones. The statements are as
    many however many schedules there are: what reports are narrowed to is read for all at once.
    """
    may_all = allowed(verb, SCHEDULES)
    kept = _entries(owner_id=None if may_all else current().user.id)
    every = schedules_of(registry()) if may_all else {}
    declared = {n: s for n, s in every.items() if is_on(n, current().on)}
    own = {n: e for n, e in kept.items() if e.job is not None and _is_on(e, e.job)}
    wanted = [n for n in (*declared, *own) if name in (None, n)]
    if name is not None and not wanted:
        raise NotFound
    last = {run.schedule: run for run in session().scalars(last_of_schedules(wanted))}
    people, sent = _people(own), sent_by(own[n] for n in wanted if n in own)
    return [
        replace(_planned(n, declared.get(n), kept.get(n), last.get(n), people), sent=sent.get(n))
        for n in wanted
    ]


def paused() -> list[tuple[str, str]]:
    """Return what rests because its department is off, of whom it would be shown to: and whose.

    Nothing else is told of it: neither its times nor what it is about.
    """
    may_all, unit = allowed("read", SCHEDULES), current()
    kept = _entries(owner_id=None if may_all else unit.user.id)
    resting = [e for e in kept.values() if e.enabled and not is_on(e.plugin, unit.on)]
    return [(said(e.title), e.plugin) for e in resting if e.job is not None]


def _is_on(entry: ScheduleEntry, job: str) -> bool:
    return all(is_on(one, current().on) for one in (job, entry.plugin))


def _whose(entry: ScheduleEntry) -> tuple[int | None, ...]:
    """Return for whom a schedule is, and who planned it; a declared one is nobody's."""
    return () if entry.job is None else (entry.owner_id, entry.created_by_id)


def _entries(*, owner_id: int | None) -> dict[str, ScheduleEntry]:
    query = entries()
    if owner_id is not None:
        theirs = or_(ScheduleEntry.owner_id == owner_id, ScheduleEntry.created_by_id == owner_id)
        query = query.where(theirs)
    return {entry.name: entry for entry in session().scalars(query)}


def change(plan: Planned, *, cron: str | None, enabled: bool | None) -> None:
    """Change when a schedule starts, or whether; refuses times that cannot be read."""
    entry = plan.entry or (entry_of(plan.declared) if plan.declared else None)
    if entry is None:
        raise NotFound
    if cron is not None:
        declared = plan.declared.cron if plan.declared else None
        set_times(entry, " ".join(cron.split()), declared=declared)
    if enabled is not None and enabled != entry.enabled:
        switch_entry(entry, enabled=enabled, cron=entry.cron or plan.cron)


def stop(plan: Planned) -> None:
    """Make an end of what somebody planned; `NotFound` for what a department declares."""
    if plan.entry is None or not plan.may_stop:
        raise NotFound
    unplan(plan.entry)


def start_now(plan: Planned) -> JobRun:
    """Start a declared schedule's job at once, as who asks for it, or send the own report.

    `NotFound` for what is others'.
    """
    if plan.entry is not None and plan.may_be_sent_now:
        return send_planned(plan.entry)
    if plan.declared is None:
        raise NotFound
    return start(plan.declared.job, about=plan.declared.title, **plan.declared.arguments)


def told_of_plan(plan: Planned) -> dict[str, Any]:
    """Return a schedule as programs are told of it."""
    last = plan.last
    return {
        "name": plan.name,
        "title": plan.title,
        "cron": plan.cron,
        "times": plan.rhythm.in_words(),
        "enabled": plan.enabled,
        "next_at": plan.next_at,
        "owner": plan.owner or None,
        "planned_by": plan.planner or None,
        "department": plan.plugin,
        "clauses": list(plan.declared.clauses) if plan.declared else [],
        "last": last and {"id": last.id, "state": last.state.value, "ended_at": last.ended_at},
    }


def _planned(
    name: str,
    declared: Schedule | None,
    entry: ScheduleEntry | None,
    last: JobRun | None,
    people: dict[int | None, str],
) -> Planned:
    own_cron = entry.cron if entry is not None else None
    for_whom, by_whom = _whose(entry) or (None, None) if entry is not None else (None, None)
    return Planned(
        name=name,
        title=declared.title if declared else said(entry.title if entry else None),
        plugin=_department(name, entry),
        cron=own_cron or (declared.cron if declared else ""),
        declared=declared,
        entry=entry,
        last=last,
        owner=people.get(for_whom, ""),
        planner=people.get(by_whom, "") if by_whom != for_whom else "",
    )


def _department(name: str, entry: ScheduleEntry | None) -> str:
    """Return whose schedule it is: of the department that it is about."""
    if entry is not None and entry.plugin != HOST:
        return entry.plugin
    return name.partition(".")[0]


def _people(own: dict[str, ScheduleEntry]) -> dict[int | None, str]:
    """Return what the people are called for whom, and by whom, something is planned."""
    wanted = {one for entry in own.values() for one in _whose(entry) if one is not None}
    if not wanted:
        return {}
    query = select(User).where(User.id.in_(sorted(wanted)))
    return {user.id: full_name_of(user) for user in session().scalars(query)}
