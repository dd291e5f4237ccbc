"""What people plan for themselves they see, change and stop; and what the system does, all told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import chores
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs.planning import plan
from bumen.mail.models import Mail
from bumen.testing.makers import make_user
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker.rounds import ROUNDS, do_rounds
from tests.core.jobs.test_pages import PLANS, admin, clerk, english

__all__ = ["admin", "clerk"]

_ = translator(__file__, "chores")


@pytest.fixture
def planned(host: Host, company: CurrentCompany, clerk: FlaskClient) -> str:
    """What the clerk has planned: its name."""
    return plan_of(host, company, "clerk")


def plan_of(host: Host, company: CurrentCompany, who: str) -> str:
    with host.unit_of_work(company=company.code, by=who) as unit:
        given: dict[str, Any] = {"count": 1}
        return plan(chores.WRITE, cron="0 8 * * 1", title=_("Mine"), by=unit.user, **given).name


def test_people_see_what_they_planned_and_administrators_everything(
    admin: FlaskClient, clerk: FlaskClient, planned: str
) -> None:
    own, every = clerk.get(f"{PLANS}/").json, admin.get(f"{PLANS}/").json

    assert [one["name"] for one in own["result"]] == [planned]
    assert {one["name"] for one in every["result"]} >= {planned, "chores.monthly"}
    assert own["system"] == []
    page = clerk.get("/schedules/").text
    assert "Mine" in page
    assert "Notes of the month" not in page
    assert ROUNDS[0].name in [one["name"] for one in every["system"]]


def test_what_somebody_planned_is_changed_and_stopped_by_that_person(
    clerk: FlaskClient, planned: str
) -> None:
    sent = {"every": "day", "at": "07:30", "day": "1", "weekday": "1", "enabled": "y"}
    page = clerk.post(f"/schedules/{planned}", data=sent, follow_redirects=True).text
    assert "Every day at 07:30" in page

    page = clerk.post(f"/schedules/{planned}/stop", follow_redirects=True).text

    assert "does not start any more." in page
    assert clerk.get(f"{PLANS}/").json["result"] == []
    assert "You have planned nothing so far." in clerk.get("/schedules/").text


def test_programs_stop_it_too_and_administrators_that_of_others(
    admin: FlaskClient, clerk: FlaskClient, host: Host, company: CurrentCompany, planned: str
) -> None:
    assert admin.delete(f"{PLANS}/{planned}").status_code == 200
    again = plan_of(host, company, "clerk")

    assert clerk.delete(f"{PLANS}/{again}").status_code == 200
    assert clerk.delete(f"{PLANS}/{again}").status_code == 404


def test_others_know_nothing_of_it(
    app: Flask, host: Host, company: CurrentCompany, planned: str
) -> None:
    make_user(host, "other", company=company.code)
    other = english(app, host, "other")

    assert "Mine" not in other.get("/schedules/").text
    for url in (f"/schedules/{planned}", f"{PLANS}/{planned}"):
        assert other.get(url).status_code == 404
    assert other.post(f"/schedules/{planned}/stop").status_code == 404
    assert other.delete(f"{PLANS}/{planned}").status_code == 404
    assert other.put(f"{PLANS}/{planned}", json={"enabled": False}).status_code == 404


def test_administrators_see_what_the_system_does_and_what_mail_waits(
    host: Host, company: CurrentCompany, admin: FlaskClient
) -> None:
    do_rounds(host)
    with host.unit_of_work(company=company.code):
        session().add_all([_mail(company, 1), _mail(company, 2, handed=True)])

    page = admin.get("/schedules/").text
    told = {one["name"]: one for one in admin.get(f"{PLANS}/").json["system"]}

    assert "What the system does by itself" in page
    assert "To be sent: 1" in page
    assert told["core.mail"]["waits"][-1] == "May have arrived, to be sent again: 1"
    assert {one.name for one in ROUNDS} == set(told)
    assert all(one["last_at"] for one in told.values())


def _mail(company: CurrentCompany, number: int, *, handed: bool = False) -> Mail:
    now = datetime.now(UTC)
    return Mail(
        company_id=company.id,
        recipient=f"reader{number}@example.com",
        name="",
        subject="Hello",
        plain="Hello",
        html="<p>Hello</p>",
        message_id=f"letter{number}",
        written_at=now,
        due_at=now,
        handed_at=now if handed else None,
    )


@pytest.mark.parametrize("url", ["/schedules/", f"{PLANS}/"])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    host: Host,
    company: CurrentCompany,
    admin: FlaskClient,
    planned: str,
    statements: Any,
    url: str,
) -> None:
    admin.get(url)
    statements()
    admin.get(url)
    once = len(statements())
    plan_of(host, company, "clerk")
    plan_of(host, company, "admin")
    statements()
    admin.get(url)

    assert len(statements()) == once <= 9
