"""Periods are those of the company: of its clocks, and of its country's weeks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from bumen.testing.workbench import Workbench
from tests.core.web.kitchens import PLUGINS

List = Callable[..., list[str]]
COMPANIES = {
    "TW01": {"country": "TW", "currency": "TWD", "locale": "zh_Hant"},
    "CN01": {"country": "CN", "currency": "CNY", "locale": "zh_Hans"},
    "US01": {"country": "US", "currency": "USD", "locale": "en"},
}
DISHES = "/api/v1/kitchen/dishes/"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def listed(host: Host, workbench: Workbench) -> List:
    """Open kitchens in three countries; return a function that lists codes of dishes of one."""
    app = workbench.app(host)
    for code, about in COMPANIES.items():
        make_company(host, code=code, plugins=["kitchen"], **about)
        make_administrator(host, f"cook-{code}", company=code)

    def codes(company: str, field: str, dishes: dict[str, str], period: str) -> list[str]:
        """Keep dishes with a value in a field, and list those of a period."""
        browser = signed_in(app, host, f"cook-{company}")
        for code, value in dishes.items():
            dish = {"code": code, "name": code, "course": "main", "price": "1", field: value}
            made = browser.post(DISHES, json=dish)
            assert made.status_code == 201, made.text
        q = f"(filters:!((col:{field},opr:period,value:'{period}')),order_column:code)"
        page: Any = browser.get(f"{DISHES}?q={q}")
        assert page.status_code == 200, page.text
        at = f"/kitchen/dishes/list/?sort=code&filter.{field}.period={period}"
        assert browser.get(at).status_code == 200
        return [row["code"] for row in page.json["result"]]

    return codes


@time_machine.travel("2026-12-31T16:30:00+00:00", tick=False)
def test_a_new_year_begins_when_the_companys_clocks_say_so(listed: List) -> None:
    days = {"EVE": "2026-12-31", "NEW": "2027-01-01"}

    assert listed("TW01", "launched", days, "today") == ["NEW"]
    assert listed("US01", "launched", days, "today") == ["EVE"]
    assert listed("TW01", "launched", {}, "last_year") == ["EVE"]
    assert listed("US01", "launched", {}, "this_quarter") == ["EVE"]


@time_machine.travel("2026-11-22T04:00:00+00:00", tick=False)
def test_a_sunday_begins_a_week_in_taiwan_and_ends_one_on_the_mainland(listed: List) -> None:
    days = {"SAT": "2026-11-21", "SUN": "2026-11-22", "MON": "2026-11-23"}

    assert listed("TW01", "launched", days, "this_week") == ["MON", "SUN"]
    assert listed("CN01", "launched", days, "this_week") == ["SAT", "SUN"]
    assert listed("TW01", "launched", {}, "last_week") == ["SAT"]
    assert listed("CN01", "launched", {}, "next_7_days") == ["MON", "SUN"]


@time_machine.travel("2026-11-20T16:00:00+00:00", tick=False)
def test_moments_lie_on_the_days_of_the_company(listed: List) -> None:
    moments = {
        "A": "2026-11-20T23:59:59.999999+08:00",
        "B": "2026-11-21T00:00:00+08:00",
        "C": "2026-11-21T23:59:59.999999+08:00",
        "D": "2026-11-22T00:00:00+08:00",
    }

    assert listed("TW01", "served_at", moments, "today") == ["B", "C"]
    assert listed("TW01", "served_at", {}, "yesterday") == ["A"]
    assert listed("TW01", "served_at", {}, "2026-11-22") == ["D"]
    assert listed("TW01", "served_at", {}, "2026") == ["A", "B", "C", "D"]


@time_machine.travel("2026-11-01T12:00:00+00:00", tick=False)
def test_a_day_is_as_long_as_clocks_make_it(listed: List) -> None:
    """On this day New York sets its clocks back: it has 25 hours."""
    moments = {"A": "2026-11-01T04:00:00+00:00", "B": "2026-11-02T04:59:59+00:00"}
    beyond = {"C": "2026-11-01T03:59:59+00:00", "D": "2026-11-02T05:00:00+00:00"}

    assert listed("US01", "served_at", {**moments, **beyond}, "today") == ["A", "B"]


@time_machine.travel("2026-11-01T12:00:00+00:00", tick=False)
def test_the_ends_of_time_are_within_reach(listed: List) -> None:
    days = {"A": "0001-01-01", "Z": "9999-12-31"}

    assert listed("TW01", "launched", days, "9999") == ["Z"]
    assert listed("TW01", "launched", {}, "0001-01-01") == ["A"]
    moments = {"Y": "0001-01-02T12:00:00+00:00", "X": "9999-12-30T12:00:00+00:00"}
    assert listed("TW01", "served_at", moments, "9999-Q4") == ["X"]
    assert listed("TW01", "served_at", {}, "0001") == ["Y"]


@pytest.mark.parametrize("period", ["", "soon", "THIS_WEEK", "2026-Q5", "2026-02-30", "0000"])
def test_what_is_no_period_is_refused(listed: List, period: str) -> None:
    with pytest.raises(AssertionError, match="malformed"):
        listed("TW01", "launched", {}, period)
