"""Whoever started what took long or failed is told in the inbox, and nobody else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

import chores
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.database import only_reading
from bumen.delivering import write_letters
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs import cancel, start
from bumen.jobs.models import KEPT
from bumen.jobs.starting import begun
from bumen.mail.models import Mail
from bumen.model.accounts import User
from bumen.notices import Delivery, Notice
from bumen.testing.makers import make_administrator, make_user
from bumen.unit_of_work import CurrentCompany, moment
from bumen.worker import work_off
from bumen.worker.claiming import claim, take_over_from_the_dead
from bumen.worker.tidying import tidy_runs
from tests.core.jobs.conftest import Begin, run_called
from tests.core.jobs.test_pages import admin, clerk
from tests.core.letterboxes import posts_to, reaches

__all__ = ["admin", "clerk"]

INBOX = "/inbox/?tab=mentions"
_ = translator(__file__, "chores")


def told(host: Host) -> list[str]:
    """Return what was told, in English."""
    with only_reading(), host.database.wide_session() as wide:
        return [one.words["en"] for one in wide.scalars(select(Notice).order_by(Notice.id))]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as having taken long."""
    monkeypatch.setattr("bumen.worker.telling.LONG", timedelta(0))


def test_what_was_done_at_once_is_not_worth_a_notice(host: Host, begin: Begin) -> None:
    begin(chores.WRITE, count=1)
    work_off(host)

    assert told(host) == []


@pytest.mark.usefixtures("slow")
def test_who_started_what_took_long_is_told_in_the_inbox(
    host: Host, admin: FlaskClient, clerk: FlaskClient, begin: Begin
) -> None:
    ident = begin(chores.WRITE, by="clerk", count=2)
    begin(chores.READ, by="clerk")
    begin(chores.WRITE, by=None, count=1)
    work_off(host)

    assert told(host) == ["“Write notes” is done: 2 notes", "“Count notes” is done."]
    page = clerk.get(INBOX).text
    assert "“Write notes” is done: 2 notes" in page
    assert f'href="/jobs/{ident}"' in page
    assert "Write notes" not in admin.get(INBOX).text
    assert clerk.get("/inbox/count").json == {"count": 2}


