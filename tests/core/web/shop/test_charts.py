"""Charts: figures that are those of the list, in a drawing and in a table."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bumen.host import Host
from bumen_sales.models import Order
from tests.core.web.shops import ORDERS, Shop

CHART = f"{ORDERS}/list/?view=chart"


def drawing(page: str) -> dict[str, Any]:
    """Return what the script of a page is told to draw."""
    found = re.search(r'data-chart="([^"]*)"', page)
    assert found
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


def table(page: str) -> list[list[str]]:
    """Return the rows of the table below a chart."""
    body = page.partition('chart-table">')[2].partition("<tbody>")[2].partition("</table>")[0]
    rows = body.replace("</th>", "|").replace("</td>", "|").split("</tr>")[:-1]
    cells = ([cell.strip() for cell in re.sub(r"<[^>]*>", "", row).split("|")] for row in rows)
    return [row[:-1] for row in cells]


def test_a_chart_adds_up_what_the_list_holds(shop: Shop, host: Host) -> None:
    shop.order(price="10", ordered_on="2026-09-30")
    shop.order(price="20.50", ordered_on="2026-11-01")
    shop.order(price="30", ordered_on="2026-11-30")

    page = shop.browser().get(CHART).text

    with host.unit_of_work(company="TW01", by="admin") as unit:
        total = unit.session.scalar(select(func.sum(Order.total)))
    bars = drawing(page)["bars"]
    assert [(bar["label"], bar["value"]) for bar in bars] == [
        ("Sep 2026", 10.0),
        ("Oct 2026", 0.0),
        ("Nov 2026", 50.5),
    ]
    assert sum(Decimal(str(bar["value"])) for bar in bars) == total == Decimal("60.50")
    assert table(page) == [
        ["Sep 2026", "1", "NT$10"],
        ["Oct 2026", "0", "NT$0"],
        ["Nov 2026", "2", "NT$51"],
        ["Total", "3", "NT$61"],
    ]


def test_a_figure_leads_to_the_records_behind_it(shop: Shop) -> None:
    shop.order(ordered_on="2026-09-30")
    order = shop.order(ordered_on="2026-11-01")
    browser = shop.browser()

    href = drawing(browser.get(CHART).text)["bars"][-1]["href"]
    behind = browser.get(href).text

    assert f"/show/{order}" in behind
    assert behind.count("/sales/orders/show/") == browser.get(href).text.count(f"/show/{order}")


def test_a_chart_is_drawn_by_what_the_list_is_grouped_by(shop: Shop) -> None:
    shop.order()
    shop.order("confirm")

    told = drawing(shop.browser().get(f"{CHART}&group=state").text)

    bars = [(bar["label"], bar["tone"], bar["href"]) for bar in told["bars"]]
    assert bars == [
        ("Draft", "plain", f"{ORDERS}/list/?filter.state=draft"),
        ("Confirmed", "active", f"{ORDERS}/list/?filter.state=confirmed"),
    ]


def test_a_chart_shows_what_the_list_is_narrowed_to(shop: Shop) -> None:
    shop.order(ordered_on="2026-09-30")
    shop.order("confirm", ordered_on="2026-11-01")

    told = drawing(shop.browser().get(f"{CHART}&filter.state=confirmed").text)

    assert [bar["label"] for bar in told["bars"]] == ["Nov 2026"]


def test_an_empty_chart_says_so(shop: Shop) -> None:
    page = shop.browser().get(CHART)

    assert page.status_code == 200
    assert "data-chart=" not in page.text


@pytest.mark.parametrize("group", ["nothing", "ordered_on.week", "customer.name", "phone.month"])
def test_what_a_list_is_not_grouped_by_is_refused(shop: Shop, group: str) -> None:
    assert shop.browser().get(f"{CHART}&group={group}").status_code == 400


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        ("year", ["2024", "2025", "2026"]),
        ("quarter", ["Q4 2024", "Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025", "Q1 2026"]),
    ],
)
def test_no_span_of_time_is_left_out(shop: Shop, span: str, labels: list[str]) -> None:
    shop.order(ordered_on="2024-12-31")
    shop.order(ordered_on="2026-01-01")

    told = drawing(shop.browser().get(f"{CHART}&group=ordered_on.{span}").text)

    assert [bar["label"] for bar in told["bars"]] == labels


def test_a_slip_of_centuries_does_not_fill_the_page(shop: Shop) -> None:
    shop.order(ordered_on="1026-11-01")
    shop.order(ordered_on="2026-11-01")

    assert len(drawing(shop.browser().get(CHART).text)["bars"]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_chart_takes_the_same_statements_whatever_it_shows(
    shop: Shop, statements: Callable[[], list[str]], count: int
) -> None:
    for number in range(count):
        shop.order(ordered_on=f"2026-0{number + 1}-01")
    browser = shop.browser()
    browser.get(CHART)
    statements()

    assert len(drawing(browser.get(CHART).text)["bars"]) == count

    assert len(statements()) <= 8
