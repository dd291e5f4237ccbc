"""Flows as people see them: drawn, counted, and on the page of a record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from bumen.documents.movements import Movement
from bumen.testing.makers import make_user
from tests.core.travelling import Agency
from tests.core.web.looking import Element, look_at
from tests.core.web.trips.conftest import browser_of

TRIPS = "/trips/trips"
LONG_AGO = "2020-01-01T00:00:00+00:00"


def row_of(page: Element, state: str) -> list[str]:
    """Return the cells of a state's row on the page of a flow."""
    rows = page.one("table", of="flow-states").one("tbody").every("tr")
    found = next(row for row in rows if row.one("th").text.startswith(state))
    return [cell.text for cell in found.every("td")]


def make_late(agency: Agency) -> None:
    """Let everything be due since long ago."""
    with agency.host.unit_of_work(company="TW01", by="ann") as unit:
        unit.session.execute(update(Movement).values(due_at=Movement.created_at))


def test_a_flow_is_drawn_with_how_many_records_stand_where(
    agency: Agency, ann: FlaskClient
) -> None:
    agency.trip()
    agency.trip("submit")
    agency.trip("submit")

    page = look_at(ann.get(f"{TRIPS}/flow"))

    drawn = page.one("svg", of="diagram")
    boxes = {" ".join(one.text.split()) for one in drawn.every("g", of="diagram-box")}
    assert boxes == {"Draft 1", "Submitted 2", "Allowed 0", "Refused 0", "Over 0"}
    assert {one.text for one in drawn.every("text", of="diagram-step")} >= {"Submit", "Allow"}
    assert row_of(page, "Submitted")[:3] == ["2", "–", "Working hours: 8"]
    assert row_of(page, "Over")[-1] == "Nothing: this is an end."


def test_what_stands_too_long_is_counted(agency: Agency, ann: FlaskClient) -> None:
    agency.trip("submit")
    agency.trip("submit", "allow")
    make_late(agency)

    page = look_at(ann.get(f"{TRIPS}/flow"))

    assert [row_of(page, state)[1] for state in ("Draft", "Submitted", "Allowed")] == [
        "–",
        "1",
        "1",
    ]


def test_a_record_is_shown_where_it_stands_and_what_keeps_it_there(
    agency: Agency, ann: FlaskClient
) -> None:
    trip = agency.trip("submit")

    page = look_at(ann.get(f"{TRIPS}/flow/{trip}"))

    here = page.one("svg", of="diagram").one("g", of="diagram-now")
    assert here.text.startswith("Submitted")
    assert page.one("dl", of="flow-refused").text == "Allow Nobody allows their own trip."


def test_a_records_page_tells_every_step_with_who_took_it_and_what_they_said(
    agency: Agency, bob: FlaskClient
) -> None:
    trip = agency.trip("submit", "refuse")

    page = look_at(bob.get(f"{TRIPS}/show/{trip}"))

    stages = [one.text for one in page.one("ol", of="stages").every("li")]
    told = [stage.split(" · ")[0] for stage in stages]
    assert told == ["Refused Refuse bob", "Submitted Submit ann"]
    assert stages[0].endswith(" No")
    assert page.one("div", of="journey").text.startswith("“Refused” since")


def test_a_records_page_says_that_it_is_overdue(agency: Agency, bob: FlaskClient) -> None:
    trip = agency.trip("submit")
    make_late(agency)

    page = look_at(bob.get(f"{TRIPS}/show/{trip}"))

    assert page.one("span", of="journey-late").text.startswith("overdue since")


def test_a_button_is_not_offered_to_whom_the_step_is_not_left(
    agency: Agency, ann: FlaskClient, bob: FlaskClient
) -> None:
    trip = agency.trip("submit")

    mine, others = (look_at(one.get(f"{TRIPS}/show/{trip}")) for one in (ann, bob))

    assert not list(mine.every(id="do-allow"))
    assert list(others.every(id="do-allow"))


def test_an_opinion_is_asked_for_where_the_company_wants_one(
    agency: Agency, ann: FlaskClient
) -> None:
    trip = agency.trip()
    agency.settle(step="submit", opinion=True)

    dialog = look_at(ann.get(f"{TRIPS}/show/{trip}")).one(id="do-submit")
    act = f"{TRIPS}/{trip}/actions/submit"
    refused = ann.post(act, data={"version": "1", "opinion": ""})
    done = ann.post(act, data={"version": "1", "opinion": "Worth it"})

    assert [box.attributes["name"] for box in dialog.every("textarea")] == ["opinion"]
    assert (refused.status_code, done.status_code) == (422, 302)
    assert [one.opinion for one in agency.movements(trip)] == ["Worth it"]


def test_a_flow_is_nobodys_who_may_not_read_the_records(agency: Agency, app: Flask) -> None:
    trip = agency.trip()
    make_user(agency.host, "guest", company="TW01")
    guest = browser_of(agency, app, "guest")

    for page in ("flow", f"flow/{trip}"):
        assert guest.get(f"{TRIPS}/{page}").status_code == 403


def test_a_record_of_another_company_has_no_flow_here(agency: Agency, ann: FlaskClient) -> None:
    elsewhere = Agency.opened(agency.host, "CN01", people=("eve", "fay")).trip("submit")

    assert ann.get(f"{TRIPS}/flow/{elsewhere}").status_code == 404
    assert row_of(look_at(ann.get(f"{TRIPS}/flow")), "Submitted")[0] == "0"


@pytest.mark.parametrize("page", ["flow", "flow/1", "show/1"])
def test_these_pages_take_as_many_statements_however_much_there_is(
    agency: Agency, ann: FlaskClient, statements: Callable[[], list[str]], page: str
) -> None:
    agency.trip("submit", "refuse")
    ann.get(f"{TRIPS}/{page}")
    statements()
    ann.get(f"{TRIPS}/{page}")
    few = len(statements())
    for _more in range(2):
        agency.trip("submit", "allow")
    agency.take(1, "submit", by="ann")
    agency.take(1, "refuse", by="bob")
    statements()
    ann.get(f"{TRIPS}/{page}")

    assert len(statements()) == few