def test_who_started_what_failed_is_told_why(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    begin(chores.REFUSE)
    with host.unit_of_work(company=company.code, by="admin"):
        start(chores.REFUSE, about=_("Notes of May"))
    work_off(host)

    assert told(host) == [
        "“Refuse” failed: There is nothing to do.",
        "“Notes of May” failed: There is nothing to do.",
    ]
    with only_reading(), host.database.wide_session() as wide:
        assert {one.delivery for one in wide.scalars(select(Notice))} == {Delivery.NONE}


def test_who_started_what_nobody_can_finish_is_told(host: Host, begin: Begin) -> None:
    ident = begin(chores.CALL, until="/never")
    claim(host, ident, worker="dead")
    take_over_from_the_dead(host)

    assert told(host) == ["“Call somebody” was interrupted."]


def failed(host: Host, *, schedule: str | None, by: str | None = None) -> int:
    """Let work that starts by itself fail, and return its run."""
    with host.unit_of_work(company="TW01", by=by):
        run = begun("chores.refuse", {}, plugin="chores", schedule=schedule, scheduled_for=moment())
    work_off(host)
    return run.id


def hearers(host: Host) -> list[tuple[str, Delivery]]:
    """Return who was told of background work, and how."""
    named = select(User.username, Notice.delivery).join(User, User.id == Notice.user_id)
    with only_reading(), host.database.wide_session() as wide:
        return [tuple(row) for row in wide.execute(named.order_by(Notice.id))]


def test_what_started_by_itself_and_failed_is_told_to_the_administrators_by_mail_too(
    host: Host, clerk: FlaskClient, admin: FlaskClient, other_company: CurrentCompany
) -> None:
    make_administrator(host, "ben", company=other_company.code)
    reaches(host, "admin", "ben", "clerk")
    posts_to(host, "smtp://127.0.0.1:1")
    ident = failed(host, schedule="chores.monthly")
    failed(host, schedule=None)

    assert hearers(host) == [("admin", Delivery.AT_ONCE)] * 2
    assert clerk.get("/inbox/count").json == {"count": 0}
    write_letters(host)
    with only_reading(), host.database.wide_session() as wide:
        assert [one.recipient for one in wide.scalars(select(Mail))] == ["admin@example.com"]
    page = admin.get(INBOX).text
    assert "There is nothing to do." in page
    assert f'href="/jobs/{ident}"' in page


def test_a_schedule_that_goes_on_failing_is_told_again_only_to_who_has_looked(
    host: Host, company: CurrentCompany
) -> None:
    failed(host, schedule="chores.monthly")
    failed(host, schedule="chores.monthly")
    assert len(hearers(host)) == 1

    failed(host, schedule="chores.other")
    with host.unit_of_work(company=company.code) as unit:
        unit.session.execute(update(Notice).values(seen_at=moment()))
    failed(host, schedule="chores.monthly")

    assert len(hearers(host)) == 3


def test_the_owner_of_a_schedule_hears_of_its_failure_and_when_gone_the_administrators(
    host: Host, company: CurrentCompany
) -> None:
    make_user(host, "clerk", company=company.code)
    make_user(host, "guest")

    failed(host, schedule="own_1", by="clerk")
    failed(host, schedule="own_2", by="guest")

    assert hearers(host) == [("clerk", Delivery.NONE), ("admin", Delivery.AT_ONCE)]


@pytest.mark.usefixtures("slow")
def test_what_is_cancelled_or_tried_again_is_not_told(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    begin(chores.BREAK)
    ident = begin(chores.WRITE, count=1)
    with host.unit_of_work(company=company.code, by="admin") as unit:
        cancel(unit.session.get_one(type(run_called(host, ident)), ident))
    work_off(host)

    assert told(host) == []


@pytest.mark.usefixtures("slow")
def test_notices_leave_with_the_department_and_with_the_run(
    host: Host, company: CurrentCompany, admin: FlaskClient, begin: Begin, tmp_path: Any
) -> None:
    begin(chores.WRITE, count=1)
    work_off(host)
    switch(host, company=company.code, name="chores", enabled=False)
    assert "Write notes" not in admin.get(INBOX).text
    assert admin.get("/inbox/count").json == {"count": 0}
    switch(host, company=company.code, name="chores", enabled=True)
    assert admin.get("/inbox/count").json == {"count": 1}

    with time_machine.travel(moment() + KEPT + timedelta(hours=1)):
        tidy_runs(host)
        assert told(host) == []
        begin(chores.WRITE, count=1)
        work_off(host)
        switch(host, company=company.code, name="chores", enabled=False)
        file = tmp_path / "chores.zip"
        purge(host, company=company.code, name="chores", export=file, confirm="chores")
    assert told(host) == []


@pytest.mark.usefixtures("slow")
def test_a_notice_is_seen_and_led_to(host: Host, admin: FlaskClient, begin: Begin) -> None:
    ident = begin(chores.WRITE, count=1)
    work_off(host)
    with only_reading(), host.database.wide_session() as wide:
        notice = wide.scalars(select(Notice.id)).one()

    assert admin.get(f"/inbox/at/TW01/{notice}").headers["Location"] == f"/jobs/{ident}"
    sent = {"X-Requested-With": "fetch"}
    answer = admin.post(f"/inbox/notices/about/core.work/{ident}", headers=sent)
    assert answer.json == {"count": 0}


@pytest.mark.usefixtures("slow")
def test_the_inbox_asks_the_database_as_often_for_three_runs_as_for_one(
    app: Flask, host: Host, admin: FlaskClient, begin: Begin, statements: Any
) -> None:
    begin(chores.WRITE, count=1)
    work_off(host)
    admin.get(INBOX)
    statements()
    admin.get(INBOX)
    once = len(statements())
    begin(chores.WRITE, count=1)
    begin(chores.READ)
    work_off(host)
    statements()
    admin.get(INBOX)

    assert len(statements()) == once
