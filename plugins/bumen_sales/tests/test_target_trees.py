"""The target of a year is split over regions, people and months, issued, and revised."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bumen import Days, IllegalTransition, Whose, change_record, create_record, session
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import (
    MonthIsNobodys,
    PartHasNoWhole,
    PartIsThere,
    RevisionNeedsReason,
    RevisionStaysInYear,
    TargetDoesNotAddUp,
    TargetIsNotSplit,
    YearHasTarget,
)
from bumen_sales.models import FigureTarget, Target, TargetedFigure, TargetState, target_in_force
from bumen_sales.resources import FigureTargets, Targets
from bumen_sales.services import issue_target, revise_target, spread_evenly, target_in
from bumen_sales.tests.targeted import AT, Field, draft


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
