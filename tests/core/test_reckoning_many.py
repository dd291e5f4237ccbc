"""Many deadlines are worked out beside the requests: each once, by the settings that hold then."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from bumen.approvals import deadlines
from bumen.company.people import Membership
from bumen.database import only_reading
from bumen.documents import reckoning
from bumen.documents.movements import Movement
from bumen.documents.working_calendar import keep_day, keep_week
from bumen.host import Host
from bumen.jobs import JobRun, RunState
from bumen.model.accounts import User
from bumen.registry import Candidate
from bumen.testing.people import signed_in
from bumen.worker import work_off
from bumen.worker.claiming import take_over_from_the_dead
from tests.core.test_reckoning import MONDAY, at, in_the_agency, settle
from tests.core.travelling import PLUGINS, Agency

TRIPS = 7


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def agency(host: Host, monkeypatch: pytest.MonkeyPatch) -> Agency:
    """An agency with seven trips that wait for a day at most; more than two are many."""
    monkeypatch.setattr(deadlines, "AT_HAND", 2)
    monkeypatch.setattr(reckoning, "AT_ONCE", 2)
    opened = Agency.opened(host)
    with time_machine.travel(MONDAY, tick=False):
        settle(opened, "submitted", 1)
        for _number in range(TRIPS):
            opened.trip("submit")
    return opened


def ends(host: Host) -> Counter[datetime | None]:
    """Return until when trips should leave their states, and how many."""
    with only_reading(), host.database.wide_session() as wide:
        return Counter(wide.scalars(select(Movement.due_at).where(Movement.left_at.is_(None))))


def runs(host: Host) -> list[JobRun]:
    """Return the runs that worked out deadlines, or are to."""
    with only_reading(), host.database.wide_session() as wide:
        return list(wide.scalars(select(JobRun).order_by(JobRun.id)))


def close(agency: Agency, day: int) -> None:
    """Close the agency on a day of November."""
    in_the_agency(agency, keep_day, date(2026, 11, day), works=False, name="Closed")


def test_many_are_worked_out_by_a_job_of_whoever_changed_the_calendar(
    host: Host, agency: Agency
) -> None:
    close(agency, 24)
    assert ends(host) == {at(24, 18): TRIPS}
    work_off(host)

    [run] = runs(host)
    assert ends(host) == {at(25, 18): TRIPS}
    assert (run.state, run.done, run.of) == (RunState.DONE, TRIPS, TRIPS)
    assert run.result["en"] == "Worked out: 7, of which changed: 7"
    with host.unit_of_work(company=agency.company.code, by="bob") as unit:
        assert run.created_by_id == unit.user.id


def test_what_is_not_begun_does_it_for_later_changes_too(host: Host, agency: Agency) -> None:
    for day in (24, 25, 26):
        close(agency, day)

    assert len(runs(host)) == 1
    work_off(host)
    assert ends(host) == {at(27, 18): TRIPS}
    close(agency, 27)
    assert len(runs(host)) == 2


def test_a_job_that_is_killed_goes_on_and_doing_it_again_changes_nothing(
    host: Host, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(agency, 24)
    reckon, pieces = reckoning._write, []

    def killed(model: type[Any], rows: list[Any]) -> int:
        pieces.append(len(rows))
        if len(pieces) == 3:
            raise KeyboardInterrupt
        return reckon(model, rows)

    monkeypatch.setattr(reckoning, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        work_off(host)
    half = ends(host)
    take_over_from_the_dead(host)
    work_off(host)

    assert half == {at(25, 18): 4, at(24, 18): 3}
    assert ends(host) == {at(25, 18): TRIPS}
    assert pieces == [2, 2, 2, 2, 1]
    assert (runs(host)[0].done, runs(host)[0].result["en"][-1]) == (TRIPS, "7")


def test_settings_that_change_between_two_pieces_hold_for_all(
    host: Host, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(agency, 24)
    reckon, seen = reckoning.look_anew, []

    def interrupted() -> None:
        seen.append(1)
        if len(seen) == 2:
            close(agency, 25)
        reckon()

    monkeypatch.setattr(deadlines, "look_anew", interrupted)
    work_off(host)

    assert [run.state for run in runs(host)] == [RunState.DONE] * 2
    assert ends(host) == {at(26, 18): TRIPS}


@pytest.mark.parametrize("gone", ["blocked", "left"])
def test_it_is_done_though_whoever_changed_the_calendar_has_gone(
    host: Host, agency: Agency, gone: str
) -> None:
    close(agency, 24)
    with host.database.wide_session() as wide, wide.begin():
        bob = wide.scalars(select(User).where(User.username == "bob")).one()
        if gone == "blocked":
            bob.active = False
        else:
            place = update(Membership).where(Membership.user_id == bob.id)
            wide.execute(place.values(user_id=wide.scalar(_stranger(wide))))
    work_off(host)

    assert runs(host)[0].state is RunState.DONE
    assert ends(host) == {at(25, 18): TRIPS}


def _stranger(wide: Any) -> Any:
    wide.add(User(username="eve", first_name="Eve", last_name="", email="eve@users.invalid"))
    wide.flush()
    return select(User.id).where(User.username == "eve")


def test_few_are_worked_out_at_once(
    host: Host, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "AT_HAND", TRIPS)

    close(agency, 24)

    assert runs(host) == []
    assert ends(host) == {at(25, 18): TRIPS}


def test_records_that_never_moved_begin_to_count_piece_by_piece(host: Host, agency: Agency) -> None:
    settle(agency, "draft", 0)
    with time_machine.travel(MONDAY, tick=False):
        for _number in range(5):
            agency.trip()

    settle(agency, "draft", 2)
    work_off(host)
    settle(agency, "draft", 3)
    work_off(host)

    assert ends(host) == {at(24, 18): TRIPS, at(26, 18): 5}


def test_other_companies_are_left_alone(host: Host, agency: Agency) -> None:
    there = Agency.opened(host, "CN01", people=("cai", "dai"))
    with time_machine.travel(MONDAY, tick=False):
        trip = there.trip("submit")
        before = there.movements(trip)[-1].due_at

    in_the_agency(agency, keep_week, weekdays=[7], hours="08:00-12:00")
    work_off(host)

    assert there.movements(trip)[-1].due_at == before


def test_whoever_changes_the_calendar_is_told_that_it_takes_a_while(
    host: Host, app: Flask, agency: Agency
) -> None:
    browser = signed_in(app, host, "bob", language="en")
    sent = {"day": "2026-11-24", "name": "Closed", "works": "no"}

    page = browser.post("/flows/working-time/days", data=sent, follow_redirects=True).text

    assert "Deadlines that run are being worked out again in the background." in page
    assert "Worked out" not in page
