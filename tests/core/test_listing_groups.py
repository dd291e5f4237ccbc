"""Groups and totals: what is counted and added up is what plain reckoning finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bumen.errors import Malformed
from bumen.host import Host
from bumen.listing import (
    Condition,
    Gathered,
    GroupKey,
    Listing,
    Span,
    count_of,
    gathered,
    group_keys,
    groups_of,
    totals_of,
)
from bumen.listing.keys import every_group_key
from bumen.model.describe import Kind, fields_of
from bumen.registry import Candidate, installed_candidates
from bumen.resource import Resource
from bumen.testing.makers import make_user
from bumen.testing.samples import Samples
from bumen.unit_of_work import CurrentCompany, UnitOfWork, session
from kitchen.models import Course, Dish
from kitchen.resources import Dishes
from tests.core.varied import make_varied, telling

TAIPEI = ZoneInfo("Asia/Taipei")
SPELLED: dict[Span, Callable[[Any], str]] = {
    Span.DAY: lambda day: day.isoformat(),
    Span.MONTH: lambda day: f"{day:%Y-%m}",
    Span.QUARTER: lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    Span.YEAR: lambda day: f"{day.year}",
}


class Priced(Dishes):
    """Dishes, with everything added up that can be."""

    totals = ("price", "weight", "margin", "servings")


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The installed departments, and the kitchen, which has a field of every kind."""
    return (*installed_candidates(), Candidate("kitchen", "kitchen"))


@pytest.fixture
def samples(host: Host) -> Samples:
    """Samples that know what codes of dishes look like."""
    codes = iter(range(1, 10_000))
    special = {f"kitchen.{one}.code": lambda: f"D{next(codes)}" for one in ("dishes", "priced")}
    return Samples(host.registry, special)


def groups(resource: type[Resource], listing: Listing) -> list[Gathered]:
    """Read the groups of a list."""
    return gathered(resource, listing, session().execute(groups_of(resource, listing)).all())


