"""What a role does not see of orders, it sees in no report, on no card, and in no file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.host import Host
from bumen.model.accounts import Role
from bumen.security.field_rules import set_field_rule
from bumen.testing.makers import make_company, make_user
from bumen.testing.people import signed_in
from bumen.visibility import Effect, FieldRule

REPORT = "/base/reports/least_complete"


@pytest.fixture
def viewer(host: Host, app: Flask) -> FlaskClient:
    """Somebody who looks at the orders and the customers of a company, and changes none."""
    make_company(host, code="HK01", plugins=["sales"], country="HK", currency="HKD", locale="en")
    make_user(host, "viewer", company="HK01", roles=["sales.viewer"])
    return signed_in(app, host, "viewer", language="en")


def hide(host: Host, key: str, field: str) -> None:
    """Hide a field of a resource from those who only look."""
    with host.unit_of_work(company="HK01") as unit:
        role = unit.session.scalars(select(Role.id).where(Role.name == "sales.viewer")).one()
        set_field_rule(
            host.registry.resources[key],
            field,
            role_id=role,
            effect=Effect.HIDDEN,
            states=(),
            by=None,
            at=datetime.now(UTC),
        )


def test_a_company_begins_with_what_sales_proposes(viewer: FlaskClient, host: Host) -> None:
    with host.unit_of_work(company="HK01") as unit:
        rules = unit.session.scalars(select(FieldRule).order_by(FieldRule.id)).all()
        told = [(one.resource, one.field, one.role.name, one.effect) for one in rules]

    proposed = ("over_allowance", "sales.viewer", Effect.HIDDEN)
    assert sorted(told) == [("sales.Orders", *proposed), ("sales.Quotations", *proposed)]
    fields = viewer.get("/api/v1/_openapi").text
    assert "over_limit" in fields
    assert "over_allowance" not in fields


def test_what_was_proposed_and_taken_away_is_offered_again(
    viewer: FlaskClient, host: Host, app: Flask
) -> None:
    make_user(host, "boss", company="HK01", roles=["core.administrator"])
    boss, page = signed_in(app, host, "boss"), "/company/fields/"
    of_orders = select(FieldRule).where(FieldRule.resource == "sales.Orders")
    with host.unit_of_work(company="HK01") as unit:
        rule = unit.session.scalars(of_orders).one().id

    assert "/company/fields/proposed" not in boss.get(page).text
    boss.post(f"{page}{rule}/delete")
    assert "/company/fields/proposed" in boss.get(page).text
    assert viewer.post(f"{page}proposed").status_code == 403
    assert boss.post(f"{page}proposed").status_code == 302

    with host.unit_of_work(company="HK01") as unit:
        assert unit.session.scalars(of_orders).one().field == "over_allowance"


def test_a_report_has_no_column_of_a_hidden_field(viewer: FlaskClient, host: Host) -> None:
    before = viewer.get(f"/api/v1{REPORT}").json
    hide(host, "base.customers", "completeness")

    after = viewer.get(f"/api/v1{REPORT}").json
    page, file = viewer.get(REPORT), viewer.get(f"{REPORT}?format=csv")

    assert [one["name"] for one in before["columns"]][-2:] == ["completeness", "missing"]
    assert [one["name"] for one in after["columns"]] == ["customer", "salesperson", "region"]
    for answer in (page, file):
        assert answer.status_code == 200
        assert "Completeness (%)" not in answer.text
        assert "What is missing" not in answer.text


def test_what_is_gathered_from_hidden_fields_goes_with_them(
    viewer: FlaskClient, host: Host
) -> None:
    for field in ("completeness", "salesperson", "region"):
        hide(host, "base.customers", field)

    told = viewer.get("/api/v1/base/reports/completeness").json

    assert [one["name"] for one in told["columns"]] == ["customers"]


def test_a_card_that_shows_a_hidden_field_is_left_out(viewer: FlaskClient, host: Host) -> None:
    assert "Turnover" in viewer.get("/").text

    hide(host, "sales.orders", "untaxed")

    assert "Turnover" not in viewer.get("/").text


@pytest.mark.parametrize("view", ["table&group=state", "board", "chart"])
def test_no_total_is_made_of_a_hidden_field(viewer: FlaskClient, host: Host, view: str) -> None:
    hide(host, "sales.orders", "total")

    page = viewer.get(f"/sales/orders/list/?view={view}")

    assert "HK$" not in page.text
    assert "Total" not in page.text
