"""The cards of dashboards: for whom they are, and what rearranging them leaves alone."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen.activation.service import switch
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_sales.services import confirm_order
from bumen_sales.tests.conftest import DELIVERY

BOARD, HOME = "/api/v1/core/dashboards/sales", "/api/v1/core/dashboards/home"
DUE = "/api/v1/sales/figures/due"


@pytest.fixture
def board(reader: FlaskClient) -> Callable[..., list[str]]:
    """A function that tells which cards somebody sees, as they are arranged."""

    def told(browser: FlaskClient | None = None, *, url: str = BOARD) -> list[str]:
        found = (browser or reader).get(url).json["result"]
        return [("-" if one["hidden"] else "") + one["key"] for one in found]

    return told


def test_what_waits_for_a_decision_is_a_card_of_who_decides(
    host: Host, board: Callable[..., list[str]], login: Any
) -> None:
    cards = {}
    for name, role in (("mia", "sales.manager"), ("sam", "sales.salesperson")):
        make_user(host, name, company="TW01", roles=[role])
        cards[name] = board(login(name))

    assert "sales.held" in cards["mia"]
    assert "sales.held" not in cards["sam"]
    assert "sales.drafts" in cards["sam"]
    assert "card-sales-held" in login("mia").get("/sales/dashboard/").text
    assert "card-sales-held" not in login("sam").get("/sales/dashboard/").text


def test_what_customers_owe_is_told_whatever_the_day(
    reader: FlaskClient, sold: date, board: Callable[..., list[str]]
) -> None:
    told = reader.get(DUE).json["result"]
    [card] = [one for one in reader.get(BOARD).json["result"] if one["key"] == "sales.due"]

    assert (told["value"], told["days"], told["before"]) == ("819.00", None, {})
    assert (card["value"], card["month_before"], card["months"]) == ("819.00", None, [])
    assert reader.get(f"{DUE}?period=this_month").status_code == 400
    page = reader.get("/sales/dashboard/").text
    shown = page[page.index("card-sales-due") :].partition("</section>")[0]
    assert "filter.ordered_on" not in shown
    assert "Month before" not in shown


def test_a_card_that_is_off_stays_put_away_where_it_was(
    host: Host, reader: FlaskClient, board: Callable[..., list[str]]
) -> None:
    first = board(url=HOME)
    order = [{"key": key, "hidden": key == "sales.turnover"} for key in reversed(first)]
    reader.put(HOME, json={"cards": order})
    arranged = board(url=HOME)
    switch(host, company="TW01", name="sales", enabled=False)
    left = board(url=HOME)
    reader.put(HOME, json={"cards": [{"key": key} for key in left]})
    switch(host, company="TW01", name="sales", enabled=True)

    assert "-sales.turnover" in arranged
    assert not any("sales." in key for key in left)
    assert board(url=HOME) == arranged


def test_arranging_for_all_leaves_alone_what_the_arranger_does_not_see(
    host: Host,
    reader: FlaskClient,
    board: Callable[..., list[str]],
    login: Any,
) -> None:
    away = [{"key": "sales.held", "hidden": True}]
    reader.put(BOARD, json={"cards": away, "arrange": "company"})
    make_user(host, "amy", company="TW01", roles=["core.administrator", "sales.viewer"])
    amy = login("amy")
    seen = board(amy)
    amy.put(BOARD, json={"cards": [{"key": key} for key in seen], "arrange": "company"})

    assert "sales.held" not in seen
    assert "-sales.held" in board()


def test_cards_are_dragged_into_an_order_that_names_each_once(
    reader: FlaskClient, board: Callable[..., list[str]]
) -> None:
    turned = [*reversed(board())]
    sent = {
        "order": " ".join(turned),
        "csrf_token": reader.get("/").text.split('csrf-token" content="')[1].split('"')[0],
    }

    assert reader.post("/dashboards/sales", data=sent).status_code == 303
    assert board() == turned
    assert reader.post("/dashboards/sales", data={**sent, "order": turned[0]}).status_code == 400


def test_a_report_tells_any_days_and_its_views_stand_beside_it(
    reader: FlaskClient, sold: date
) -> None:
    url, api = "/sales/reports/sales", "/api/v1/sales/reports/sales"
    asked = f"rows=state&measures=revenue&from={sold}&to={sold + timedelta(days=40)}"
    far = (
        f"rows=state&measures=revenue&period={sold - timedelta(days=9)}--{sold - timedelta(days=1)}"
    )
    kept = {"name": "By state", "query": "rows=state&measures=orders&period=any"}
    reader.post(f"{api}/views/", json=kept)

    assert reader.get(f"{api}?{asked}").json["total"]["values"]["revenue"] == "780.00"
    assert reader.get(f"{api}?{far}").json["rows"] == []
    assert reader.get(f"{api}?period=2026-03-01--2026-02-01").status_code == 400
    assert reader.get(f"{api}?period=2026-03--").status_code == 400
    links = re.findall(r'href="(/sales/reports/sales\?[^"]*)"', reader.get("/sales/reports/").text)
    assert len(links) == 1
    assert 'scope="col">Status</th>' in reader.get(links[0].replace("&amp;", "&")).text
    assert reader.get(f"{url}?{asked}").status_code == 200


def test_a_task_on_a_card_is_called_after_its_order_and_days_say_what_they_are(
    host: Host, reader: FlaskClient, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        days = {"ordered_on": "2026-01-05", "requested_on": "2026-01-09"}
        order = make.order(**DELIVERY, **days, address="Zhongshan Rd. 1")
        confirm_order(order, by=unit.user)
        ident, number = order.id, order.number

    page = reader.get("/sales/dashboard/").text

    def card(name: str) -> str:
        return page[page.index(f'id="card-sales-{name}"') :].partition("</section>")[0]

    assert f'<a class="dash-record" href="/sales/orders/show/{ident}">{number}</a>' in card(
        "waits_goods"
    )
    assert "Goods ready" not in card("waits_goods")
    assert "<span>Requested delivery date: " in card("late")
