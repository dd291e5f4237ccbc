"""Programs plan reports by mail as people do: list, add, change, pause, send now, remove."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from bumen import CurrentCompany, User
from bumen.activation.service import switch
from bumen.documents.working_calendar import keep_day
from bumen.host import Host
from bumen.jobs import ScheduleEntry
from bumen.mail.models import Mail
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen.unit_of_work import session, today
from bumen.worker.clock import start_scheduled

MAILS = "/api/v1/sales/reports/sales/mails/"
VIEWS = "/api/v1/sales/reports/sales/views/"
QUERY = "rows=salesperson&measures=revenue&period=this_month&filter.state=confirmed"
ASKED = {"query": QUERY, "rhythm": "monthly"}


@pytest.fixture
def people(host: Host, company: CurrentCompany) -> dict[str, int]:
    """Sam, who sells; Mia, who sees all orders; and Eve, who sees none."""
    roles = {"sam": "sales.salesperson", "mia": "sales.manager", "eve": "base.viewer"}
    found = {
        name: make_user(host, name, company="TW01", roles=[role]).id for name, role in roles.items()
    }
    with host.unit_of_work(company="TW01", by="admin"):
        for name, ident in found.items():
            named = update(User).where(User.id == ident)
            session().execute(named.values(email=f"{name}@example.com"))
    return found


@pytest.fixture
def sam(people: dict[str, int], login: Any) -> FlaskClient:
    """The browser of Sam, who reads English."""
    browser: FlaskClient = login("sam")
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def entries(host: Host) -> list[ScheduleEntry]:
    """Return what is planned."""
    with host.database.wide_session() as wide:
        return list(wide.scalars(select(ScheduleEntry).where(ScheduleEntry.job.is_not(None))))


def test_a_report_is_planned_listed_changed_paused_and_removed(
    host: Host, sam: FlaskClient, people: dict[str, int]
) -> None:
    made = sam.post(MAILS, json=ASKED)
    [told] = made.json["result"]
    place = f"{MAILS}{told['id']}"

    assert made.status_code == 201
    assert (told["rhythm"], told["enabled"], told["to"]["id"]) == ("monthly", True, people["sam"])
    assert told["times"] == "On day 1 of every month at 08:00"
    assert sam.get(MAILS).json["result"] == [told]
    assert sam.get(place).json["result"] == told

    weekly = sam.put(place, json={"rhythm": "weekly"}).json["result"]
    paused = sam.put(place, json={"enabled": False}).json["result"]
    assert (weekly["rhythm"], weekly["cron"]) == ("weekly", "0 8 * * 1")
    assert (paused["rhythm"], paused["enabled"], paused["next_at"]) == ("weekly", False, None)
    assert sam.put(place, json={"enabled": True}).json["result"]["next_at"] == weekly["next_at"]

    assert sam.delete(place).status_code == 200
    assert sam.get(place).status_code == 404
    assert entries(host) == []


@pytest.mark.parametrize(
    "narrowed",
    [
        "period=this_month&filter.state=confirmed",
        "filter.state=confirmed&filter.state=draft",
        "filter.salesperson.empty=1&filter.reference.ct=tea",
        "filter.total.ge=100.5&filter.ordered_on.ge=2026-01-05&period=2026-01-01--2026-02-03",
        "q=tea&compare=year&columns=ordered_on.month",
    ],
)
def test_what_is_told_of_it_asks_for_the_same_again(sam: FlaskClient, narrowed: str) -> None:
    asked = f"rows=salesperson&measures=revenue&{narrowed}"
    made = sam.post(MAILS, json={"query": asked, "rhythm": "weekly"}).json
    assert "result" in made, made
    [told] = made["result"]

    again = sam.post(MAILS, json={"query": told["query"], "rhythm": "daily"}).json["result"]

    assert [(one["id"], one["rhythm"]) for one in again] == [(told["id"], "daily")]


def test_a_kept_view_is_sent_under_its_name(sam: FlaskClient) -> None:
    view = sam.post(VIEWS, json={"name": "Mine", "query": QUERY}).json["id"]

    [told] = sam.post(MAILS, json={"view": view, "rhythm": "daily"}).json["result"]

    assert told["title"] == "Sales analysis: Mine by mail"
    assert "filter.state=confirmed" in told["query"]
    assert sam.post(MAILS, json={"view": 999, "rhythm": "daily"}).status_code == 404


def test_colleagues_who_may_read_it_are_offered_and_get_it(
    host: Host, sam: FlaskClient, people: dict[str, int], login: Any
) -> None:
    offered = {one["id"] for one in sam.get(MAILS).json["people"]}
    assert offered >= {people["sam"], people["mia"]}
    assert people["eve"] not in offered
    assert sam.post(MAILS, json={**ASKED, "to": [people["eve"]]}).status_code == 400

    both = sam.post(MAILS, json={**ASKED, "to": [people["mia"], people["sam"]]}).json["result"]

    assert {(one["to"]["label"], one["planned_by"]) for one in both} == {
        ("mia", "sam"),
        ("sam", None),
    }
    theirs = next(one["id"] for one in both if one["to"]["id"] == people["mia"])
    assert [one["id"] for one in login("mia").get(MAILS).json["result"]] == [theirs]
    assert login("mia").delete(f"{MAILS}{theirs}").status_code == 200
    assert len(entries(host)) == 1


def test_it_is_sent_once_at_once(host: Host, sam: FlaskClient) -> None:
    begun = sam.post(f"{MAILS}now", json={"query": QUERY})
    assert begun.status_code == 202
    assert sam.post(f"{MAILS}now", json={"query": QUERY}).status_code == 422
    work_off(host)

    assert sam.get(begun.json["job"]).json["result"]["state"] == "done"
    with host.database.wide_session() as wide:
        assert wide.scalars(select(Mail.recipient)).all() == ["sam@example.com"]
    assert entries(host) == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"query": QUERY}, 400),
        ({**ASKED, "rhythm": "hourly"}, 400),
        ({**ASKED, "rhythm": 7}, 400),
        ({**ASKED, "query": "rows=nothing"}, 400),
        ({**ASKED, "to": "7"}, 400),
        ({**ASKED, "to": [[7]]}, 400),
        ({**ASKED, "cron": "* * * * *"}, 400),
        ({**ASKED, "view": True}, 400),
    ],
)
def test_what_cannot_be_planned_is_refused(
    host: Host, sam: FlaskClient, sent: dict[str, Any], status: int
) -> None:
    assert sam.post(MAILS, json=sent).status_code == status
    assert entries(host) == []


def test_others_neither_see_nor_change_it_and_administrators_do(
    host: Host, sam: FlaskClient, login: Any
) -> None:
    place = f"{MAILS}{sam.post(MAILS, json=ASKED).json['result'][0]['id']}"
    mia, admin, eve = login("mia"), login("admin"), login("eve")

    assert mia.get(MAILS).json["result"] == []
    assert [
        mia.get(place).status_code,
        mia.put(place, json={"enabled": False}).status_code,
        mia.delete(place).status_code,
        eve.get(MAILS).status_code,
        eve.post(MAILS, json=ASKED).status_code,
    ] == [404, 404, 404, 403, 403]
    assert admin.put(place, json={"enabled": False}).json["result"]["enabled"] is False
    assert sam.get(place.replace("/sales/mails", "/margin/mails")).status_code == 404
    switch(host, company="TW01", name="sales", enabled=False)
    assert sam.get(MAILS).status_code == 404


@pytest.mark.parametrize("url", [MAILS, "/api/v1/core/schedules/", "/schedules/"])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    host: Host, sam: FlaskClient, make: Any, url: str
) -> None:
    sent: list[str] = []
    with host.unit_of_work(company="TW01", by="sam"):
        buyers = [make.customer().id for _one in range(3)]
    counts = []
    event.listen(host.database.engine, "before_cursor_execute", lambda *one: sent.append(one[2]))
    for some in (buyers[:1], buyers[1:]):
        for buyer in some:
            query = f"rows=state&filter.customer={buyer}"
            assert sam.post(MAILS, json={"query": query, "rhythm": "daily"}).status_code == 201
        sam.get(url)
        sent.clear()
        assert sam.get(url).status_code == 200
        counts.append(len([one for one in sent if not one.startswith("BEGIN")]))

    assert counts[0] == counts[1] <= 12


def test_every_working_day_leaves_out_the_days_nobody_works(host: Host, sam: FlaskClient) -> None:
    sam.post(MAILS, json={**ASKED, "rhythm": "daily"})
    with host.unit_of_work(company="TW01", by="admin"):
        monday = today() + timedelta(days=14 - today().weekday())
        keep_day(monday, works=False, name="Holiday")
        keep_day(monday - timedelta(days=1), works=True, name="Made up")
    worked = []

    for ahead in range(-2, 2):
        eight = datetime.combine(monday + timedelta(days=ahead), time(8), ZoneInfo("Asia/Taipei"))
        with time_machine.travel(eight - timedelta(minutes=1), tick=False) as clock:
            start_scheduled(host)
            work_off(host)
            before = letters(host)
            clock.move_to(eight)
            start_scheduled(host)
            work_off(host)
            worked.append(letters(host) - before)

    assert worked == [0, 1, 0, 1]


def letters(host: Host) -> int:
    """Return how many reports were sent."""
    with host.database.wide_session() as wide:
        return len(wide.scalars(select(Mail.id)).all())
