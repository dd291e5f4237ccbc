"""A month of sales is reported by the house: built on the 25th, sent by the 28th, or told late."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from bumen import CurrentCompany, IllegalTransition, create_record, run_action, session, start
from bumen.host import Host
from bumen.mail.models import Mail, MailFile
from bumen.notices.models import Notice
from bumen.settings import Settings
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import MonthHasNotBegun, MonthHasReport, NobodyReceivesReport
from bumen_sales.models import FigureOf, MonthlyReport, MonthlyReportState
from bumen_sales.monthly_jobs import BUILD, CHASE
from bumen_sales.resources import FigureTargets, MonthlyReports, Orders, ReportPeople
from bumen_sales.services.monthly_figures import days_of_month, spans_of
from bumen_sales.services.monthly_reports import days_late, send_monthly_report

AT = datetime(2026, 3, 25, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 25)
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}
API = "/api/v1/sales/monthly_reports"


def sell(make: Any, day: date, quantity: str, **said: Any) -> Any:
    """Have an order of a day confirmed."""
    said["lines"] = [{"product_id": said.pop("product").id, "quantity": quantity}]
    made = make.order(**DELIVERY, ordered_on=day, **said)
    return run_action(Orders, made, "confirm", {}, by=None, version=made.version)


@pytest.fixture
def report(unit: UnitOfWork, make: Any) -> MonthlyReport:
    """The report of March 2026 on the 25th, of two products, two people and one region."""
    tea, cake = make.product(name="Tea"), make.product(name="Cake", list_price=30)
    ann, bob = make.employee(name="Ann"), make.employee(name="Bob")
    inn = make.customer(name="Inn")
    where = {"customer_id": inn.id, "region_id": make.region(name="North").id}
    sell(make, date(2026, 3, 1), "2", product=tea, salesperson_id=ann.id, **where)
    sell(make, ON, "5", product=cake, salesperson_id=bob.id, **where)
    sell(make, date(2026, 2, 25), "1", product=tea, salesperson_id=ann.id, **where)
    sell(make, date(2026, 2, 26), "7", product=tea, salesperson_id=ann.id, **where)
    sell(make, date(2025, 3, 10), "3", product=cake, salesperson_id=bob.id, **where)
    create_record(
        FigureTargets, {"figure": "turnover", "year": 2026, "month": 3, "target": "700"}, by=None
    )
    with time_machine.travel(AT, tick=False):
        made: MonthlyReport = create_record(MonthlyReports, {"year": 2026, "month": 3}, by=None)
    return made


def test_a_month_is_told_with_what_it_is_held_against(report: MonthlyReport) -> None:
    assert (report.number, report.until, report.due_on) == ("MR-2026-03-1", ON, date(2026, 3, 28))
    assert (report.quantity, report.amount) == (Decimal(7), Decimal(350))
    assert (report.last_month, report.last_year) == (Decimal(100), Decimal(90))
    assert (report.target, report.attained) == (Decimal(700), Decimal(50))
    assert (report.received, report.outstanding) == (
        Decimal(0),
        Decimal(1302),
    )


def test_a_month_is_told_by_product_customer_region_and_person(report: MonthlyReport) -> None:
    told = {
        part: [
            (one.what.split(" ")[-1], one.quantity, one.amount, one.last_month, one.last_year)
            for one in report.lines
            if one.part is part
        ]
        for part in FigureOf
    }

    assert told[FigureOf.PRODUCT] == [("Tea", 2, 200, 100, 0), ("Cake", 5, 150, 0, 90)]
    assert told[FigureOf.CUSTOMER] == [("Inn", 7, 350, 100, 90)]
    assert told[FigureOf.REGION] == [("North", 7, 350, 100, 90)]
    assert told[FigureOf.PERSON] == [("Ann", 2, 200, 100, 0), ("Bob", 5, 150, 0, 90)]


@pytest.mark.parametrize(
    ("until", "before", "year_ago"),
    [
        (date(2026, 3, 25), date(2026, 2, 25), date(2025, 3, 25)),
        (date(2026, 3, 30), date(2026, 2, 28), date(2025, 3, 30)),
        (date(2026, 3, 31), date(2026, 2, 28), date(2025, 3, 31)),
        (date(2026, 2, 28), date(2026, 1, 31), date(2025, 2, 28)),
        (date(2026, 1, 10), date(2025, 12, 10), date(2025, 1, 10)),
    ],
)
def test_a_month_is_compared_as_far_as_it_has_come(
    until: date, before: date, year_ago: date
) -> None:
    spans = spans_of(days_of_month(until.year, until.month, until=until))

    assert [one.last for one in spans] == [until, before, year_ago]
    assert {one.first.day for one in spans} == {1}


def test_a_month_has_one_report_and_is_sent_only_once_it_has_begun(report: MonthlyReport) -> None:
    with pytest.raises(MonthHasReport):
        create_record(MonthlyReports, {"year": 2026, "month": 3}, by=None)
    with pytest.raises(MonthHasNotBegun):
        send_monthly_report(report, by=None, at=AT, on=date(2026, 2, 28))


def test_a_report_that_nobody_receives_is_not_sent(report: MonthlyReport) -> None:
    with pytest.raises(NobodyReceivesReport):
        send_monthly_report(report, by=None, at=AT, on=ON)

    assert report.state is MonthlyReportState.DRAFT


def test_the_numbers_of_a_report_stay_as_they_were_sent(report: MonthlyReport, make: Any) -> None:
    boss = make.employee(name="Boss", email="boss@tea.example")
    create_record(ReportPeople, {"employee_id": boss.id, "part": "receives"}, by=None)
    extra = make.product(list_price=50)
    sell(make, date(2026, 3, 26), "1", product=extra)

    send_monthly_report(report, by=None, at=AT, on=date(2026, 3, 30))
    sell(make, date(2026, 3, 27), "1", product=extra)

    assert (report.amount, report.until) == (Decimal(400), date(2026, 3, 30))
    assert (report.sent_at, report.sent_to, report.days_late) == (AT, "Boss <boss@tea.example>", 2)
    with pytest.raises(IllegalTransition):
        send_monthly_report(report, by=None, at=AT, on=ON)


def test_a_report_is_late_from_the_29th_on(report: MonthlyReport) -> None:
    days = [date(2026, 3, 25), date(2026, 3, 28), date(2026, 3, 29), date(2026, 4, 2)]

    assert [days_late(report, on=one) for one in days] == [0, 0, 1, 5]


@pytest.fixture
def house(host: Host, company: CurrentCompany, make: Any) -> None:
    """Sue answers for monthly reports, Max leads her and receives them."""
    sue = make_user(host, "sue", company="TW01", roles=["sales.service_manager"])
    boss = make_user(host, "max", company="TW01", roles=["sales.director"])
    with host.unit_of_work(company="TW01", by="admin"):
        leads = make.employee(name="Max", user_id=boss.id, email="max@tea.example")
        who = make.employee(name="Sue", user_id=sue.id, superior_id=leads.id)
        create_record(ReportPeople, {"employee_id": who.id, "part": "answers"}, by=None)
        create_record(ReportPeople, {"employee_id": leads.id, "part": "receives"}, by=None)


def told_at(host: Host, moment: str, job: Any) -> list[tuple[str, str]]:
    """Do a job at a moment of Taipei's clock; return who was told what in all, in English."""
    with time_machine.travel(f"{moment}+08:00", tick=False):
        with host.unit_of_work(company="TW01"):
            start(job)
        work_off(host)
    with host.unit_of_work(company="TW01"):
        about = Notice.resource == "sales.monthly_reports"
        found = select(Notice.user_id, Notice.words).where(about).order_by(Notice.id)
        rows = session().execute(found).all()
        return [(str(user), words["en"]) for user, words in rows]