def plainly(resource: type[Resource], key: GroupKey) -> dict[Any, tuple[int, dict[str, Decimal]]]:
    """Gather all records one by one: how many are alike, and what they come to."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for record in session().scalars(select(resource.model)):
        value = getattr(record, key.field.key)
        if key.span is not None and value is not None:
            day = value.astimezone(TAIPEI) if key.field.kind is Kind.MOMENT else value
            value = SPELLED[key.span](day if key.field.kind is Kind.DATE else day.date())
        found[value].append(record)
    return {value: (len(rows), sums(resource, rows)) for value, rows in found.items()}


def sums(resource: type[Resource], records: list[Any]) -> dict[str, Decimal]:
    """Add up the totals of some records one by one."""
    return {
        name: sum((getattr(one, name) or Decimal(0) for one in records), Decimal(0))
        for name in resource.totals
    }


def dish(samples: Samples, **values: Any) -> Dish:
    """Keep a dish with some values that no form would ask for."""
    made: Dish = samples.record(Dishes)
    for name, value in values.items():
        setattr(made, name, value)
    session().flush()
    return made


def test_groups_are_what_one_finds_by_looking_at_every_record(
    host: Host, samples: Samples, other_company: CurrentCompany, unit: UnitOfWork
) -> None:
    for resource in (*telling(host.registry.resources.values()), Dishes, Priced):
        make_varied(samples, resource, number=11)
        for name, key in every_group_key(resource).items():
            found = groups(resource, Listing(group=name, archived=True))
            plain = plainly(resource, key)

            assert {one.value: (one.count, dict(one.totals)) for one in found} == plain, name
            for one in found:
                narrowed = Listing(conditions=(one.condition,), archived=True)
                assert session().scalar(count_of(resource, narrowed)) == one.count, (name, one)


def test_groups_name_what_they_refer_to(samples: Samples, unit: UnitOfWork) -> None:
    make_varied(samples, Dishes, number=7)

    found = {one.value: one.name for one in groups(Dishes, Listing(group="supplier"))}

    named = {
        one.supplier_id: one.supplier.name
        for one in session().scalars(select(Dish))
        if one.supplier
    }
    assert found == {None: "", **named}


def test_groups_are_those_of_the_list_as_it_is_narrowed(samples: Samples, unit: UnitOfWork) -> None:
    make_varied(samples, Dishes, number=9)
    listing = Listing(conditions=(Condition(field="vegan", operator="eq", value=True),))

    found = groups(Dishes, replace(listing, group="course"))

    assert sum(one.count for one in found) == session().scalar(count_of(Dishes, listing)) < 9
    vegan = [one.course for one in session().scalars(select(Dish)) if one.vegan]
    assert {one.value: one.count for one in found} == {one: vegan.count(one) for one in set(vegan)}


def test_choices_come_as_they_are_declared_and_days_newest_first(
    samples: Samples, unit: UnitOfWork
) -> None:
    days = [date(2026, 11, 21), None, date(2025, 12, 31), date(2026, 1, 1)]
    for season, day in zip((Course.MAIN, None, Course.MAIN, Course.STARTER), days, strict=True):
        dish(samples, season=season, launched=day, spicy=None if day is None else day.year == 2025)

    def values(group: str) -> list[Any]:
        return [one.value for one in groups(Dishes, Listing(group=group))]

    assert values("season") == [Course.STARTER, Course.MAIN, None]
    assert values("launched.quarter") == ["2026-Q4", "2026-Q1", "2025-Q4", None]
    assert values("spicy") == [True, False, None]


def test_references_come_by_how_many_there_are(samples: Samples, unit: UnitOfWork) -> None:
    few, many = (samples.record(samples.registry.resources["kitchen.suppliers"]) for _ in "ab")
    for supplier in (few, many, many, None, None, None):
        dish(samples, supplier=supplier)

    found = groups(Dishes, Listing(group="supplier"))

    assert [(one.value, one.count) for one in found] == [(None, 3), (many.id, 2), (few.id, 1)]


def test_a_moment_belongs_to_the_day_of_the_companys_clocks(
    samples: Samples, unit: UnitOfWork
) -> None:
    for hour in (15, 16):
        dish(samples, served_at=datetime(2026, 12, 31, hour, 59, 59, 999_999, tzinfo=UTC))

    years = groups(Dishes, Listing(group="served_at.year"))
    days = groups(Dishes, Listing(group="served_at.day"))

    assert [one.value for one in years] == ["2027", "2026"]
    assert [one.value for one in days] == ["2027-01-01", "2026-12-31"]


def test_no_more_groups_than_people_look_at(
    samples: Samples, unit: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bumen.listing.groups.MOST_GROUPS", 2)
    for day in (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)):
        dish(samples, launched=day)
    listing = Listing(group="launched.month")

    rows = session().execute(groups_of(Dishes, listing)).all()

    assert len(rows) == 3
    assert [one.value for one in gathered(Dishes, listing, rows)] == ["2026-04", "2026-03"]


def test_totals_are_exact_however_large_they_grow(samples: Samples, unit: UnitOfWork) -> None:
    most, heaviest = Decimal("9999999999999999.99"), Decimal("-999999999999999.999")
    for price in (*[most] * 13, Decimal("0.01")):
        dish(samples, price=price, weight=heaviest, course=Course.MAIN)

    count, *amounts = session().execute(totals_of(Priced, Listing())).one()
    (group,) = groups(Priced, Listing(group="course"))

    assert (count, *amounts) == (14, most * 13 + Decimal("0.01"), heaviest * 14, 0, 28)
    assert list(group.totals.values()) == amounts


def test_nothing_comes_to_nothing(unit: UnitOfWork) -> None:
    assert session().execute(totals_of(Priced, Listing())).one() == (0, 0, 0, 0, 0)
    assert groups(Priced, Listing(group="course")) == []


def test_groups_and_totals_leave_out_what_one_may_not_see(
    host: Host, samples: Samples, company: CurrentCompany
) -> None:
    make_user(host, "vera", company=company.code)
    resource = host.registry.resources["base.customers"]
    for name, number in (("admin", 3), ("vera", 2)):
        with host.unit_of_work(company=company.code, by=name):
            for _number in range(number):
                samples.record(resource)

    with host.unit_of_work(company=company.code, by="vera") as unit:
        everybody = groups(resource, Listing(group="state"))
        unit.may = lambda _verb, _view: False
        (mine,) = groups(resource, Listing(group="state"))
        (count, *_sums) = session().execute(totals_of(resource, Listing())).one()

    assert sum(one.count for one in everybody) == 5
    assert (mine.count, count) == (2, 2)


@pytest.mark.parametrize(
    "group", ["name", "nothing", "course.month", "launched", "launched.week", "company_id", "pin"]
)
def test_what_cannot_be_grouped_by_is_refused(unit: UnitOfWork, group: str) -> None:
    with pytest.raises(Malformed):
        groups_of(Dishes, Listing(group=group))


def test_what_makes_sense_is_offered_where_nothing_is_declared() -> None:
    spans = ("month", "quarter", "year", "day")
    expected = ["course", "vegan", *(f"served_at.{one}" for one in spans), "supplier"]
    expected += [*(f"launched.{one}" for one in spans), "spicy"]

    assert list(group_keys(Dishes)) == expected


def test_what_is_declared_is_offered_and_nothing_else() -> None:
    class Grouped(Dishes):
        grouped = ("season", "launched.year", "served_at")

    spans = ("month", "quarter", "year", "day")
    expected = ["season", "launched.year", *(f"served_at.{one}" for one in spans)]
    assert list(group_keys(Grouped)) == expected
    assert {fields_of(Dish)[key.field.name].kind for key in group_keys(Grouped).values()} == {
        Kind.CHOICE,
        Kind.DATE,
        Kind.MOMENT,
    }
