"""The target of a year is split over regions, people and months, issued, and revised."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bumen import (
    Days,
    IllegalTransition,
    Whose,
    change_record,
    create_record,
    run_action,
    session,
)
from bumen.unit_of_work import UnitOfWork
from bumen_base.models import Employee, Region
from bumen_sales.errors import (
    MonthIsNobodys,
    NothingWasSold,
    PartHasNoWhole,
    PartIsThere,
    RevisionNeedsReason,
    RevisionStaysInYear,
    TargetDoesNotAddUp,
    TargetIsNotSplit,
    YearHasNoTarget,
    YearHasTarget,
)
from bumen_sales.models import FigureTarget, Target, TargetedFigure, TargetState, target_in_force
from bumen_sales.resources import FigureTargets, Orders, Targets
from bumen_sales.services import (
    copy_from,
    issue_target,
    revise_target,
    spread_evenly,
    spread_like_last_year,
    target_in,
)

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


@dataclass
class Field:
    """Where people sell: Ann in the north, Bob and Cid in the south."""

    north: Region
    south: Region
    ann: Employee
    bob: Employee
    cid: Employee

    @property
    def people(self) -> list[dict[str, Any]]:
        """The parts of a target down to people, with nothing to bring yet."""
        found = [{"region_id": one.id} for one in (self.north, self.south)]
        for region, person in ((self.north, self.ann), (self.south, self.bob)):
            found.append({"region_id": region.id, "employee_id": person.id})
        return [*found, {"region_id": self.south.id, "employee_id": self.cid.id}]


@pytest.fixture
def sales(unit: UnitOfWork, make: Any) -> Field:
    """Where people sell."""
    people = [make.employee(name=one) for one in ("Ann", "Bob", "Cid")]
    return Field(make.region(name="North"), make.region(name="South"), *people)


def draft(amount: str = "1200.00", *, year: int = 2026, lines: Any = ()) -> Target:
    """Make the target of a year."""
    made: Target = create_record(
        Targets, {"year": year, "amount": amount, "lines": list(lines)}, by=None
    )
    return made


def told(target: Target, depth: int) -> dict[tuple[str, ...], str]:
    """Return the parts of a target so far down, by name."""
    found = {}
    for node in target.lines:
        names = (node.region.name, node.employee and node.employee.name, node.month)
        kept = tuple(str(one) for one in names if one is not None)
        if len(kept) == depth:
            found[kept] = f"{node.amount}"
    return found


def test_a_year_is_spread_evenly_over_regions_people_and_months(sales: Field) -> None:
    target = draft(lines=sales.people)

    spread_evenly(target, by=None)

    assert told(target, 1) == {("North",): "600.00", ("South",): "600.00"}
    assert told(target, 2) == {
        ("North", "Ann"): "600.00",
        ("South", "Bob"): "300.00",
        ("South", "Cid"): "300.00",
    }
    assert set(told(target, 3).values()) == {"50.00", "25.00"}
    assert len(target.lines) == 2 + 3 + 36


def order(make: Any, *, day: date, region: Region, person: Employee, price: int) -> None:
    """Make a confirmed order of a day."""
    product = make.product(list_price=price)
    made = make.order(
        **DELIVERY,
        ordered_on=day,
        region_id=region.id,
        salesperson_id=person.id,
        lines=[{"product_id": product.id, "quantity": "1"}],
    )
    run_action(Orders, made, "confirm", {}, by=None, version=made.version)


def test_a_year_is_spread_like_the_last_one(sales: Field, make: Any) -> None:
    order(make, day=date(2025, 3, 5), region=sales.north, person=sales.ann, price=300)
    order(make, day=date(2025, 5, 5), region=sales.south, person=sales.bob, price=600)
    order(make, day=date(2025, 7, 5), region=sales.south, person=sales.cid, price=300)
    order(make, day=date(2024, 7, 5), region=sales.south, person=sales.cid, price=900)
    target = draft()

    spread_like_last_year(target, by=None)

    assert told(target, 1) == {("North",): "300.00", ("South",): "900.00"}
    assert told(target, 2)[("South", "Bob")] == "600.00"
    months = {name: one for name, one in told(target, 3).items() if one != "0.00"}
    assert months == {
        ("North", "Ann", "3"): "300.00",
        ("South", "Bob", "5"): "600.00",
        ("South", "Cid", "7"): "300.00",
    }


def test_where_nothing_is_written_people_with_orders_share_the_year(
    sales: Field, make: Any
) -> None:
    sales.ann.region, sales.bob.region = sales.north, sales.south
    order(make, day=date(2025, 3, 5), region=sales.north, person=sales.ann, price=300)
    target = draft()

    spread_evenly(target, by=None)

    assert told(target, 2) == {("North", "Ann"): "1200.00"}


def test_a_target_is_copied_from_another_year_with_its_shares(sales: Field) -> None:
    source = draft("400.00", year=2025, lines=sales.people)
    spread_evenly(source, by=None)
    issue_target(source, by=None, at=AT)
    target = draft("1200.00")

    copy_from(target, by=None, year=2025)

    assert told(target, 1) == {("North",): "600.00", ("South",): "600.00"}
    assert len(target.lines) == len(source.lines)


def test_nothing_is_spread_like_a_year_of_which_nothing_is_known(sales: Field) -> None:
    target = draft()

    with pytest.raises(NothingWasSold):
        spread_like_last_year(target, by=None)
    with pytest.raises(YearHasNoTarget):
        copy_from(target, by=None, year=2025)
    with pytest.raises(TargetIsNotSplit):
        spread_evenly(target, by=None)


def test_a_target_is_issued_once_its_parts_add_up(unit: UnitOfWork, sales: Field) -> None:
    parts = sales.people
    for part, amount in zip(parts, ("700", "500", "700", "200", "250"), strict=True):
        part["amount"] = amount
    target = draft(lines=parts)

    with pytest.raises(TargetDoesNotAddUp) as refused:
        issue_target(target, by=unit.user, at=AT)

    south = str(sales.south)
    assert refused.value.message.in_language("en") == (
        f"The parts of {south} come to 450.00, not to 500.00."
    )
    assert target.state is TargetState.DRAFT

    target.lines[4].amount = Decimal(300)
    issue_target(target, by=unit.user, at=AT)

    assert (target.state, target.issued_at) == (TargetState.ISSUED, AT)
    with pytest.raises(IllegalTransition):
        issue_target(target, by=unit.user, at=AT)


def test_a_target_that_is_not_split_is_not_issued(sales: Field) -> None:
    with pytest.raises(TargetIsNotSplit):
        issue_target(draft(), by=None, at=AT)


def test_only_the_first_parts_that_do_not_add_up_are_named(sales: Field, make: Any) -> None:
    regions = [make.region(name=f"R{number}") for number in range(7)]
    parts: list[dict[str, Any]] = []
    for region in regions:
        parts.append({"region_id": region.id, "amount": "1"})
        parts.append({"region_id": region.id, "employee_id": sales.ann.id})

    with pytest.raises(TargetDoesNotAddUp) as refused:
        issue_target(draft("7", lines=parts), by=None, at=AT)

    said = refused.value.message.in_language("en")
    assert said.count("come to") == 5
    assert said.endswith("2 more do not add up.")


def test_issuing_a_target_writes_the_targets_of_figures(sales: Field) -> None:
    by_hand = {"figure": "turnover", "year": 2026, "target": "1", "employee_id": sales.ann.id}
    create_record(FigureTargets, by_hand, by=None)
    create_record(FigureTargets, by_hand | {"figure": "orders"}, by=None)
    target = draft(lines=sales.people)
    spread_evenly(target, by=None)

    issue_target(target, by=None, at=AT)
    session().flush()

    year, may = (
        Days(date(2026, 1, 1), date(2026, 12, 31)),
        Days(date(2026, 5, 1), date(2026, 5, 31)),
    )
    ann = Whose(person_id=sales.ann.id)
    reached = [target_in(TargetedFigure.TURNOVER, days, Whose()) for days in (year, may)]
    assert reached == [Decimal("1200.00"), Decimal("100.00")]
    assert target_in(TargetedFigure.TURNOVER, may, ann) == Decimal("50.00")
    assert target_in(TargetedFigure.ORDERS, year, ann) == Decimal("1.00")
    assert session().scalar(select(func.count(FigureTarget.id))) == 1 + 4 * 13


def test_a_revised_target_stays_and_the_new_one_counts_once_it_is_issued(sales: Field) -> None:
    first = draft(lines=sales.people)
    spread_evenly(first, by=None)
    issue_target(first, by=None, at=AT)

    revise_target(first, by=None, reason=" Cid leaves ")
    second = session().scalars(select(Target).where(Target.revision == 2)).one()
    still = session().scalars(target_in_force(2026)).one()
    for node in [one for one in second.lines if one.employee is sales.cid]:
        second.lines.remove(node)
    second.amount = Decimal(2400)
    spread_evenly(second, by=None)
    issue_target(second, by=None, at=AT)
    session().flush()

    assert (first.state, first.amount, second.revised_because) == (
        TargetState.REVISED,
        Decimal("1200.00"),
        "Cid leaves",
    )
    assert (still, session().scalars(target_in_force(2026)).one()) == (first, second)
    year = Days(date(2026, 1, 1), date(2026, 12, 31))
    aims = [
        target_in(TargetedFigure.TURNOVER, year, Whose(person_id=one.id))
        for one in (sales.ann, sales.bob, sales.cid)
    ]
    assert aims == [Decimal("1200.00"), Decimal("1200.00"), None]


def test_a_target_is_not_revised_without_a_reason_or_out_of_its_year(sales: Field) -> None:
    first = draft(lines=sales.people)
    spread_evenly(first, by=None)
    issue_target(first, by=None, at=AT)

    with pytest.raises(RevisionNeedsReason):
        revise_target(first, by=None, reason="  ")

    revise_target(first, by=None, reason="Crisis")
    second = session().scalars(select(Target).where(Target.revision == 2)).one()
    with pytest.raises(RevisionStaysInYear):
        change_record(Targets, second, {"year": 2027}, by=None, version=second.version)
    with pytest.raises(IllegalTransition):
        revise_target(first, by=None, reason="Again")


def test_a_year_has_one_target(sales: Field) -> None:
    draft()

    with pytest.raises(YearHasTarget):
        draft("5")


@pytest.mark.parametrize(
    ("parts", "refusal", "place"),
    [
        ([{}, {"month": 3}], MonthIsNobodys, "lines.1.employee_id"),
        ([{}, {}], PartIsThere, "lines.1.region_id"),
        ([{}, {"person": True, "month": 3}], PartHasNoWhole, "lines.1.region_id"),
        ([{"person": True}], PartHasNoWhole, "lines.0.region_id"),
    ],
)
def test_parts_that_do_not_fit_are_refused(
    sales: Field, parts: list[dict[str, Any]], refusal: type[Exception], place: str
) -> None:
    lines = [
        {"region_id": sales.north.id, "month": one.get("month")}
        | ({"employee_id": sales.ann.id} if one.get("person") else {})
        for one in parts
    ]

    with pytest.raises(refusal) as refused:
        draft(lines=lines)

    assert list(refused.value.fields) == [place]
