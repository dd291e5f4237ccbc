"""Who may not do something any more has nothing done by what waits; it says so, and ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select, update

import chores
from bumen.company.models import Company, Membership, MembershipRole
from bumen.database import only_reading
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs import JobRun, RunState, Schedule, ScheduleEntry
from bumen.jobs.planning import entry_of, plan
from bumen.model.accounts import User
from bumen.testing.makers import make_administrator, make_user
from bumen.unit_of_work import CurrentCompany
from bumen.worker import work_off
from bumen.worker.clock import start_scheduled
from tests.core.jobs.conftest import Begin, run_called, titles
from tests.core.jobs.test_pages import API, english
from tests.core.jobs.test_telling import hearers

_ = translator(__file__, "chores")
BEFORE = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def block(wide: Any, user_id: int) -> None:
    """Let somebody sign in no more."""
    wide.execute(update(User).where(User.id == user_id).values(active=False))


def dismiss(wide: Any, user_id: int) -> None:
    """Take somebody's place in the company."""
    place = select(Membership.id).where(Membership.user_id == user_id)
    wide.execute(delete(MembershipRole).where(MembershipRole.membership_id.in_(place)))
    wide.execute(delete(Membership).where(Membership.user_id == user_id))


def degrade(wide: Any, user_id: int) -> None:
    """Take somebody's roles in the company."""
    place = select(Membership.id).where(Membership.user_id == user_id)
    wide.execute(delete(MembershipRole).where(MembershipRole.membership_id.in_(place)))


GONE = "Whoever started this does not work in this company any more."
LESS = "Whoever started this is not allowed to do it any more."
WAYS = [(block, GONE), (dismiss, GONE), (degrade, LESS)]


@pytest.mark.parametrize(("lose", "why"), WAYS, ids=["blocked", "left", "fewer rights"])
def test_what_waits_for_who_may_no_longer_do_it_is_not_done_and_says_why(
    app: Flask,
    host: Host,
    company: CurrentCompany,
    begin: Begin,
    lose: Callable[[Any, int], None],
    why: str,
) -> None:
    clerk = make_administrator(host, "clerk", company=company.code)
    ident = begin(chores.ALLOWED, by="clerk", count=1)
    with host.database.wide_session() as wide, wide.begin():
        lose(wide, clerk.id)
    work_off(host)

    admin = english(app, host, "admin")
    told = admin.get(f"{API}/{ident}").json["result"]
    assert (told["state"], told["error"]) == ("failed", why)
    assert why in admin.get(f"/jobs/{ident}").text
    assert titles(host, company) == []


def entries(host: Host) -> dict[str, ScheduleEntry]:
    """Return what companies have of schedules, by name."""
    with only_reading(), host.database.wide_session() as wide:
        return {one.name: one for one in wide.scalars(select(ScheduleEntry))}


def test_what_somebody_planned_who_left_fails_once_and_starts_no_more(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bumen.host_jobs.HOST_SCHEDULES", ())
    clerk = make_user(host, "clerk", company=company.code)
    with time_machine.travel(BEFORE, tick=False) as clock:
        with host.unit_of_work(company=company.code, by="clerk") as unit:
            own = plan(chores.WRITE, cron="0 9 * * *", title=_("Own"), by=unit.user, count=1)
        with host.database.wide_session() as wide, wide.begin():
            dismiss(wide, clerk.id)
        for _day in range(3):
            clock.shift(DAY)
            start_scheduled(host)
            work_off(host)

    kept = entries(host)[own.name]
    assert (kept.enabled, kept.next_at) == (False, None)
    with only_reading(), host.database.wide_session() as wide:
        runs = wide.scalars(select(JobRun).where(JobRun.schedule == own.name)).all()
    assert [run.error["en"] for run in runs] == [GONE]
    assert [name for name, _delivery in hearers(host)] == ["admin"]


def test_a_schedule_that_cannot_be_started_fails_alone(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Schedule(
        "core.odd", chores.WRITE, cron="0 8 25 * *", title=_("Odd"), arguments={"number": 1}
    )
    monkeypatch.setattr("bumen.host_jobs.HOST_SCHEDULES", (odd,))
    with time_machine.travel(BEFORE, tick=False) as clock:
        start_scheduled(host)
        clock.shift(DAY)
        assert start_scheduled(host) == 2
        work_off(host)
        clock.shift(timedelta(seconds=15))
        assert start_scheduled(host) == 0

    with only_reading(), host.database.wide_session() as wide:
        states = {one.schedule: one.state for one in wide.scalars(select(JobRun))}
    assert states == {"core.odd": RunState.FAILED, "chores.monthly": RunState.DONE}
    assert titles(host, company) == ["monthly 0"]


def test_a_company_that_moves_or_a_department_that_declares_other_times_is_followed(
    host: Host, company: CurrentCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(BEFORE, tick=False):
        start_scheduled(host)
        assert entries(host)["chores.monthly"].next_at == datetime(2026, 11, 25, 1, tzinfo=UTC)
        with host.database.wide_session() as wide, wide.begin():
            wide.execute(update(Company).values(timezone="Europe/Berlin"))
        start_scheduled(host)
        assert entries(host)["chores.monthly"].next_at == datetime(2026, 11, 25, 8, tzinfo=UTC)

        monkeypatch.setitem(vars(chores.MONTHLY), "cron", "0 9 26 * *")
        start_scheduled(host)
    assert entries(host)["chores.monthly"].next_at == datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_what_is_told_of_a_run_is_its_schedule(host: Host, company: CurrentCompany) -> None:
    with time_machine.travel(BEFORE, tick=False) as clock:
        start_scheduled(host)
        clock.shift(DAY)
        start_scheduled(host)

    with only_reading(), host.database.wide_session() as wide:
        [run] = wide.scalars(select(JobRun).where(JobRun.schedule == "chores.monthly"))
    assert run_called(host, run.id).about["en"] == "Notes of the month"
    with host.unit_of_work(company=company.code):
        assert entry_of(chores.MONTHLY).last_at == BEFORE + DAY
