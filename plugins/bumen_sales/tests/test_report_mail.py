"""Reports come by mail as often as somebody wishes, with what that person may see by then."""

from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from python_calamine import load_workbook
from sqlalchemy import select, update

from bumen import CurrentCompany, User, run_action, start
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.company.models import Membership
from bumen.host import Host
from bumen.jobs import JobRun, ScheduleEntry
from bumen.mail.models import Mail, MailFile
from bumen.reporting.mailing import MOST_PLANNED, REPORT_BY_MAIL
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen.unit_of_work import moment, session, today
from bumen.worker.clock import start_scheduled
from bumen_sales.resources import Orders

DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}
ADDRESS = "sam@example.com"
MAIL = "/sales/reports/sales/mail"
SWITCH = "/api/v1/core/companies/TW01/plugins/sales/plan"
PLANS = "/api/v1/core/schedules/"
API = "/api/v1/sales/reports/sales/mails/"
QUERY = "rows=salesperson&measures=revenue,orders&period=this_month&filter.state=confirmed"


@pytest.fixture
def sam(host: Host, company: CurrentCompany, login: Any, make: Any) -> FlaskClient:
    """The browser of a salesperson who has one of two confirmed orders."""
    person = make_user(host, "sam", company="TW01", roles=["sales.salesperson"])
    with host.unit_of_work(company="TW01", by="admin") as unit:
        session().execute(update(User).where(User.id == person.id).values(email=ADDRESS))
        for one in (make.employee(name="Sam", user_id=person.id), make.employee(name="Bo")):
            made = make.order(**DELIVERY, salesperson_id=one.id, ordered_on=today())
            run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)
    return login("sam", language="en")


def plan(browser: FlaskClient, rhythm: str = "monthly") -> int:
    """Ask for a report by mail on its page."""
    sent = {"query": QUERY, "rhythm": rhythm}
    return browser.post(MAIL, data=sent).status_code


def run_what_is_planned(host: Host) -> list[JobRun]:
    """Do now what is planned for later."""
    with host.unit_of_work(company="TW01", by="sam") as unit:
        entry = session().scalars(select(ScheduleEntry)).one()
        start(REPORT_BY_MAIL, **entry.arguments)
        assert entry.owner_id == unit.user.id
        assert entry.next_at > moment()
    work_off(host)
    with host.unit_of_work(company="TW01", by="sam"):
        return list(session().scalars(select(JobRun)))


def test_a_report_is_sent_with_what_the_person_sees(host: Host, sam: FlaskClient) -> None:
    assert plan(sam) == 303
    (run,) = run_what_is_planned(host)

    assert run.state == "done", run.error
    with host.database.wide_session() as wide:
        mail, file = wide.scalars(select(Mail)).one(), wide.scalars(select(MailFile)).one()
        assert (mail.recipient, file.mail_id) == (ADDRESS, mail.id)
        rows = load_workbook(BytesIO(file.content)).get_sheet_by_index(0).to_python()
        assert [row[1:] for row in rows[1:]] == [[100, 1], [100, 1]]
        assert "Sam" in rows[1][0]
        assert "Sam: NT$100" in mail.plain


def test_nothing_is_sent_while_the_department_is_off(host: Host, sam: FlaskClient) -> None:
    assert plan(sam) == 303
    switch(host, company="TW01", name="sales", enabled=False)
    with time_machine.travel(moment() + timedelta(days=40), tick=False):
        start_scheduled(host)
    with host.unit_of_work(company="TW01", by="sam"):
        ran = select(JobRun).where(JobRun.job == REPORT_BY_MAIL.name)
        assert session().scalars(ran).all() == []


def test_of_a_department_that_is_off_no_plan_is_seen_and_after_a_purge_none_is_left(
    host: Host, sam: FlaskClient, tmp_path: Path
) -> None:
    plan(sam)
    (run,) = run_what_is_planned(host)
    [planned] = [one["name"] for one in sam.get(PLANS).json["result"]]
    switch(host, company="TW01", name="sales", enabled=False)

    assert sam.get(PLANS).json["result"] == []
    assert [sam.get(url).status_code for url in (f"{PLANS}{planned}", f"/jobs/{run.id}")] == [
        404
    ] * 2
    purge(host, company="TW01", name="sales", export=tmp_path / "sales.zip", confirm="sales")
    with host.database.wide_session() as wide:
        assert [*wide.scalars(select(ScheduleEntry)), *wide.scalars(select(JobRun))] == []


