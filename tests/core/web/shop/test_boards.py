"""Boards: what stands in which column, and who may move it where."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bumen.documents.flow_settings import FlowSetting
from bumen.host import Host
from bumen.testing.makers import make_administrator, make_company, make_user
from bumen_sales.models import Order, OrderState
from tests.core.web.shops import ORDERS, SCRIPT, Shop

BOARD = f"{ORDERS}/list/?view=board"
NO_ORDER = dict.fromkeys(map(str, OrderState), 0)


def columns(page: str) -> dict[str, str]:
    """Return what stands in each column of a board."""
    parts = re.split(r'<section class="board-column[^>]*data-column="([^"]*)"', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def counts(page: str) -> dict[str, int]:
    """Return how many records each column says it has."""
    badge = re.compile(r'board-count">([0-9,]+)<')
    return {name: int(badge.findall(part)[0]) for name, part in columns(page).items()}


def ways(page: str, ident: int) -> list[str]:
    """Return the columns a card may be moved to."""
    card = page.partition(f'id="card-{ident}"')[2].partition("</li>")[0]
    return re.findall(r'data-to="([a-z]*)"', card)


def test_a_board_has_a_column_for_each_state_with_what_it_comes_to(shop: Shop, host: Host) -> None:
    shop.order(price="10")
    shop.order("confirm", price="20")
    shop.order("confirm", price="30.50")

    page = shop.browser().get(BOARD).text

    with host.unit_of_work(company="TW01", by="admin") as unit:
        counted = select(Order.state, func.count()).group_by(Order.state)
        in_sql = {str(state): count for state, count in unit.session.execute(counted)}
    assert list(columns(page)) == [str(state) for state in OrderState]
    assert counts(page) == {**NO_ORDER, "draft": 1, "confirmed": 2}
    assert counts(page) == {**NO_ORDER, **in_sql}
    assert "NT$51" in columns(page)["confirmed"]


def test_a_column_shows_its_first_cards_and_leads_to_the_others(shop: Shop) -> None:
    for _number in range(27):
        shop.order()

    page = shop.browser().get(BOARD).text

    assert columns(page)["draft"].count("data-card>") == 25
    assert counts(page)["draft"] == 27
    more = re.search(r'class="board-more" href="([^"]*)"', page)
    assert more
    assert more[1] == f"{ORDERS}/list/?filter.state=draft"


def test_a_board_shows_what_the_list_is_narrowed_to(shop: Shop) -> None:
    cheap, dear = shop.order(price="10"), shop.order(price="1000")

    page = shop.browser().get(f"{BOARD}&filter.total.ge=500").text

    assert counts(page) == {**NO_ORDER, "draft": 1}
    assert (f'id="card-{cheap}"' in page, f'id="card-{dear}"' in page) == (False, True)


def test_a_card_may_go_where_the_workflow_leads_and_nowhere_else(shop: Shop) -> None:
    draft, confirmed = shop.order(), shop.order("confirm")
    cancelled = shop.order("cancel")

    page = shop.browser().get(BOARD).text

    assert ways(page, draft) == ["confirmed", "cancelled"]
    assert ways(page, confirmed) == ["released", "cancelled"]
    assert ways(page, cancelled) == []


def test_a_card_is_moved_by_the_action_that_leads_there(shop: Shop) -> None:
    order = shop.order()

    moved = shop.move(order, "confirm")

    assert moved.status_code == 200, moved.text
    assert shop.kept(order).state == OrderState.CONFIRMED
    assert shop.kept(order).number in moved.json["message"]


def test_a_move_that_needs_a_reason_asks_for_it(shop: Shop) -> None:
    order = shop.order()

    refused = shop.move(order, "cancel", reason="")
    unasked = shop.browser().post(f"{ORDERS}/board/{order}/cancel", data={"version": "1"})
    state = shop.kept(order).state
    moved = shop.move(order, "cancel", reason="Too late")

    assert (refused.status_code, list(refused.json["error"]["fields"])) == (422, ["reason"])
    assert (unasked.status_code, unasked.location) == (302, f"{ORDERS}/show/{order}")
    assert state == OrderState.DRAFT
    assert moved.status_code == 200
    assert shop.kept(order).cancellation_reason == "Too late"


def test_a_move_asks_for_an_opinion_where_the_company_wants_one(shop: Shop, host: Host) -> None:
    order = shop.order()
    with host.unit_of_work(company="TW01", by="admin") as unit:
        unit.session.add(FlowSetting(resource="sales.orders", step="confirm", opinion=True))

    unasked = shop.browser().post(f"{ORDERS}/board/{order}/confirm", data={"version": "1"})
    refused = shop.move(order, "confirm")
    moved = shop.move(order, "confirm", opinion="A good customer")

    assert (unasked.status_code, unasked.location) == (302, f"{ORDERS}/show/{order}")
    assert (refused.status_code, list(refused.json["error"]["fields"])) == (422, ["opinion"])
    assert moved.status_code == 200


@pytest.mark.parametrize(("step", "status"), [("confirm", 422), ("fly", 404), ("state", 404)])
def test_what_the_state_does_not_allow_is_refused(shop: Shop, step: str, status: int) -> None:
    order = shop.order("cancel")

    refused = shop.move(order, step)

    assert refused.status_code == status
    assert shop.kept(order).state == OrderState.CANCELLED


def test_whoever_was_slower_is_told_and_changes_nothing(shop: Shop) -> None:
    order = shop.order()

    for version in ("7", "x", ""):
        refused = shop.move(order, "confirm", version=version)
        assert refused.status_code == 409
        assert refused.json["error"]["code"] == "stale_version"
    assert shop.kept(order).state == OrderState.DRAFT


def test_without_a_script_a_move_comes_back_to_the_board(shop: Shop) -> None:
    order = shop.order()
    sent = {"sure": "1", "version": "1", "query": "view=board&filter.state=draft"}

    moved = shop.browser().post(f"{ORDERS}/board/{order}/confirm", data=sent)
    again = shop.browser().post(f"{ORDERS}/board/{order}/confirm", data=sent)

    assert (moved.status_code, again.status_code) == (303, 303)
    assert moved.location == f"{ORDERS}/list/?view=board&filter.state=draft"
    assert shop.kept(order).state == OrderState.CONFIRMED


def test_moves_need_the_permission_of_their_action(shop: Shop, host: Host) -> None:
    make_user(host, "reader", company="TW01", roles=["sales.viewer"])
    order = shop.order()
    page = shop.browser("reader").get(BOARD).text

    moved = shop.move(order, "confirm", by="reader")

    assert f'id="card-{order}"' in page
    assert ways(page, order) == []
    assert moved.status_code == 403
    assert shop.kept(order).state == OrderState.DRAFT


def test_nobody_moves_what_is_another_companys(shop: Shop, host: Host) -> None:
    make_company(host, code="CN01", plugins=("base", "sales", "kitchen"))
    make_administrator(host, "ben", company="CN01")
    order = shop.order()

    by_script = shop.browser("ben").post(
        f"{ORDERS}/board/{order}/confirm", data={"sure": "1", "version": "1"}, headers=SCRIPT
    )
    by_form = shop.browser("ben").post(f"{ORDERS}/board/{order}/cancel", data={"version": "1"})

    assert (by_script.status_code, by_form.status_code) == (404, 404)
    assert shop.kept(order).state == OrderState.DRAFT
    assert f'id="card-{order}"' not in shop.browser("ben").get(BOARD).text


def test_a_move_without_the_token_of_our_pages_is_refused(shop: Shop) -> None:
    order, browser = shop.order(), shop.browser()
    browser.environ_base.pop("HTTP_X_CSRFTOKEN")

    refused = browser.post(f"{ORDERS}/board/{order}/confirm", data={"version": "1"})

    assert refused.status_code == 400
    assert browser.get(f"{ORDERS}/board/{order}/confirm").status_code == 303
    assert shop.kept(order).state == OrderState.DRAFT


@pytest.mark.parametrize("view", ["cards", "kanban", "board;", "chart2"])
def test_a_view_nobody_declared_is_refused(shop: Shop, view: str) -> None:
    assert shop.browser().get(f"{ORDERS}/list/", query_string={"view": view}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_takes_the_same_statements_whatever_it_shows(
    shop: Shop, statements: Callable[[], list[str]], count: int
) -> None:
    for number in range(count):
        shop.order(*(["confirm"] if number else []))
    browser = shop.browser()
    browser.get(BOARD)
    statements()

    assert browser.get(BOARD).status_code == 200

    assert len(statements()) <= 9
