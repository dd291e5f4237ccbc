"""What a company settles about its flows and its working time, on the pages for it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.documents.flow_settings import CompanyFlow, DeadlineUnit
from bumen.documents.working_days import CalendarDay, WorkdayCalendar
from bumen.testing.makers import make_user
from bumen.workflow import WorkingDays, WorkingHours
from tests.core.travelling import KEY, Agency
from tests.core.web.looking import look_at
from tests.core.web.trips.conftest import browser_of
from trips.models import Trip, TripState

FLOW = f"/flows/{KEY}/"
CALENDAR = "/flows/working-time/"
ALLOW, SUBMIT = Trip.workflow.transitions["allow"], Trip.workflow.transitions["submit"]


def settled(agency: Agency) -> CompanyFlow:
    """Return the flow of trips as the company runs it."""
    with agency.host.unit_of_work(company=agency.company.code, by=agency.people[0]):
        return CompanyFlow.read(Trip.workflow, KEY)


def year_now(browser: FlaskClient) -> str:
    """Return the first year whose holidays can be taken over: the present one."""
    return next(look_at(browser.get(CALENDAR)).one("select", name="year").every("option")).text


def test_deadlines_roles_and_opinions_are_settled_for_a_company(
    agency: Agency, bob: FlaskClient
) -> None:
    sent = {
        "amount.draft": "3",
        "unit.draft": "hours",
        "amount.submitted": "0",
        "roles.allow": "core.administrator",
        "opinion.submit": "on",
    }

    assert bob.post(FLOW, data=sent).status_code == 303

    flow = settled(agency)
    assert flow.due(TripState.DRAFT) == WorkingHours(3)
    assert flow.due(TripState.SUBMITTED) is None
    assert flow.due(TripState.ALLOWED) == WorkingDays(5)
    assert list(flow.roles(ALLOW)) == ["core.administrator"]
    assert flow.needs_opinion(SUBMIT)


def test_what_was_settled_is_shown_and_can_be_taken_back(agency: Agency, bob: FlaskClient) -> None:
    agency.settle(state="draft", amount=3, unit=DeadlineUnit.HOURS, roles=[])
    agency.settle(step="submit", opinion=True, roles=["core.administrator"])

    page = look_at(bob.get(FLOW))
    assert page.one("input", name="amount.draft").attributes["value"] == "3"
    assert "checked" in page.one("input", name="opinion.submit").attributes
    bob.post(FLOW, data={"amount.draft": ""})

    flow = settled(agency)
    assert flow.due(TripState.DRAFT) is None
    assert not flow.roles(SUBMIT)
    assert not flow.needs_opinion(SUBMIT)


def test_who_settled_what_is_told_the_latest_first(agency: Agency, bob: FlaskClient) -> None:
    bob.post(FLOW, data={"opinion.submit": "on"})
    bob.post(FLOW, data={"opinion.submit": "on", "amount.draft": "2"})
    bob.post(FLOW, data={"amount.draft": "3", "roles.allow": "core.administrator"})

    told = [one.text for one in look_at(bob.get(FLOW)).one("ol", of="stages").every("li")]

    assert [one.split()[0] for one in told][-2:] == ["Draft", "Submit"]
    assert any("Deadline: 2 → 3" in one for one in told)
    assert any("Opinion required: Yes → No" in one for one in told)
    assert all(" bob · " in f" {one}" for one in told)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"amount.draft": "-1"}, 422),
        ({"amount.draft": "soon"}, 422),
        ({"amount.draft": "1000"}, 422),
        ({"amount.draft": "9" * 40}, 422),
        ({"unit.draft": "moons"}, 400),
        ({"roles.allow": "nobody.knows"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    agency: Agency, bob: FlaskClient, sent: dict[str, str], status: int
) -> None:
    answer = bob.post(FLOW, data={"opinion.submit": "on", **sent})

    assert answer.status_code == status
    assert not settled(agency).needs_opinion(SUBMIT)


def test_flows_are_for_administrators_of_the_company(agency: Agency, app: Flask) -> None:
    make_user(agency.host, "guest", company="TW01")
    guest = browser_of(agency, app, "guest")

    for page in ("/flows/", FLOW, CALENDAR):
        assert guest.get(page).status_code == 403
    assert guest.post(FLOW, data={"opinion.submit": "on"}).status_code == 403
    assert guest.post(CALENDAR, data={"weekdays": "1", "hours": "09:00-12:00"}).status_code == 403


def test_flows_of_departments_that_are_off_or_unknown_do_not_exist(bob: FlaskClient) -> None:
    assert bob.get("/flows/no.such/").status_code == 404
    assert bob.post("/flows/no.such/").status_code == 404


def test_the_list_of_flows_leads_to_each(bob: FlaskClient) -> None:
    page = look_at(bob.get("/flows/"))

    entries = {one.attributes["href"]: one.text for one in page.every("a", of="flow-entry")}
    assert entries == {FLOW: "Trips Trips"}


def test_what_is_sent_without_a_token_is_refused(bob: FlaskClient) -> None:
    bob.environ_base.pop("HTTP_X_CSRFTOKEN")

    for page in (
        FLOW,
        CALENDAR,
        f"{CALENDAR}days",
        f"{CALENDAR}holidays",
        f"{CALENDAR}days/1/drop",
    ):
        assert bob.post(page).status_code == 400


def test_the_working_week_is_kept(agency: Agency, bob: FlaskClient) -> None:
    sent = {"weekdays": ["1", "2", "6"], "hours": "08:00-12:00 13:00-17:00"}

    assert bob.post(CALENDAR, data=sent).status_code == 303

    with agency.host.unit_of_work(company="TW01", by="ann") as unit:
        kept = unit.session.scalars(select(WorkdayCalendar)).one()
        assert (kept.weekdays, kept.hours) == ("126", "08:00-12:00 13:00-17:00")
    page = look_at(bob.get(CALENDAR))
    ticked = [one for one in page.every("input", name="weekdays") if "checked" in one.attributes]
    assert [one.attributes["value"] for one in ticked] == ["1", "2", "6"]


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("", {"weekdays": [], "hours": "09:00-12:00"}),
        ("", {"weekdays": ["1"], "hours": "whenever"}),
        ("days", {"day": "someday", "name": "Fair"}),
        ("days", {"day": "2026-11-21", "name": " "}),
        ("days", {"day": "2026-11-21", "name": "x" * 81}),
        ("holidays", {"year": "1000"}),
        ("holidays", {}),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(
    bob: FlaskClient, page: str, sent: dict[str, object]
) -> None:
    answer = bob.post(f"{CALENDAR}{page}", data=sent)

    assert answer.status_code == 422
    assert "alert-danger" in answer.text


def test_days_are_added_changed_and_dropped(agency: Agency, bob: FlaskClient) -> None:
    day = f"{year_now(bob)}-12-31"
    bob.post(f"{CALENDAR}days", data={"day": day, "name": "Fair", "works": "yes"})
    bob.post(f"{CALENDAR}days", data={"day": day, "name": "Stocktaking", "works": "no"})

    with agency.host.unit_of_work(company="TW01", by="ann") as unit:
        kept = unit.session.scalars(select(CalendarDay)).one()
        assert (kept.day.isoformat(), kept.name, kept.works) == (day, "Stocktaking", False)
        ident = kept.id
    assert "Stocktaking" in bob.get(CALENDAR).text
    assert bob.post(f"{CALENDAR}days/{ident}/drop").status_code == 303
    assert "Stocktaking" not in bob.get(CALENDAR).text.partition("alert-success")[0]
    assert bob.post(f"{CALENDAR}days/{ident}/drop").status_code == 404


def test_a_day_of_another_company_cannot_be_dropped(agency: Agency, bob: FlaskClient) -> None:
    other = Agency.opened(agency.host, "CN01", people=("eve", "fay"))
    with agency.host.unit_of_work(company="CN01", by="eve") as unit:
        kept = CalendarDay(day=date(2026, 12, 31), works=False, name="Theirs")
        unit.session.add(kept)
        unit.session.flush()
        ident = kept.id

    assert bob.post(f"{CALENDAR}days/{ident}/drop").status_code == 404
    assert other.company.code == "CN01"


def test_official_holidays_are_taken_over_by_a_button(agency: Agency, bob: FlaskClient) -> None:
    year = year_now(bob)
    assert bob.post(f"{CALENDAR}holidays", data={"year": year}).status_code == 303

    with agency.host.unit_of_work(company="TW01", by="ann") as unit:
        new_year = select(CalendarDay).where(CalendarDay.day == date(int(year), 1, 1))
        assert unit.session.scalars(new_year).one().name == "中華民國開國紀念日"