def test_nothing_is_sent_to_who_may_no_longer_read_it(host: Host, sam: FlaskClient) -> None:
    assert plan(sam) == 303
    with host.unit_of_work(company="TW01", by="admin") as unit:
        [entry] = session().scalars(select(ScheduleEntry)).all()
        place = select(Membership).where(Membership.user_id == entry.owner_id)
        unit.session.scalars(place).one().roles = []
    with time_machine.travel(moment() + timedelta(days=40), tick=False):
        start_scheduled(host)
        work_off(host)

    with host.database.wide_session() as wide:
        assert wide.scalars(reports_sent()).one().state == "failed"
        assert wide.scalars(select(Mail).where(Mail.recipient == ADDRESS)).all() == []


def test_the_clock_sends_a_report_at_eight_where_the_company_is(
    host: Host, sam: FlaskClient
) -> None:
    assert plan(sam, "weekly") == 303
    eight = next_monday(moment().astimezone(ZoneInfo("Asia/Taipei")))
    with time_machine.travel(eight - timedelta(seconds=1), tick=False) as clock:
        start_scheduled(host)
        with host.database.wide_session() as wide:
            assert wide.scalars(reports_sent()).all() == []
        clock.move_to(eight)
        start_scheduled(host)
        start_scheduled(host)
        work_off(host)

    with host.database.wide_session() as wide:
        run = wide.scalars(reports_sent()).one()
        assert (run.state, run.scheduled_for) == ("done", eight)
        assert wide.scalars(select(Mail)).one().recipient == ADDRESS


def next_monday(now: datetime) -> datetime:
    """Return the first Monday to come, at eight: today before eight, where today is one."""
    days = timedelta(days=-now.weekday() % 7)
    eight = datetime.combine(now.date() + days, time(8), tzinfo=now.tzinfo)
    return eight if eight > now else eight + timedelta(days=7)


def test_the_same_report_changes_its_rhythm_and_is_not_planned_twice(
    host: Host, sam: FlaskClient
) -> None:
    assert [plan(sam), plan(sam), plan(sam, "weekly")] == [303] * 3

    [only] = sam.get(PLANS).json["result"]
    assert (only["cron"], only["department"]) == ("0 8 * * 1", "sales")


def test_nobody_gets_more_reports_than_anybody_reads(host: Host, sam: FlaskClient) -> None:
    def asked(year: int) -> dict[str, str]:
        return {"query": f"rows=state&period={year}", "rhythm": "daily"}

    sent = [sam.post(MAIL, data=asked(1990 + one)).status_code for one in range(MOST_PLANNED + 1)]

    assert sent == [303] * MOST_PLANNED + [422]
    assert len(sam.get(PLANS).json["result"]) == MOST_PLANNED
    assert sam.post(MAIL, data={**asked(1990), "rhythm": "weekly"}).status_code == 303


def test_a_colleague_gets_what_that_person_may_see_and_may_stop_it(
    host: Host, sam: FlaskClient, login: Any
) -> None:
    people = {
        name: make_user(host, name, company="TW01", roles=[role]).id
        for name, role in (("mia", "sales.manager"), ("eve", "base.viewer"))
    }
    with host.unit_of_work(company="TW01", by="admin"):
        named = update(User).where(User.id == people["mia"])
        session().execute(named.values(email="mia@example.com"))
    sent = {"query": QUERY.replace("this_month", "any"), "rhythm": "monthly"}
    assert sam.post(MAIL, data={**sent, "to": people["eve"]}).status_code == 400
    assert sam.post(MAIL, data={**sent, "to": people["mia"]}).status_code == 303
    with time_machine.travel(moment() + timedelta(days=40), tick=False):
        start_scheduled(host)
        work_off(host)

    with host.database.wide_session() as wide:
        letter = wide.scalars(select(Mail).where(Mail.user_id == people["mia"])).one()
        assert ": NT$200" in letter.plain
        assert "sam" in letter.plain.partition("\n--\n")[2]
    [told] = sam.get(PLANS).json["result"]
    assert (told["owner"], told["planned_by"]) == ("mia", "sam")
    assert login("mia").delete(f"{PLANS}{told['name']}").status_code == 200
    assert sam.get(PLANS).json["result"] == []


