"""Calendars: what happens in the days that are shown, and moving it to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bumen.host import Host
from bumen.testing.makers import make_administrator, make_company, make_user
from bumen.unit_of_work import today
from tests.core.web.shops import ORDERS, SCRIPT, Shop

MONTH = {"start": "2026-11-01", "end": "2026-12-06"}


def events(shop: Shop, *, by: str | None = None, **asked: str) -> dict[int, Any]:
    """Return what a calendar is told, by id."""
    answer = shop.browser(by).get(f"{ORDERS}/calendar", query_string={**MONTH, **asked})
    assert answer.status_code == 200, answer.text
    return {event["id"]: event for event in answer.json["events"]}


def order_on(shop: Shop, day: str, *steps: str) -> int:
    return shop.order(*steps, ordered_on="2026-01-01", requested_on=day)


def reschedule(
    shop: Shop, ident: int, start: str, *, by: str | None = None, version: int = 1
) -> Any:
    """Move an order to another day, as the calendar's script does."""
    sent = {"version": version, "start": start}
    return shop.browser(by).post(f"{ORDERS}/calendar/{ident}", data=sent, headers=SCRIPT)


def test_a_calendar_is_told_what_lies_in_the_days_it_shows(shop: Shop) -> None:
    first, last = order_on(shop, "2026-11-01"), order_on(shop, "2026-12-05", "confirm")
    order_on(shop, "2026-10-31")
    order_on(shop, "2026-12-06")
    shop.order()

    told = events(shop)

    assert list(told) == [first, last]
    assert (told[first]["start"], told[first]["end"]) == ("2026-11-01", "2026-11-02")
    assert told[first]["href"] == f"{ORDERS}/show/{first}"
    assert (told[first]["edit"], told[last]["edit"]) == (f"{ORDERS}/edit/{first}", "")
    assert (told[last]["tone"], told[last]["state"]) == ("active", "Confirmed")
    assert told[first]["whose"].endswith("Customer")


def test_a_calendar_is_narrowed_as_the_list_is(shop: Shop) -> None:
    draft, confirmed = order_on(shop, "2026-11-05"), order_on(shop, "2026-11-06", "confirm")

    assert list(events(shop, **{"filter.state": "confirmed"})) == [confirmed]
    assert list(events(shop, q=shop.kept(draft).number)) == [draft]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"start": "2026-11-01"},
        {"start": "2026-11-01", "end": "2026-11-01"},
        {"start": "2026-11-02", "end": "2026-11-01"},
        {"start": "2026-01-01", "end": "2027-02-06"},
        {"start": "2026-02-30", "end": "2026-03-01"},
        {"start": "0001-01-01", "end": "0001-02-01"},
        {"start": "9999-12-01", "end": "9999-12-31"},
        {"start": "20261101", "end": "20261130"},
        {"start": "2026-W45-1", "end": "2026-12-01"},
        {"start": "2026-11-01T00:00", "end": "2026-12-01"},
        {"start": "yesterday", "end": "tomorrow"},
        {**MONTH, "filter.nothing": "1"},
        {**MONTH, "nothing": "1"},
    ],
)
def test_spans_that_are_none_or_too_long_are_refused(shop: Shop, asked: dict[str, str]) -> None:
    refused = shop.browser().get(f"{ORDERS}/calendar", query_string=asked)

    assert (refused.status_code, refused.json["error"]["code"]) == (400, "malformed")


def test_four_hundred_days_are_shown_at_once(shop: Shop) -> None:
    assert events(shop, start="2026-01-01", end="2027-02-05") == {}


def test_an_event_is_moved_to_another_day(shop: Shop) -> None:
    order = order_on(shop, "2026-11-05")

    moved = reschedule(shop, order, "2026-11-09")
    late = reschedule(shop, order, "2026-11-10")

    assert moved.status_code == 200, moved.text
    assert (late.status_code, late.json["error"]["code"]) == (409, "stale_version")
    assert shop.kept(order).requested_on == date(2026, 11, 9)


@pytest.mark.parametrize("start", ["", "soon", "2026-11", "2026-13-01", "9999-12-31", "\ud7ff"])
def test_an_event_is_moved_to_days_only(shop: Shop, start: str) -> None:
    order = order_on(shop, "2026-11-05")

    assert reschedule(shop, order, start).status_code == 400
    assert shop.kept(order).requested_on == date(2026, 11, 5)


def test_what_may_not_be_changed_stays_on_its_day(shop: Shop, host: Host) -> None:
    make_user(host, "reader", company="TW01", roles=["sales.viewer"])
    confirmed, draft = order_on(shop, "2026-11-05", "confirm"), order_on(shop, "2026-11-05")
    early = reschedule(shop, draft, "2025-12-31")

    closed = reschedule(shop, confirmed, "2026-11-09", version=2)
    forbidden = reschedule(shop, draft, "2026-11-09", by="reader")

    assert early.status_code == 422, "before it was ordered"
    assert closed.status_code == 422
    assert forbidden.status_code != 200
    assert {shop.kept(one).requested_on for one in (confirmed, draft)} == {date(2026, 11, 5)}
    assert [one["edit"] for one in events(shop, by="reader").values()] == ["", ""]


def test_another_companys_events_do_not_exist(shop: Shop, host: Host) -> None:
    make_company(host, code="CN01", plugins=("base", "sales", "kitchen"), country="CN")
    make_administrator(host, "ben", company="CN01")
    order = order_on(shop, "2026-11-05")

    assert events(shop, by="ben") == {}
    assert reschedule(shop, order, "2026-11-09", by="ben").status_code == 404
    assert 'data-first-day="1"' in shop.browser("ben").get(f"{ORDERS}/list/?view=calendar").text


def test_the_page_has_this_month_as_a_table(shop: Shop, host: Host) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        now = today()
    inside, outside = order_on(shop, f"{now}"), order_on(shop, f"{now + timedelta(days=40)}")

    page = shop.browser().get(f"{ORDERS}/list/?view=calendar").text

    assert 'data-first-day="0"' in page
    assert f'href="{ORDERS}/show/{inside}"' in page
    assert f'href="{ORDERS}/show/{outside}"' not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_calendar_takes_the_same_statements_whatever_it_shows(
    shop: Shop, statements: Callable[[], list[str]], count: int
) -> None:
    for number in range(count):
        order_on(shop, f"2026-11-0{number + 1}")
    browser = shop.browser()
    browser.get(f"{ORDERS}/calendar", query_string=MONTH)
    statements()

    assert len(browser.get(f"{ORDERS}/calendar", query_string=MONTH).json["events"]) == count

    assert len(statements()) <= 5