def test_a_report_is_built_reminded_of_and_told_late_by_the_clock_of_the_company(
    host: Host, house: None
) -> None:
    built = told_at(host, "2026-03-25T07:00", BUILD)
    again = told_at(host, "2026-03-25T07:05", BUILD)
    early = told_at(host, "2026-03-26T23:59", CHASE)
    reminded = told_at(host, "2026-03-27T00:01", CHASE)
    in_time = told_at(host, "2026-03-28T23:59", CHASE)
    late = told_at(host, "2026-03-29T00:01", CHASE)
    later = told_at(host, "2026-03-30T08:00", CHASE)

    assert [words for _user, words in built] == [
        "Please comment on the monthly sales report MR-2026-03-1 and send it."
    ]
    assert built == again == early
    said = [words for _user, words in reminded[len(early) :]]
    assert said == ["The monthly sales report MR-2026-03-1 is to be sent by the 28th."]
    assert in_time == reminded
    said = [words for _user, words in late[len(in_time) :]]
    assert said == ["The monthly sales report MR-2026-03-1 was not sent by the 28th."] * 2
    assert later == late
    with host.unit_of_work(company="TW01"):
        kept = session().scalars(select(MonthlyReport)).one()
        assert (kept.reminded_on, kept.escalated_on, kept.days_late) == (
            date(2026, 3, 27),
            date(2026, 3, 29),
            2,
        )


def test_a_report_is_commented_sent_and_mailed_with_both_files(
    host: Host, house: None, login: Any
) -> None:
    settings = {**host.settings.model_dump(), "smtp_url": "smtp://localhost:1025"}
    host.settings = Settings(**settings)
    told_at(host, "2026-03-25T07:00", BUILD)
    sue = login("sue", language="en")
    made = sue.get(f"{API}/").json["result"][0]
    said = {"comments": "A good month.", "version": made["version"]}
    changed = sue.put(f"{API}/{made['id']}", json=said).json["result"]
    address = f"{API}/{made['id']}/actions/send"

    sent = sue.post(address, json={"version": changed["version"]}).json["result"]
    work_off(host)

    assert (sent["state"], sent["sent_to"]) == ("sent", "Max <max@tea.example>")
    assert sue.post(address, json={"version": sent["version"]}).status_code == 409
    with host.unit_of_work(company="TW01"):
        mail = session().scalars(select(Mail).where(Mail.recipient == "max@tea.example")).one()
        files = session().scalars(select(MailFile).where(MailFile.mail_id == mail.id)).all()
        kept = session().scalars(select(MonthlyReport)).one()
        assert "A good month." in mail.plain
        assert [(one.name.rpartition(".")[2], one.content[:2]) for one in files] == [
            ("pdf", b"%P"),
            ("xlsx", b"PK"),
        ]
        assert kept.mailed_at is not None
