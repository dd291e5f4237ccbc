"""What is compared adds up: no amount of the days before is lost, whatever is shown of it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from bumen import CurrentCompany, run_action
from bumen.host import Host
from bumen.listing import Condition, Listing, Span
from bumen.reporting.sheets import sheet_of_answer
from bumen.reports import Compared, Most, Pivot, Question, checked, work_out
from bumen_sales.reports import SALES
from bumen_sales.resources import Orders

TODAY = date(2026, 11, 22)
_ALL, FEW = Most(), Most(rows=2)
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}

Sell = Callable[..., None]
Ask = Callable[..., Pivot]


@pytest.fixture
def sell(host: Host, company: CurrentCompany, make: Any) -> Sell:
    """A function that sells so many cups, of one each, on some days, to who has a name."""
    known: dict[str, int] = {}

    def sold(cups_by_day: Mapping[str, int], name: str = "Inn") -> None:
        with host.unit_of_work(company="TW01", by="admin") as unit:
            buyer = known.setdefault(name, 0) or make.customer(name=name).id
            known[name], tea = buyer, make.product(list_price=1).id
            for day, cups in cups_by_day.items():
                lines = [{"product_id": tea, "quantity": str(cups)}]
                said = DELIVERY | {"customer_id": buyer, "lines": lines}
                made = make.order(**said, ordered_on=date.fromisoformat(day))
                run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)

    return sold


@pytest.fixture
def ask(host: Host, company: CurrentCompany) -> Ask:
    """A function that asks what was sold, in which period, compared with which."""

    def asked(rows: str, period: str = "", compared: Any = None, *, most: Most = _ALL) -> Pivot:
        held = [Condition(field="ordered_on", operator="period", value=period)] if period else []
        question = Question(
            rows=rows,
            measures=("revenue",),
            listing=Listing(conditions=tuple(held)),
            compared=compared,
        )
        with host.unit_of_work(company="TW01", by="admin"):
            return work_out(checked(SALES, question), today=TODAY, most=most)

    return asked


def told(pivot: Pivot) -> dict[str, tuple[int, int]]:
    """Return what each row comes to now, and came to before."""
    return {
        one.name or one.value: (cell.values["revenue"], cell.before["revenue"])
        for one, cell in zip(pivot.rows, pivot.row_totals, strict=True)
    }


def test_the_last_days_of_a_long_month_are_compared_with_the_last_of_a_short_one(
    sell: Sell, ask: Ask
) -> None:
    last = {"2026-01-28": 1, "2026-01-29": 10, "2026-01-30": 100, "2026-01-31": 1_000}
    sell(last | {"2026-02-28": 10_000})

    found = ask("ordered_on.day", "2026-02", Compared.PREVIOUS)

    assert told(found) == {"2026-02-28": (10_000, 1_111)}
    assert found.total.before == {"revenue": Decimal(1_111)}


def test_what_the_rows_were_before_adds_up_to_the_whole(sell: Sell, ask: Ask) -> None:
    days = "2022-12-31 2023-02-28 2023-03-01 2023-03-31 2023-12-31 2024-01-31 2024-02-29"
    every = [*days.split(), "2024-03-01", "2024-03-29"]
    sell({day: 2**number for number, day in enumerate(every)})

    periods = ("2024-02", "2024-03", "2024-Q1", "2024", "2024-03-01", "2024-01-01")
    wholes = []
    for period, compared in product(periods, Compared):
        for span in Span:
            found = ask(f"ordered_on.{span}", period, compared)
            wholes.append(found.total.before["revenue"])
            assert sum(before for _now, before in told(found).values()) == wholes[-1], period
    assert sum(map(bool, wholes)) > len(wholes) / 2


def test_who_is_large_now_and_was_small_is_told_what_it_was(sell: Sell, ask: Ask) -> None:
    for number, name in enumerate(("A", "B", "C", "D")):
        sell({"2025-11-20": 1 + number, "2026-11-20": 100 - number}, name)
    sell({"2025-11-20": 50}, "E")

    found = ask("customer", "2026", Compared.YEAR, most=FEW)

    assert list(told(found).values()) == [(100, 1), (99, 2)]
    assert [(one.values["revenue"], one.before["revenue"]) for one in found.others] == [(195, 57)]
    assert found.more_rows


def test_who_buys_now_is_told_what_it_was_however_many_bought_before(sell: Sell, ask: Ask) -> None:
    for number, name in enumerate(("A", "B", "C", "D")):
        sell({"2025-11-20": 10 + number}, name)
    sell({"2025-11-20": 1, "2026-11-20": 5}, "E")

    found = ask("customer", "2026", Compared.YEAR, most=FEW)

    assert next(iter(told(found).values())) == (5, 1)
    assert found.total.before == {"revenue": Decimal(47)}


def test_of_very_many_days_the_latest_are_shown(sell: Sell, ask: Ask) -> None:
    sell(dict.fromkeys(("2026-01-05", "2026-03-09", "2026-07-01", "2026-11-20"), 1))

    found = ask("ordered_on.day", most=FEW)

    assert [one.value for one in found.rows] == ["2026-07-01", "2026-11-20"]
    assert found.more_rows
    assert found.in_time


def test_a_page_has_no_more_cells_than_people_look_at(sell: Sell, ask: Ask) -> None:
    for cups, name in enumerate("ABC", 1):
        sell({"2026-11-20": cups}, name)

    found = ask("customer", most=Most(cells=2))

    assert [cell.values["revenue"] for cell in found.row_totals] == [3, 2]
    assert found.total.values["revenue"] == 6


def test_a_file_adds_up_to_its_total(host: Host, sell: Sell, ask: Ask) -> None:
    for number, name in enumerate("ABCDE"):
        sell({"2026-11-20": 2**number}, name)
    found = ask("customer", most=FEW)
    with host.unit_of_work(company="TW01", by="admin"):
        *parts, (total, whole) = sheet_of_answer(found, SALES).rows

    assert [value for _name, value in parts] == [16, 8, 7]
    assert (str(total), whole) == ("總計", 31)


def test_the_first_and_the_last_year_there_is_are_no_fault(ask: Ask) -> None:
    periods = ("9999", "9999-12", "9999-Q4", "9999-12-31", "0001", "0001-01", "0001-01-01")
    for period, compared in product(periods, Compared):
        for rows in ("state", *(f"ordered_on.{span}" for span in Span)):
            assert ask(rows, period, compared).rows == [], (period, rows)
