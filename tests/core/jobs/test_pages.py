"""People see their own background work, administrators all of the company's, and nobody others'."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import chores
from bumen.activation.service import switch
from bumen.host import Host
from bumen.jobs import RunState
from bumen.jobs.run import Told
from bumen.testing.makers import make_administrator, make_user
from bumen.testing.people import signed_in
from bumen.unit_of_work import CurrentCompany, moment
from bumen.worker import work_off
from bumen.worker.claiming import claim
from tests.core.jobs.conftest import Begin, run_called

API = "/api/v1/core/jobs"
PLANS = "/api/v1/core/schedules"


@pytest.fixture
def admin(app: Flask, host: Host, company: CurrentCompany) -> FlaskClient:
    """The browser of an administrator who reads English."""
    return english(app, host, "admin")


@pytest.fixture
def clerk(app: Flask, host: Host, company: CurrentCompany) -> FlaskClient:
    """The browser of somebody without any role who reads English."""
    make_user(host, "clerk", company=company.code)
    return english(app, host, "clerk")


def english(app: Flask, host: Host, name: str) -> FlaskClient:
    """Return the browser of somebody who reads English."""
    return signed_in(app, host, name, language="en")


def test_an_administrator_sees_everybodys_work_and_others_their_own(
    admin: FlaskClient, clerk: FlaskClient, begin: Begin
) -> None:
    mine, other = begin(chores.WRITE, by="clerk", count=1), begin(chores.READ)

    assert "Write notes" in clerk.get("/jobs/").text
    assert "Count notes" not in clerk.get("/jobs/").text
    assert clerk.get("/jobs/?all=1").status_code == 403
    assert clerk.get(f"/jobs/{other}").status_code == 404
    assert clerk.post(f"/jobs/{other}/cancel").status_code == 404
    assert {"Write notes", "Count notes"} <= set(texts(admin.get(f"{API}/?all=1")))
    assert admin.get(f"/jobs/{mine}").status_code == 200


def texts(answer: Any) -> list[str]:
    """Return the titles of an answer of the API."""
    return [one["title"] for one in answer.json["result"]]


def test_who_is_unknown_or_works_elsewhere_sees_nothing(
    app: Flask, host: Host, other_company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)
    make_administrator(host, "ben", company=other_company.code)
    ben = signed_in(app, host, "ben")

    assert app.test_client().get(f"{API}/{ident}").status_code == 401
    for url in (f"/jobs/{ident}", f"/jobs/{ident}/file", f"{API}/{ident}", f"{API}/{ident}/file"):
        assert ben.get(url).status_code == 404
    for url in (f"{API}/{ident}/cancel", f"{API}/{ident}/retry"):
        assert ben.post(url).status_code == 404
    assert ben.get(f"{API}/?all=1").json["result"] == []


def test_progress_is_shown_while_it_runs(host: Host, admin: FlaskClient, begin: Begin) -> None:
    ident = begin(chores.WRITE, count=4)
    claim(host, ident, worker="somebody")
    host.queue.tell(ident, Told(done=3, of=4, words={"en": "Nearly there."}))

    page, told = admin.get(f"/jobs/{ident}").text, admin.get(f"{API}/{ident}").json["result"]

    assert 'value="75"' in page
    assert "Nearly there." in page
    assert (told["done"], told["of"], told["now"]) == (3, 4, "Nearly there.")
    assert 'hx-trigger="every 1s"' in page
    assert admin.get("/jobs/count").json == {"count": 1}


def test_what_has_ended_is_shown_with_its_log_and_asked_for_no_more(
    host: Host, admin: FlaskClient, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=2)
    work_off(host)

    page = admin.get(f"/jobs/{ident}").text

    assert "2 notes" in page
    assert "All of them are written." in page
    assert "hx-trigger" not in page.partition('id="run"')[2]
    assert [line["text"] for line in admin.get(f"{API}/{ident}").json["result"]["log"]] == [
        "All of them are written."
    ]


def test_a_file_is_taken_by_whoever_sees_the_run(
    host: Host, admin: FlaskClient, clerk: FlaskClient, begin: Begin
) -> None:
    ident = begin(chores.READ)
    assert admin.get(f"/jobs/{ident}/file").status_code == 404
    work_off(host)

    answer = admin.get(f"/jobs/{ident}/file")

    assert answer.data == b"0"
    assert "filename*=UTF-8''%E7%AD%86%E8%A8%98.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert clerk.get(f"/jobs/{ident}/file").status_code == 404


def test_work_is_cancelled_and_retried_on_its_page_and_by_programs(
    host: Host, admin: FlaskClient, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)

    page = admin.post(f"/jobs/{ident}/cancel", follow_redirects=True).text
    assert "It is cancelled." in page
    assert admin.post(f"{API}/{ident}/cancel").status_code == 422
    assert admin.post(f"{API}/{ident}/retry").json["result"]["state"] == "waiting"
    work_off(host)
    assert admin.post(f"{API}/{ident}/retry").status_code == 422
    assert run_called(host, ident).state is RunState.DONE


def test_results_of_a_department_that_is_off_are_gone_until_it_is_on(
    host: Host, company: CurrentCompany, admin: FlaskClient, begin: Begin
) -> None:
    ident = begin(chores.READ)
    work_off(host)
    switch(host, company=company.code, name="chores", enabled=False)

    for url in (
        f"/jobs/{ident}",
        f"/jobs/{ident}/file",
        f"{API}/{ident}",
        "/schedules/chores.monthly",
    ):
        assert admin.get(url).status_code == 404
    assert admin.get(f"{API}/?all=1").json["result"] == []
    plans = admin.get(f"{PLANS}/").json["result"]
    assert not [one for one in plans if one["name"].startswith("chores.")]


@pytest.mark.parametrize("url", ["/jobs/", f"{API}/", "/jobs/?all=1", f"{API}/?all=1"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(
    host: Host, admin: FlaskClient, begin: Begin, statements: Any, url: str
) -> None:
    begin(chores.WRITE, count=1)
    admin.get(url)
    statements()
    admin.get(url)
    once = len(statements())
    begin(chores.WRITE, count=1)
    begin(chores.READ)
    statements()
    admin.get(url)

    assert len(statements()) == once <= 6


def test_long_lists_are_turned_page_by_page(host: Host, admin: FlaskClient, begin: Begin) -> None:
    idents = [begin(chores.WRITE, count=1) for _time in range(53)]

    first = admin.get(f"{API}/").json
    second = admin.get(f"{API}/?before={first['next']}").json

    assert [one["id"] for one in first["result"] + second["result"]] == idents[::-1]
    assert second["next"] is None
    assert f"before={first['next']}" in admin.get("/jobs/").text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=9e9", f"before={10**30}"])
def test_nonsense_in_the_address_is_no_fault(admin: FlaskClient, query: str) -> None:
    assert admin.get(f"/jobs/?{query}").status_code in (200, 404)
    assert admin.get(f"{API}/?{query}").status_code in (200, 404)
    assert admin.get(f"/jobs/{10**18}").status_code == 404


def test_administrators_see_change_and_start_schedules_and_others_do_not(
    host: Host, admin: FlaskClient, clerk: FlaskClient
) -> None:
    page = admin.get("/schedules/").text
    assert "On day 25 of every month at 09:00" in page

    sent = {"every": "week", "weekday": "1", "at": "08:30", "day": "1", "enabled": "y"}
    answer = admin.post("/schedules/chores.monthly", data=sent, follow_redirects=True)
    assert "Monday, every week at 08:30" in answer.text
    told = admin.get(f"{PLANS}/chores.monthly").json["result"]
    assert (told["cron"], told["enabled"]) == ("30 8 * * 1", True)

    admin.post("/schedules/chores.monthly/start")
    assert work_off(host) == 1
    for url in ("/schedules/chores.monthly", f"{PLANS}/chores.monthly"):
        assert clerk.get(url).status_code == 404
    for deed in ("start", "stop"):
        assert clerk.post(f"/schedules/chores.monthly/{deed}").status_code == 404
    assert clerk.put(f"{PLANS}/chores.monthly", json={"enabled": False}).status_code == 404
    assert admin.delete(f"{PLANS}/chores.monthly").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"enabled": False}, 200),
        ({"cron": "0 7 * * *"}, 200),
        ({"cron": "never"}, 422),
        ({"cron": 7}, 422),
        ({"enabled": "yes"}, 422),
        ({"owner": "me"}, 422),
    ],
)
def test_programs_change_schedules_by_the_same_rules(
    admin: FlaskClient, sent: dict[str, Any], status: int
) -> None:
    answer = admin.put(f"{PLANS}/chores.monthly", json=sent)

    assert answer.status_code == status
    if status == 200:
        assert answer.json["result"] | sent == answer.json["result"]
    assert admin.put(f"{PLANS}/nobody.knows", json=sent).status_code in (404, 422)


@pytest.mark.parametrize(
    "sent",
    [{}, {"every": "x", "at": "08:00"}, {"every": "day", "at": "25:00"}, {"every": "other"}],
)
def test_times_that_nobody_could_choose_are_refused(
    admin: FlaskClient, sent: dict[str, str]
) -> None:
    assert admin.post("/schedules/chores.monthly", data=sent).status_code == 422


def test_health_tells_whether_anybody_works(
    host: Host, app: Flask, company: CurrentCompany
) -> None:
    watcher = app.test_client()
    assert watcher.get("/ready").json == {"status": "ok", "worker": "none"}

    host.queue.beat("somebody", at=moment())

    assert watcher.get("/ready").json == {"status": "ok", "worker": "ok"}
