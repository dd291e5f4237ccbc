"""Whoever is asked about an order reads why, though a rule of fields hides it from their role."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bumen import create_record, current, run_action, session
from bumen.approvals import ApprovalRule
from bumen.approvals.spelling import written_steps
from bumen.model.accounts import Role
from bumen.security.field_rules import set_field_rule
from bumen.testing.makers import make_user
from bumen.testing.people import Login
from bumen.visibility import Effect
from bumen.workflow import AllOf, AskPerson
from bumen_sales.resources import DiscountAllowances, Orders


@pytest.fixture
def orders(host, company, make) -> tuple[int, int]:
    """Two orders with a discount 5 percent too large; a viewer is asked about the first alone."""
    person = make_user(host, "viewer", company=company.code, roles=["sales.viewer"]).id
    with host.unit_of_work(company=company.code, by="admin") as unit:
        role = session().scalars(select(Role.id).where(Role.name == "sales.viewer")).one()
        hidden = {"role_id": role, "effect": Effect.HIDDEN, "states": (), "by": None}
        set_field_rule(Orders, "over_allowance", **hidden, at=datetime.now(UTC))
        create_record(DiscountAllowances, {"percent": "15"}, by=unit.user)
        line = {"product_id": make.product().id, "quantity": "1", "discount": "20"}
        asked, other = (make.order(lines=[line], payment_method="prepaid") for _ in range(2))
        _ask(person)
        version = asked.version
        run_action(Orders, asked, "confirm", {}, by=current().user, version=version)
        return asked.id, other.id


def _ask(person: int) -> None:
    rule = ApprovalRule(
        resource="sales.orders",
        waiting_in="held",
        title="A rule",
        valid_from=date(2020, 1, 1),
        steps=written_steps([AllOf(AskPerson(person))]),
    )
    session().add(rule)
    session().flush()


def test_whoever_is_asked_reads_why_there_and_nowhere_else(
    orders: tuple[int, int], login: Login
) -> None:
    asked, other = orders
    viewer = login("viewer")

    told = viewer.get(f"/api/v1/sales/orders/{asked}").json["result"]
    hidden = viewer.get(f"/api/v1/sales/orders/{other}").json["result"]

    assert told["over_allowance"] == "5.0000"
    assert "over_allowance" not in hidden
    assert "5%" in viewer.get("/inbox/").text


def test_a_refused_order_keeps_saying_why_it_was_held(
    orders: tuple[int, int], login: Login
) -> None:
    refused = f"/api/v1/sales/orders/{orders[0]}/approvals/refuse"
    assert login("viewer").post(refused, json={"opinion": "Too much."}).status_code == 200

    told = login("admin").get(f"/api/v1/sales/orders/{orders[0]}").json["result"]

    assert (told["state"], told["over_allowance"]) == ("draft", "5.0000")