def test_who_has_planned_the_same_is_left_alone_and_named(
    host: Host, sam: FlaskClient, login: Any
) -> None:
    mia_id = make_user(host, "mia", company="TW01", roles=["sales.manager"]).id
    mia = login("mia", language="en")
    assert plan(mia, "weekly") == 303
    [hers] = mia.get(PLANS).json["result"]
    assert mia.put(f"{PLANS}{hers['name']}", json={"enabled": False}).status_code == 200

    alone = sam.post(MAIL, data=to_colleague(mia_id), follow_redirects=True).text
    own = sam.get(API).json["count"]
    me = next(one["id"] for one in sam.get(API).json["people"] if one["label"] == "sam")
    beside = sam.post(MAIL, data=to_colleague(mia_id, me), follow_redirects=True).text
    again = sam.post(API, json={"query": QUERY, "rhythm": "daily", "to": [mia_id]}).json

    assert "Already planned, and left as it is, by: mia." in alone
    assert ("comes by mail from now on" in alone, own) == (False, 0)
    assert "by: mia." in beside
    assert "comes by mail from now on: On the 25th" in beside
    assert (again["result"], again["left_alone"]) == ([], [{"id": mia_id, "label": "mia"}])
    [still] = mia.get(PLANS).json["result"]
    assert (still["cron"], still["enabled"]) == (hers["cron"], False)


def to_colleague(*people: int) -> dict[str, Any]:
    """Return what is sent to plan a report for people."""
    return {"query": QUERY, "rhythm": "on_25th", "to": list(people)}


def test_nobody_fills_the_places_of_a_colleague(host: Host, sam: FlaskClient, login: Any) -> None:
    mia_id = make_user(host, "mia", company="TW01", roles=["sales.manager"]).id
    for year in range(MOST_PLANNED):
        asked = {"query": f"rows=state&period={1990 + year}", "rhythm": "daily", "to": mia_id}
        assert sam.post(MAIL, data=asked).status_code == 303
    refused = sam.post(MAIL, data={**asked, "query": "rows=state&period=2020"})

    assert refused.status_code == 422
    assert "You have already planned 20 reports by mail for mia." in refused.text
    assert [plan(login("mia")), plan(sam)] == [303, 303]


def test_a_report_is_sent_once_to_try_it_and_says_that_mail_cannot_leave(
    host: Host, sam: FlaskClient
) -> None:
    asking = sam.get(f"{MAIL}?{QUERY}").text
    assert "No mail server is set up" in asking
    assert 'value="monthly"' in asking
    assert sam.post(MAIL, data={"query": QUERY, "deed": "now"}).status_code == 303
    assert sam.post(MAIL, data={"query": QUERY, "deed": "now"}).status_code == 422
    work_off(host)

    with host.database.wide_session() as wide:
        assert wide.scalars(select(Mail)).one().recipient == ADDRESS
    assert sam.get(PLANS).json["result"] == []


def test_a_schedule_is_called_after_its_view_and_says_what_it_sends(sam: FlaskClient) -> None:
    kept = {"name": "Mine", "query": QUERY}
    view = sam.post("/api/v1/sales/reports/sales/views/", json=kept).json["id"]
    sam.post(MAIL, data={"query": QUERY, "rhythm": "daily", "view": view})

    page = sam.get("/schedules/").text
    for said in (
        "Sales analysis: Mine by mail",
        "To sam",
        "this month",
        "No mail server is set up",
    ):
        assert said in page
    [planned] = sam.get(PLANS).json["result"]
    assert "this month" in sam.get(f"/schedules/{planned['name']}").text
    assert sam.post(f"/schedules/{planned['name']}/start").status_code == 302


def test_what_is_planned_rests_visibly_while_its_department_is_off(
    host: Host, sam: FlaskClient, login: Any
) -> None:
    assert "Paused" not in sam.get("/schedules/").text
    plan(sam)
    planned = login("admin").post(SWITCH, json={"enabled": False}).json["result"]
    switch(host, company="TW01", name="sales", enabled=False)

    assert "Paused: the department is off" in sam.get("/schedules/").text
    assert [one["schedules"] for one in planned["touched"]] == [1]


def test_a_rhythm_nobody_offers_is_refused(sam: FlaskClient) -> None:
    assert plan(sam, "hourly") == 400


def reports_sent() -> Any:
    """Select the runs that send reports."""
    return select(JobRun).where(JobRun.job == REPORT_BY_MAIL.name)
