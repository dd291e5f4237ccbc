"""A field may be hidden, or only read, in some states of a document; lists then leave it out."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.testing.makers import make_user
from bumen.visibility import Effect, FieldRule
from tests.core.ruled import rule
from tests.core.web.shops import Shop

API = "/api/v1/sales/orders"
PAGE = "/sales/orders"
ROLE = "sales.viewer"
WRITER = "sales.manager"


@pytest.fixture
def viewer(shop: Shop) -> FlaskClient:
    """Somebody who may not see what a draft comes to."""
    make_user(shop.host, "viewer", company="TW01", roles=[ROLE])
    rule(shop.host, "sales.orders", "total", role=ROLE, states=["draft"])
    return shop.browser("viewer")


def test_a_field_is_hidden_in_the_states_of_its_rule_only(viewer: FlaskClient, shop: Shop) -> None:
    draft, confirmed = shop.order(price="4321"), shop.order("confirm", price="8765")

    assert "total" not in viewer.get(f"{API}/{draft}").json["result"]
    assert viewer.get(f"{API}/{confirmed}").json["result"]["total"] == "8765.00"


def test_lists_leave_out_what_is_hidden_in_any_state(viewer: FlaskClient, shop: Shop) -> None:
    shop.order(price="4321")
    shop.order("confirm", price="8765")

    for view, status in (("list", 200), ("board", 200), ("chart", 400)):
        page = viewer.get(f"{PAGE}/list/?view={view}")
        assert page.status_code == status  # a chart of nothing but the hidden amount is gone
        assert "4,321" not in page.text
    assert viewer.get(f"{PAGE}/list/?sort=total").status_code == 400
    assert "total" not in viewer.get(f"{API}/").json["result"][0]
    assert "4321" not in viewer.get(f"{PAGE}/export?format=csv").text


def test_a_board_without_its_amount_still_stands(viewer: FlaskClient, shop: Shop) -> None:
    shop.order(price="4321")

    page = viewer.get(f"{PAGE}/list/?view=board")

    assert page.status_code == 200
    assert "4,321" not in page.text


@pytest.fixture
def writer(shop: Shop) -> FlaskClient:
    """Somebody who may not write the reference of a draft."""
    make_user(shop.host, "writer", company="TW01", roles=[WRITER])
    rule(shop.host, "sales.orders", "reference", role=WRITER, effect=Effect.FIXED)
    return shop.browser("writer")


def test_what_may_only_be_read_is_not_written_by_any_way(writer: FlaskClient, shop: Shop) -> None:
    ident = shop.order(reference="PO-1")
    version = shop.kept(ident).version
    sent: dict[str, Any] = {"version": version, "reference": "PO-2"}

    assert writer.put(f"{API}/{ident}", json=sent).status_code == 422
    assert writer.post(f"{PAGE}/edit/{ident}", data=sent).status_code == 302
    assert shop.kept(ident).reference == "PO-1"


@pytest.mark.parametrize(
    ("field", "effect", "status"),
    [
        ("customer", "hidden", 422),  # must be given in a new order
        ("number", "hidden", 422),  # is what orders are known by
        ("state", "hidden", 404),
        ("nonsense", "hidden", 404),
        ("total", "nonsense", 404),
        ("lines.unit_price", "hidden", 303),
        ("total", "hidden", 303),
    ],
)
def test_rules_are_checked_when_they_are_made(
    shop: Shop, field: str, effect: str, status: int
) -> None:
    browser = shop.browser()
    form = browser.get("/company/fields/sales/orders")
    assert form.status_code == 200
    role, before = _role_id(shop, ROLE), _rules(shop)

    sent = {"field": field, "role": role, "effect": effect}
    answer = browser.post("/company/fields/sales/orders", data=sent)

    assert answer.status_code == status
    assert len(_rules(shop) - before) == (status == 303)


def test_a_field_that_must_be_given_is_refused_with_what_to_tick(shop: Shop) -> None:
    browser = shop.browser()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    asked = {"field": "customer", "role": _role_id(shop, ROLE), "effect": "hidden"}

    answer = browser.post("/company/fields/sales/orders", data=asked)

    assert "which is “Draft” at first: tick the other states only." in answer.text


def test_a_rule_is_taken_away_by_its_company_alone(viewer: FlaskClient, shop: Shop) -> None:
    browser, order = shop.browser(), shop.order(price="4321")
    address = f"/company/fields/{max(_rules(shop))}/delete"
    assert viewer.post(address).status_code == 403
    assert browser.post("/company/fields/999/delete").status_code == 404

    assert browser.post(address).status_code == 302
    assert viewer.get(f"{API}/{order}").json["result"]["total"] == "4321.00"


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("person=viewer&list=sales.orders", 200, "It can be seen."),
        ("person=viewer&list=sales.orders&record=1&field=total", 200, "It cannot be seen."),
        ("person=viewer&list=base.departments", 200, "None of the roles of viewer"),
        ("person=viewer&list=sales.orders&record=99", 200, "There is no record 99"),
        ("person=nobody&list=sales.orders", 422, "Nobody called “nobody”"),
        ("person=viewer&list=sales.orders&record=x", 422, "No record is called “x”."),
        ("person=viewer&list=base.customers&record=customer", 200, "Customer may be seen by"),
        ("person=viewer&list=nonsense", 404, ""),
        ("person=viewer&list=sales.orders&field=nonsense", 404, ""),
    ],
)
def test_why_somebody_does_not_see_something_is_told(
    viewer: FlaskClient, shop: Shop, asked: str, status: int, said: str
) -> None:
    shop.order(price="4321")

    answer = shop.browser().get(f"/company/access/?{asked}")

    assert answer.status_code == status
    assert said in answer.text


def _role_id(shop: Shop, name: str) -> int:
    page = shop.browser().get("/company/fields/sales/orders").text
    before = page.index("Sales viewer") if name == ROLE else 0
    start = page.rindex('value="', 0, before) + len('value="')
    return int(page[start : page.index('"', start)])


def _rules(shop: Shop) -> set[int]:
    """Return the ids of all field rules."""
    with shop.host.database.wide_session() as wide:
        return set(wide.scalars(select(FieldRule.id)))
