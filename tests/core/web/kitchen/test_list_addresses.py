"""Addresses of lists: what they ask for, in which words they tell it, and how they change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from werkzeug.datastructures import MultiDict

from bumen.errors import Malformed
from bumen.listing import Condition
from bumen.web.list_address import ListAddress
from bumen.web.store import Store
from kitchen.resources import Dishes, Suppliers
from tests.core.web.addresses import address, codes, working
from tests.core.web.kitchens import Kitchen


def told(*arguments: str) -> list[str]:
    """Tell the conditions of an address."""
    every = address(*arguments).conditions
    return [f"{one.label} {one.operator} {one.value_text}".strip() for one in every]


def test_conditions_are_told_in_the_readers_words(kitchen: Kitchen) -> None:
    farm, mill = kitchen.supplier("Farm"), kitchen.supplier("Mill")

    with working(kitchen):
        assert told("filter.course=main", "filter.course=starter") == [
            "Course is Main course or Starter"
        ]
        assert told(f"filter.supplier={farm}", f"filter.supplier={mill}") == [
            "Supplier is Farm or Mill"
        ]
        assert told("filter.name=a", "filter.price.ge=1,000", "filter.launched.empty=1") == [
            "Name contains a",
            "Price is at least NT$1,000",
            "On the menu since is empty",
        ]
        assert told("filter.launched.period=this_week", "filter.launched.period=2026-Q4") == [
            "On the menu since is in this week",
            "On the menu since is in Q4 2026",
        ]
        assert told("filter.vegan=0") == ["Vegan is No"]


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
def test_spans_of_time_are_told_in_chinese(kitchen: Kitchen, language: str) -> None:
    with working(kitchen, language):
        (month,) = address("filter.launched.period=2026-11").conditions
        (day,) = address("filter.launched.ge=2026-11-21").conditions

        assert (month.value_text, day.value_text) == ("2026年11月", "2026/11/21")


def test_a_condition_is_left_out_alone(kitchen: Kitchen) -> None:
    asked = (
        "q=tea",
        "filter.course=main",
        "filter.launched.period=2026",
        "filter.launched.period=2026-11",
        "after=AAAA",
        "at=26",
    )
    with working(kitchen):
        course, year, month = address(*asked).conditions

        both = ["2026", "2026-11"]
        assert course.without == {"q": "tea", "filter.launched.period": both}
        rest = {"q": "tea", "filter.course": "main"}
        assert year.without == {**rest, "filter.launched.period": ["2026-11"]}
        assert month.without == {**rest, "filter.launched.period": ["2026"]}
        assert address(*asked).unfiltered() == {"q": "tea"}


def test_a_place_in_the_list_is_kept_only_while_the_list_stays_as_it_is(kitchen: Kitchen) -> None:
    with working(kitchen):
        here = address("q=tea", "after=AAAA", "at=26", "size=50", "columns=code,name")
        rest = {"q": "tea", "size": "50", "columns": "code,name"}

        assert here.query() == {**rest, "after": "AAAA", "at": "26"}
        assert here.query(columns="code")["after"] == "AAAA"
        assert here.query(before="BBBB", at=1) == {**rest, "before": "BBBB", "at": "1"}
        assert here.query(last=1) == {**rest, "last": "1"}
        assert here.query(after=None) == rest
        assert here.query(size=None) == {"q": "tea", "columns": "code,name"}
        assert here.sorting("name") == {**rest, "sort": "name"}


def test_columns_are_chosen_and_the_others_offered(kitchen: Kitchen) -> None:
    with working(kitchen):
        usual, chosen = address(), address("columns=price,recipe", "columns=code")

        assert tuple(usual.columns) == Dishes.columns
        assert tuple(chosen.columns) == ("price", "recipe", "code")
        offered = [name for name, _label in chosen.chooseable()]
        assert offered[:3] == ["price", "recipe", "code"]
        assert {"name", "season", "created_at", "id"} < set(offered)
        assert not {"version", "created_by_id", "company_id"} & set(offered)


def test_secrets_are_no_columns(kitchen: Kitchen) -> None:
    with working(kitchen):
        here = ListAddress(Suppliers, MultiDict())

        assert "pin" not in dict(here.chooseable())
        with pytest.raises(Malformed):
            ListAddress(Suppliers, MultiDict({"columns": "pin"}))


def test_a_group_is_opened_by_its_rows_alone(kitchen: Kitchen) -> None:
    for code, day, course in (("A", 1, "main"), ("B", 2, "main"), ("C", 30, "starter")):
        kitchen.dish(code=code, launched=date(2026, 11, day).isoformat(), course=course)
    kitchen.dish(code="D", launched=None)

    with working(kitchen), time_machine.travel("2026-11-02T04:00:00+00:00"):
        for arguments in (
            ("group=course",),
            ("group=launched.month",),
            ("group=launched.month", "filter.launched.period=this_week"),
            ("group=course", "filter.course=main", "filter.course=starter"),
            ("group=spicy", "q=soup"),
            ("group=supplier",),
        ):
            here = address(*arguments)
            for group in Store(Dishes).groups(here.listing):
                opened = here.query(group=None, **here.narrowing(group.condition))
                inside = ListAddress(Dishes, MultiDict(opened))
                rows = Store(Dishes).page(inside.listing).rows
                assert len(rows) == group.count > 0, (arguments, group)


def test_the_last_page_has_what_is_left(kitchen: Kitchen) -> None:
    for number in range(7):
        kitchen.dish(code=f"D{number}")

    with working(kitchen):
        assert codes("size=3", "last=1") == ["D6"]
        assert codes("size=7", "last=1") == [f"D{number}" for number in range(7)]
        page = Store(Dishes).page(address("size=3", "sort=code", "last=1").listing)
        assert page.next == ""
        assert codes("size=3", f"before={page.previous}") == ["D3", "D4", "D5"]


@pytest.mark.parametrize(
    "asked",
    [
        "page=2",
        "view=board2",
        "view=pivot",
        "group=name",
        "group=launched",
        "saved=mine",
        "at=first",
        "at=-1",
        "last=yes",
        "columns=nothing",
        "columns=version",
        "filter.course.period=today",
        "filter.name.period=today",
        "filter.course.in.x=main",
        "filter.launched.empty=maybe",
        "filter.launched.period=someday",
        "filter.vegan.in=2",
        "filter.supplier.in=Farm",
    ],
)
def test_what_is_not_offered_is_refused(kitchen: Kitchen, asked: str) -> None:
    with working(kitchen), pytest.raises(Malformed):
        Store(Dishes).page(address(asked).listing)


def test_blank_arguments_ask_for_nothing(kitchen: Kitchen) -> None:
    with working(kitchen):
        here = address("q= ", "filter.price.ge=", "filter.course=", "after=", "columns=", "saved=0")

        assert here.listing.conditions == ()
        assert not here.is_narrowed
        assert (here.saved, here.query()) == (0, {"saved": "0"})


def test_names_are_read_with_one_statement_for_each_model(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    farm, mill = kitchen.supplier("Farm"), kitchen.supplier("Mill")

    with working(kitchen):
        here = address(f"filter.supplier={farm}", f"filter.supplier.neq={mill}", "filter.name=a")
        statements()

        assert [one.value_text for one in (*here.conditions, *here.conditions)][:2] == [
            "Farm",
            "Mill",
        ]
        assert len(statements()) == 1


def test_conditions_of_the_listing_are_those_of_the_address(kitchen: Kitchen) -> None:
    with working(kitchen):
        here = address("filter.course=main", "filter.price.ge=1,000", "sort=-price", "group=vegan")

        assert here.listing.conditions == (
            Condition(field="course", operator="eq", value="main"),
            Condition(field="price", operator="ge", value="1000"),
        )
        assert (here.listing.order, here.group, here.view) == ("-price", "vegan", "list")
