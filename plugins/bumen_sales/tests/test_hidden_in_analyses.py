"""What a role does not see of orders, no analysis, figure, card, file, view or mail tells it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen import CurrentCompany, Dimension, Measure, User, run_action, session, start
from bumen.host import Host
from bumen.jobs import JobRun, ScheduleEntry
from bumen.mail.models import Mail
from bumen.model.accounts import Role
from bumen.reporting.mailing import REPORT_BY_MAIL, Rhythm, plan_report
from bumen.reports import Question, check_declared
from bumen.security.field_rules import set_field_rule
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen.testing.people import signed_in
from bumen.unit_of_work import today
from bumen.visibility import Effect
from bumen_sales.reports import SALES
from bumen_sales.resources import Orders

API, PAGE = "/api/v1/sales/reports/sales", "/sales/reports/sales"
FIGURES, BOARD = "/api/v1/sales/figures", "/api/v1/core/dashboards/sales"
HOME = "/sales/dashboard/"
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}
SECRET = "Marzipan"
TITLE = SALES.title
GONE_WITH = {
    "untaxed": {"measure": "revenue", "figure": "turnover", "query": "measures=revenue"},
    "lines.untaxed": {"measure": "revenue", "query": "rows=lines.product&measures=revenue"},
    "lines.quantity": {"measure": "quantity", "query": "rows=lines.product&measures=quantity"},
    "customer": {"dimension": "customer", "query": "rows=customer&measures=orders"},
    "salesperson": {"dimension": "salesperson", "query": "rows=salesperson&measures=orders"},
    "region": {"dimension": "region", "query": "rows=state&columns=region&measures=orders"},
    "ordered_on": {"dimension": "ordered_on.month", "figure": "orders", "query": "period=2026"},
    "lines.product": {"dimension": "lines.product", "query": "rows=lines.product.category"},
    "due": {"figure": "due", "query": "rows=due&measures=orders"},
}
"""By field: what is no longer offered, and a question that is refused from then on."""
NEEDED = {"customer", "lines.product", "lines.quantity"}
"""Who makes an order must see these: they are hidden once it is confirmed."""


@pytest.fixture
def viewer(host: Host, company: CurrentCompany, app: Flask, make: Any) -> FlaskClient:
    """Somebody who looks at the orders of a company, of which one is of a customer with a name."""
    make_user(host, "viewer", company="TW01", roles=["sales.viewer"])
    with host.unit_of_work(company="TW01", by="admin") as unit:
        person = make.employee(name=SECRET)
        buyer = make.customer(name=SECRET, region_id=make.region(name=SECRET).id)
        made = make.order(
            **DELIVERY, customer_id=buyer.id, salesperson_id=person.id, ordered_on=today()
        )
        run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)
    return signed_in(app, host, "viewer", language="en")


@pytest.fixture
def hide(host: Host) -> Callable[..., None]:
    """A function that hides a field from those who only look; in some states, where it is told."""

    def hidden(field: str, *states: str, key: str = "sales.orders") -> None:
        with host.unit_of_work(company="TW01") as unit:
            role = unit.session.scalars(select(Role.id).where(Role.name == "sales.viewer")).one()
            resource = host.registry.resources[key]
            states = states or (("confirmed",) if field in NEEDED else ())
            said = {"role_id": role, "effect": Effect.HIDDEN, "states": states, "by": None}
            set_field_rule(resource, field, **said, at=datetime.now(UTC))

    return hidden


@pytest.mark.parametrize("field", list(GONE_WITH))
def test_nothing_is_offered_that_is_made_of_a_hidden_field(
    viewer: FlaskClient, hide: Callable[..., None], field: str
) -> None:
    gone, before = GONE_WITH[field], viewer.get(API).json
    hide(field)
    after, menu = viewer.get(API).json, viewer.get(PAGE)

    for kind in ("dimension", "measure"):
        if kind in gone:
            assert gone[kind] in {one["name"] for one in before[f"{kind}s"]}
            assert gone[kind] not in {one["name"] for one in after[f"{kind}s"]}
    assert menu.status_code == 200
    for place in (API, PAGE, f"{PAGE}/export"):
        assert viewer.get(f"{place}?{gone['query']}").status_code == 400


@pytest.mark.parametrize("field", [one for one in GONE_WITH if "figure" in GONE_WITH[one]])
def test_no_figure_and_no_card_is_made_of_a_hidden_field(
    viewer: FlaskClient, hide: Callable[..., None], field: str
) -> None:
    name = GONE_WITH[field]["figure"]
    assert viewer.get(f"{FIGURES}/{name}").status_code == 200
    assert f"sales.{name}" in _cards(viewer)
    hide(field)

    assert viewer.get(f"{FIGURES}/{name}").status_code == 404
    assert name not in {one["name"] for one in viewer.get(f"{FIGURES}/").json["result"]}
    assert f"sales.{name}" not in _cards(viewer)
    assert f'id="card-sales-{name}"' not in viewer.get("/sales/dashboard/").text
    assert f"figures/{name}" not in viewer.get("/api/v1/_openapi").text


@pytest.mark.parametrize("field", ["customer", "salesperson", "region"])
def test_a_hidden_reference_is_named_nowhere(
    viewer: FlaskClient, hide: Callable[..., None], field: str
) -> None:
    for page in (f"{API}?rows={field}", HOME):
        assert SECRET in viewer.get(page).text
    for one in ("customer", "salesperson", "region"):
        hide(one)
    pages = [
        PAGE,
        f"{PAGE}?show=chart",
        f"{PAGE}/export?format=csv",
        API,
        "/sales/dashboard/",
        BOARD,
    ]

    assert all(SECRET not in viewer.get(one).text for one in pages)
    assert viewer.get(f"{FIGURES}/turnover?person_id=1").status_code == 404
    assert viewer.get(f"{API}?filter.{field}=1&rows=state").status_code == 400


def test_a_field_hidden_in_one_state_is_told_of_no_state(
    viewer: FlaskClient, hide: Callable[..., None]
) -> None:
    hide("untaxed", "draft")

    assert "revenue" not in {one["name"] for one in viewer.get(API).json["measures"]}
    assert viewer.get(f"{FIGURES}/turnover").status_code == 404


def test_what_is_hidden_of_the_customer_is_no_dimension_of_orders(
    viewer: FlaskClient, hide: Callable[..., None]
) -> None:
    hide("industry", key="base.customers")

    assert "customer.industry" not in {one["name"] for one in viewer.get(API).json["dimensions"]}
    assert viewer.get(f"{API}?rows=customer.industry").status_code == 400
    assert viewer.get(f"{API}?rows=state&filter.customer.industry=tea").status_code == 400


def test_an_analysis_opens_with_what_is_left_of_it(
    viewer: FlaskClient, hide: Callable[..., None]
) -> None:
    for field in ("lines.product", "ordered_on"):
        hide(field)
    found = viewer.get(API).json

    assert found["asked"]["rows"] == "customer"
    assert found["columns"] == []
    assert found["day"] == ""
    assert 'id="analysis-period"' not in viewer.get(PAGE).text


def test_an_analysis_is_told_to_who_sees_what_it_is_defined_by(
    host: Host,
    viewer: FlaskClient,
    hide: Callable[..., None],
    login: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inland = replace(SALES, name="inland", filters={"filter.region.empty": "1"})
    sales = host.registry.plugins["sales"]
    widened = replace(sales, plugin=replace(sales.plugin, reports=(SALES, inland)))
    monkeypatch.setitem(host.registry.plugins, "sales", widened)
    page, api = "/sales/reports/inland", "/api/v1/sales/reports/inland"
    assert viewer.get(page).status_code == viewer.get(api).status_code == 200
    assert page in viewer.get("/sales/reports/").text
    hide("region")

    for place in (page, api, f"{page}/export", f"{page}?filters=none", f"{api}/views/"):
        assert viewer.get(place).status_code == 404
        assert login("admin").get(place).status_code == 200
    assert page not in viewer.get("/sales/reports/").text
    assert viewer.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"filters": {"filter.stat": "confirmed"}},
        {"filters": {"filter.state.gt": "confirmed"}},
        {"filters": {"state": "confirmed"}},
        {"rows": "lines.produkt"},
        {"columns": "ordered_on"},
        {"day": "ordered"},
        {"measures": (Measure("revenue", "untax", label=TITLE),)},
        {"dimensions": (Dimension("lines.produkt"),)},
    ],
)
def test_an_analysis_that_names_what_there_is_not_is_no_analysis(wrong: dict[str, Any]) -> None:
    check_declared([SALES])
    with pytest.raises(ValueError, match="sales"):
        check_declared([replace(SALES, **wrong)])


def test_a_shared_view_of_a_hidden_field_is_offered_to_who_sees_it(
    host: Host, viewer: FlaskClient, hide: Callable[..., None], login: Any
) -> None:
    boss = login("admin")
    kept = [
        boss.post(f"{API}/views/", json={"name": name, "query": query, "shared": True}).json["id"]
        for name, query in (("Whales", "rows=customer&measures=revenue"), ("All", "rows=state"))
    ]
    hide("untaxed")

    assert [one["name"] for one in viewer.get(f"{API}/views/").json["result"]] == ["All"]
    assert "Whales" not in viewer.get(PAGE).text
    assert viewer.get(f"{API}?saved={kept[0]}").status_code == 400
    assert viewer.get(f"{API}?saved={kept[1]}").json["asked"]["rows"] == "state"
    assert boss.get(f"{API}?saved={kept[0]}").json["asked"]["rows"] == "customer"


def test_a_mail_that_was_planned_before_tells_nothing_that_was_hidden_since(
    host: Host, viewer: FlaskClient, hide: Callable[..., None]
) -> None:
    with host.unit_of_work(company="TW01", by="viewer") as unit:
        unit.session.get(User, unit.user.id).email = "viewer@example.com"
        question = Question(rows="customer", measures=("revenue",))
        plan_report(SALES, question, rhythm=Rhythm.MONTHLY, by=unit.user)
    hide("untaxed")
    with host.unit_of_work(company="TW01", by="viewer"):
        start(REPORT_BY_MAIL, **session().scalars(select(ScheduleEntry)).one().arguments)
    work_off(host)

    with host.database.wide_session() as wide:
        assert wide.scalars(select(JobRun.state)).all() == ["failed"]
        letters = wide.scalars(select(Mail)).all()
        assert all(SECRET not in f"{one.subject}{one.plain}" for one in letters)
        assert all("NT$" not in one.plain for one in letters)


def test_a_card_stands_in_another_order_where_its_own_is_hidden(
    viewer: FlaskClient, hide: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    hide("requested_on")

    assert "sales.drafts" in _cards(viewer)
    assert 'id="card-sales-drafts"' in viewer.get("/sales/dashboard/").text
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


def _cards(browser: FlaskClient) -> set[str]:
    return {one["key"] for one in browser.get(BOARD).json["result"]}
