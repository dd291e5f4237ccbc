"""Lists put together: each group with its count and its totals, and the way to its rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from bumen.formats import Formats
from bumen.host import Host
from bumen.model.describe import fields_of
from bumen_base.models import Product
from bumen_sales.models import Order, OrderState
from tests.core.web.looking import Element, look_at, rows
from tests.core.web.shops import ORDERS, Shop

LIST = f"{ORDERS}/list/"
Statements = Callable[[], list[str]]


@pytest.fixture
def shop(host: Host, app: Flask) -> Shop:
    """A shop with five orders: two drafts, two that are confirmed, one that is cancelled."""
    opened = Shop(host, app)
    opened.order(price="10")
    opened.order(price="20.50")
    opened.order("confirm", price="30")
    opened.order("confirm", price="40.25")
    opened.order("cancel", price="50")
    return opened


def grouped(shop: Shop, query: str) -> list[Element]:
    """Return the groups of the list."""
    return list(look_at(shop.browser().get(LIST + query)).every("tbody", of="list-group-head"))


def told(group: Element) -> tuple[str, str, str]:
    """Return what a group is called, how many it has, and what they come to."""
    link = group.one("a", of="list-group-link")
    count = link.one(of="list-group-count").text
    return link.text.removesuffix(count).strip(), count, group.one("td", of="number").text


def counted(host: Host) -> dict[OrderState, tuple[int, Decimal]]:
    """Return the count and the sum of each state, as SQL says."""
    query = select(Order.state, func.count(), func.sum(Order.total)).group_by(Order.state)
    with host.unit_of_work(company="TW01", by="admin") as unit:
        found = unit.session.execute(query).all()
        return {state: (count, Decimal(total)) for state, count, total in found}


def test_groups_say_how_many_they_have_and_what_they_come_to(shop: Shop, host: Host) -> None:
    found = [told(one) for one in grouped(shop, "?group=state")]

    assert found == [
        ("Draft", "2", "NT$31"),
        ("Confirmed", "2", "NT$70"),
        ("Cancelled", "1", "NT$50"),
    ]
    assert counted(host) == {
        OrderState.DRAFT: (2, Decimal("30.50")),
        OrderState.CONFIRMED: (2, Decimal("70.25")),
        OrderState.CANCELLED: (1, Decimal(50)),
    }


def test_groups_are_of_what_is_filtered_and_say_how_many_all_are(shop: Shop) -> None:
    page = look_at(shop.browser().get(f"{LIST}?group=state&filter.total.ge=30"))

    found = [told(one) for one in page.every("tbody", of="list-group-head")]
    assert found == [("Confirmed", "2", "NT$70"), ("Cancelled", "1", "NT$50")]
    assert page.one(id="list-count").text == "3 in all"
    assert page.one("tfoot").one("td", of="number").text == "NT$120"


def test_a_group_leads_to_its_rows_and_no_others(shop: Shop) -> None:
    query = "?group=state&filter.total.ge=20&columns=number,state,total&sort=total"
    draft, confirmed, _cancelled = grouped(shop, query)

    for group, amounts in ((draft, ["NT$21"]), (confirmed, ["NT$30", "NT$40"])):
        link = group.one("a", of="list-group-link").attributes
        assert link["href"] == link["data-rows"]
        opened = look_at(shop.browser().get(link["href"]))
        assert [row[2] for row in rows(opened)] == amounts
        assert len(list(opened.every("input", name="records"))) == len(amounts)


@pytest.mark.parametrize("key", ["customer", "ordered_on.month", "salesperson"])
def test_groups_of_any_kind_open(shop: Shop, key: str) -> None:
    (group,) = grouped(shop, f"?group={key}")

    opened = look_at(shop.browser().get(group.one("a", of="list-group-link").attributes["href"]))

    assert len(rows(opened)) == 5


def test_the_last_row_adds_up_the_whole_list_not_the_page(shop: Shop) -> None:
    page = look_at(shop.browser().get(f"{LIST}?size=2&columns=number,total"))

    assert page.one("tfoot").text == "Total NT$151"


def test_what_all_comes_to_is_written_as_the_rows_above_it(shop: Shop) -> None:
    page = look_at(shop.browser().get(f"{LIST}?columns=number,total&filter.total.lt=21"))

    assert sorted(row[-1] for row in rows(page)) == ["NT$10", "NT$21"]
    assert page.one("tfoot").text == "Total NT$31"


def test_what_the_list_comes_to_is_left_out_with_the_column(shop: Shop) -> None:
    page = look_at(shop.browser().get(f"{LIST}?columns=number,state"))

    assert not list(page.every("tfoot"))


def test_no_group_means_the_same_as_none(shop: Shop) -> None:
    page = look_at(shop.browser().get(f"{LIST}?group=state&sort=total"))

    plain = page.one(id="list-group").one("a", aria_current="true")
    assert plain.text == "Status"
    none = next(one for one in page.one(id="list-group").every("a") if one.text == "No groups")
    assert len(rows(look_at(shop.browser().get(none.attributes["href"])))) == 5


def test_a_grouped_list_takes_as_many_statements_whatever_it_shows(
    shop: Shop, statements: Statements
) -> None:
    browser, counts = shop.browser(), []
    browser.get(LIST)
    for _more in range(3):
        statements()
        browser.get(f"{LIST}?group=customer")
        counts.append(len(statements()))
        shop.known.pop("base.customers", None)
        shop.order()

    assert len(set(counts)) == 1
    assert counts[0] <= 8


def test_what_was_reckoned_goes_without_cents_where_nobody_counts_in_them() -> None:
    taiwan, china = (Formats(language="en", currency=one) for one in ("TWD", "CNY"))
    total, price, half = (
        fields_of(Order)["total"],
        fields_of(Product)["list_price"],
        Decimal("30.50"),
    )

    assert [one.in_column(total, half) for one in (taiwan, china)] == ["NT$31", "¥30.50"]
    assert taiwan.in_column(price, half) == "NT$30.50"
    assert taiwan.in_column(total, None) == "–"
