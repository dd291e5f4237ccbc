"""A company with master data alone has a dashboard that makes sense, and counts its customers."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from bumen import CurrentCompany, create_record
from bumen.host import Host
from bumen.listing import Days
from bumen.reports import figure_in
from bumen.testing.makers import make_user
from bumen.unit_of_work import moment, today
from bumen_base.dashboard import NEW_CUSTOMERS
from bumen_base.models import Customer
from bumen_base.resources import Customers, Employees

API, BOARD = "/api/v1/base/reports/customers", "/api/v1/core/dashboards"


@pytest.fixture
def met(host: Host, company: CurrentCompany) -> Host:
    """Three customers of this month, of whom nobody looks after one, and one of long ago."""
    with host.unit_of_work(company="TW01", by="admin") as unit:
        ann = create_record(Employees, {"name": "Ann"}, by=None)
        for name, whose in (("Inn", ann.id), ("Shop", ann.id), ("Stall", None)):
            create_record(Customers, {"name": name, "salesperson_id": whose}, by=None)
        old = create_record(Customers, {"name": "Old", "salesperson_id": ann.id}, by=None)
        long_ago = moment() - timedelta(days=800)
        unit.session.execute(
            update(Customer).where(Customer.id == old.id).values(created_at=long_ago)
        )
    return host


def cards(browser: FlaskClient, place: str) -> dict[str, Any]:
    """Return the cards of a dashboard by their keys."""
    found = browser.get(f"{BOARD}/{place}").json["result"]
    return {one["key"].removeprefix("base."): one for one in found}


def test_master_data_alone_has_a_dashboard(reader: FlaskClient, met: Host) -> None:
    for page in ("/", "/base/dashboard/"):
        text = reader.get(page).text
        new = text.partition('id="card-base-new_customers"')[2].partition("</section>")[0]
        waits = text.partition('id="card-base-unassigned"')[2].partition("</section>")[0]

        assert re.findall(r'<span class="figure">([^<]+)</span>', new) == ["3"]
        assert "Stall" in waits
        assert "Shop" not in waits
    assert reader.get("/base/dashboard/").text.count("dash-card") == 7


def test_every_card_leads_to_the_records_it_tells_of(reader: FlaskClient, met: Host) -> None:
    page = reader.get("/base/dashboard/").text
    links = set(re.findall(r'href="(/base/[^"]+/(?:list/|reports/)[^"]*)"', page))

    assert len(links) >= 5
    for one in links:
        assert reader.get(one.replace("&amp;", "&")).status_code == 200, one
    listed = reader.get("/base/customers/list/?filter.created_at.period=this_month").text
    assert "Inn" in listed
    assert "Old" not in listed


def test_the_api_tells_what_the_cards_tell(reader: FlaskClient, met: Host) -> None:
    found = cards(reader, "base")

    assert found["new_customers"]["value"] == 3
    assert found["new_customers"]["months"][-1]["value"] == 3
    assert [one["label"].split()[-1] for one in found["unassigned"]["records"]] == ["Stall"]
    assert found["regions"]["report"]["total"]["values"] == {"customers": 4}
    assert [one["name"] for one in reader.get(f"{BOARD}/").json["result"]] == ["home", "base"]
    assert set(cards(reader, "home")) == {"new_customers", "unassigned"}


def test_who_only_looks_is_not_told_what_to_do(
    host: Host, reader: FlaskClient, met: Host, login: Any
) -> None:
    make_user(host, "viewer", company="TW01", roles=["base.viewer"])

    assert set(cards(login("viewer"), "base")) == {"new_customers", "months", "regions"}


def test_cards_are_arranged_through_the_api(
    host: Host, reader: FlaskClient, met: Host, login: Any
) -> None:
    make_user(host, "viewer", company="TW01", roles=["base.viewer"])
    viewer, first = (
        login("viewer"),
        [{"key": "base.regions"}, {"key": "base.months", "hidden": True}],
    )
    told = reader.put(f"{BOARD}/base", json={"cards": first, "arrange": "company"})

    assert told.status_code == 200
    assert list(cards(viewer, "base")) == ["regions", "months", "new_customers"]
    assert cards(viewer, "base")["months"] == {
        "key": "base.months",
        "title": cards(viewer, "base")["months"]["title"],
        "hidden": True,
    }
    refused = viewer.put(f"{BOARD}/base", json={"cards": first, "arrange": "company"})
    assert refused.status_code == 403
    assert viewer.put(f"{BOARD}/base", json={"cards": []}).status_code == 200
    assert reader.delete(f"{BOARD}/base?arrange=company").status_code == 200
    assert next(iter(cards(viewer, "base"))) == "new_customers"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"cards": "all"},
        {"cards": ["base.regions"]},
        {"cards": [{"key": "sales.turnover"}]},
        {"cards": [{"key": "base.regions", "hidden": "yes"}]},
        {"cards": [{"key": []}]},
        {"cards": [{"key": {}}]},
        {"cards": [{"key": "base.regions", "colour": "red"}]},
        {"cards": [], "arrange": "everybody"},
        {"cards": [], "more": 1},
    ],
)
def test_an_arrangement_that_makes_no_sense_is_refused(
    reader: FlaskClient, met: Host, sent: dict[str, Any]
) -> None:
    assert reader.put(f"{BOARD}/base", json=sent).status_code == 400
    assert reader.put(f"{BOARD}/nowhere", json={"cards": []}).status_code == 404


def test_new_customers_are_told_of_a_person_and_of_days(met: Host) -> None:
    with met.unit_of_work(company="TW01", by="admin") as unit:
        tell: Callable[..., Any] = unit.session.scalar
        this_year = Days(today().replace(month=1, day=1), today())

        assert tell(figure_in(NEW_CUSTOMERS, this_year)) == 3


def test_the_analysis_counts_customers_by_when_they_came(reader: FlaskClient, met: Host) -> None:
    found = reader.get(f"{API}?rows=created_at.year&measures=customers,complete").json
    compared = reader.get(f"{API}?period=this_year&compare=year").json

    assert found["row_totals"][-1]["values"]["customers"] == 3
    assert found["total"]["values"]["customers"] == 4
    assert compared["total"]["before"]["customers"] == 0
    assert compared["total"]["values"]["customers"] == 3
