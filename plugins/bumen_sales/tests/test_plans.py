"""Salespeople plan what they sell; whoever leads them returns, adjusts, approves and issues it."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, IllegalTransition, create_record, run_action, session
from bumen.errors import BusinessError, StaleVersion
from bumen.host import Host
from bumen.notices.models import Notice
from bumen.testing.makers import make_user
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import (
    AdjustmentNeedsReason,
    MonthIsOutsidePeriod,
    NothingIsAdjusted,
    PlanHasNoSuchLine,
    PlanIsEmpty,
    PlanIsNobodys,
    ProductsAreArchived,
    StrategyIsIncomplete,
)
from bumen_sales.models import Plan, PlanAdjustment, PlanState, StrategyState
from bumen_sales.resources import FigureTargets, Plans, Strategies
from bumen_sales.services import (
    acknowledge_plan,
    adjust_plan,
    approve_plan,
    approve_strategy,
    issue_plan,
    return_plan,
    submit_plan,
)

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
API = "/api/v1/sales/plans"


@pytest.fixture
def plan(unit: UnitOfWork, make: Any) -> Plan:
    """Ann's plan of the first quarter: 10 boxes in January, 5 in March at another price."""
    person, region = make.employee(name="Ann"), make.region(name="North")
    customer = make.customer(region_id=region.id)
    aimed = {"figure": "turnover", "year": 2026, "target": "8000", "employee_id": person.id}
    create_record(FigureTargets, aimed, by=None)
    line = {"customer_id": customer.id, "product_id": make.product().id}
    lines = [
        line | {"month": 1, "quantity": "10"},
        line | {"month": 3, "quantity": "5", "amount": "450.00"},
    ]
    said = {"person_id": person.id, "year": 2026, "period": "q1", "lines": lines}
    made: Plan = create_record(Plans, said, by=unit.user)
    return made


def test_a_plan_is_added_up_and_held_against_the_target_of_its_period(plan: Plan) -> None:
    assert plan.number == "SP-2026-0001"
    assert [line.amount for line in plan.lines] == [Decimal("1000.00"), Decimal("450.00")]
    assert [line.region and line.region.name for line in plan.lines] == ["North", "North"]
    assert (plan.total, plan.target) == (Decimal("1450.00"), Decimal("2000.00"))
    assert plan.attained == Decimal("72.50")


def test_without_a_target_a_plan_is_held_against_nothing(unit: UnitOfWork, make: Any) -> None:
    said = {"person_id": make.employee().id, "year": 2026}

    made = create_record(Plans, said, by=unit.user)

    assert (made.target, made.attained) == (None, None)


def test_months_out_of_the_period_are_refused(unit: UnitOfWork, make: Any) -> None:
    line = {"customer_id": make.customer().id, "product_id": make.product().id, "quantity": "1"}
    said = {"person_id": make.employee().id, "year": 2026, "period": "q2"}

    with pytest.raises(MonthIsOutsidePeriod) as refused:
        create_record(Plans, said | {"lines": [line | {"month": 3}]}, by=unit.user)

    assert list(refused.value.fields) == ["lines.0.month"]
    made = create_record(Plans, said | {"lines": [line | {"month": 4}]}, by=unit.user)
    assert made.lines[0].month == 4


def test_a_plan_of_nobody_is_not_submitted(unit: UnitOfWork) -> None:
    made = create_record(Plans, {"year": 2026}, by=unit.user)

    with pytest.raises(PlanIsNobodys):
        submit_plan(made, by=unit.user)


def test_an_empty_plan_is_not_submitted(unit: UnitOfWork, plan: Plan) -> None:
    plan.lines.clear()

    with pytest.raises(PlanIsEmpty):
        submit_plan(plan, by=unit.user)

    assert plan.state is PlanState.DRAFT


def test_what_is_no_longer_sold_is_not_planned(unit: UnitOfWork, plan: Plan) -> None:
    plan.lines[0].product.active = False

    with pytest.raises(ProductsAreArchived) as refused:
        submit_plan(plan, by=unit.user)

    assert list(refused.value.fields) == ["lines.0.product_id", "lines.1.product_id"]


def test_a_manager_adjusts_a_submitted_plan_and_both_are_kept(unit: UnitOfWork, plan: Plan) -> None:
    submit_plan(plan, by=unit.user)

    adjust_plan(plan, by=unit.user, at=AT, line=2, quantity=Decimal(8), reason=" They grow ")
    adjust_plan(plan, by=unit.user, at=AT, line=1, amount=Decimal(900), reason="Rebate")

    first, second = plan.lines
    assert (first.quantity, first.amount) == (Decimal(10), Decimal(900))
    assert (second.quantity, second.amount) == (Decimal(8), Decimal("720.00"))
    assert (second.submitted_quantity, second.submitted_amount) == (Decimal(5), Decimal(450))
    assert (plan.state, plan.total) == (PlanState.SUBMITTED, Decimal("1620.00"))
    kept = session().scalars(select(PlanAdjustment).order_by(PlanAdjustment.id)).all()
    assert [
        (one.line, one.quantity_before, one.quantity_after, one.amount_before, one.amount_after)
        for one in kept
    ] == [(2, 5, 8, 450, 720), (1, 10, 10, 1000, 900)]
    assert (kept[0].reason, kept[0].at, kept[0].by) == ("They grow", AT, unit.user)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"line": 3, "quantity": Decimal(1), "reason": "No"}, PlanHasNoSuchLine),
        ({"line": 0, "quantity": Decimal(1), "reason": "No"}, PlanHasNoSuchLine),
        ({"line": 1, "reason": "No"}, NothingIsAdjusted),
        ({"line": 1, "quantity": Decimal(10), "reason": "No"}, NothingIsAdjusted),
        ({"line": 1, "quantity": Decimal(9), "reason": " "}, AdjustmentNeedsReason),
    ],
)
def test_an_adjustment_that_says_nothing_is_refused(
    unit: UnitOfWork, plan: Plan, said: dict[str, Any], refusal: type[Exception]
) -> None:
    submit_plan(plan, by=unit.user)

    with pytest.raises(refusal):
        adjust_plan(plan, by=unit.user, at=AT, **said)


def test_only_submitted_plans_are_adjusted_returned_or_approved(
    unit: UnitOfWork, plan: Plan
) -> None:
    with pytest.raises(IllegalTransition):
        adjust_plan(plan, by=unit.user, at=AT, line=1, quantity=Decimal(1), reason="Early")
    with pytest.raises(IllegalTransition):
        approve_plan(plan, by=unit.user)

    submit_plan(plan, by=unit.user)
    with pytest.raises(IllegalTransition):
        submit_plan(plan, by=unit.user)
    return_plan(plan, by=unit.user, opinion="Too much")
    assert plan.state is PlanState.DRAFT


def test_a_plan_is_acknowledged_once(unit: UnitOfWork, plan: Plan) -> None:
    submit_plan(plan, by=unit.user)
    approve_plan(plan, by=unit.user)
    issue_plan(plan, by=unit.user, at=AT)

    acknowledge_plan(plan, by=unit.user, at=AT)

    assert (plan.issued_at, plan.acknowledged_at, plan.acknowledged_by) == (AT, AT, unit.user)
    with pytest.raises(BusinessError):
        acknowledge_plan(plan, by=unit.user, at=AT)


def test_a_strategy_is_approved_once_it_says_everything(unit: UnitOfWork) -> None:
    said = {"year": 2026, "title": "More direct", "channels": "Own shops"}
    made = create_record(Strategies, said, by=unit.user)

    with pytest.raises(StrategyIsIncomplete) as refused:
        approve_strategy(made, by=unit.user, at=AT)

    assert list(refused.value.fields) == ["pricing", "promotions"]
    made.pricing, made.promotions = "List price", "New year"
    approve_strategy(made, by=unit.user, at=AT)
    assert (made.state, made.approved_at, made.approved_by, made.number) == (
        StrategyState.APPROVED,
        AT,
        unit.user,
        "SS-2026-001",
    )


@pytest.fixture
def team(host: Host, company: CurrentCompany, make: Any) -> dict[str, int]:
    """Ann, who sells, and Max, who leads her, with accounts; a customer and a product."""
    ann = make_user(host, "ann", company="TW01", roles=["sales.salesperson"])
    boss = make_user(host, "max", company="TW01", roles=["sales.manager"])
    with host.unit_of_work(company="TW01", by="admin"):
        leads = make.employee(name="Max", user_id=boss.id)
        person = make.employee(name="Ann", user_id=ann.id, superior_id=leads.id)
        return {
            "person": person.id,
            "customer": make.customer(salesperson_id=person.id).id,
            "product": make.product().id,
        }


def planned_by(ann: Any, team: dict[str, int]) -> dict[str, Any]:
    """Have Ann plan ten boxes for a month of the first quarter; returns the plan."""
    line = {"customer_id": team["customer"], "product_id": team["product"], "month": 2}
    said = {"year": 2026, "period": "q1", "lines": [line | {"quantity": "10"}]}
    plan: dict[str, Any] = ann.post(f"{API}/", json=said).json["result"]
    return plan


def done(address: str, who: Any, verb: str, status: int = 200, **more: Any) -> Any:
    """Do something with the plan at an address as it is now; returns the plan, if it was done."""
    version = who.get(address).json["result"]["version"]
    answer = who.post(f"{address}/actions/{verb}", json={"version": version, **more})
    assert answer.status_code == status, answer.json
    return answer.json.get("result")


def told_of_issues(host: Host) -> list[str]:
    """Return what people were told of plans that were issued."""
    with host.unit_of_work(company="TW01"):
        told = session().scalars(select(Notice.words).order_by(Notice.id)).all()
    return [one["en"] for one in told if "issued" in one["en"]]


def test_a_plan_goes_from_its_owner_to_the_manager_and_back(
    team: dict[str, int], host: Host, login: Any
) -> None:
    ann, boss = login("ann", language="en"), login("max", language="en")
    plan = planned_by(ann, team)
    do = partial(done, f"{API}/{plan['id']}")

    assert (plan["person_id"], plan["total"]) == (team["person"], "1000.00")
    do(boss, "submit", 403)
    do(ann, "submit")
    do(ann, "approve", 403)
    do(boss, "return", 422)
    assert do(boss, "return", opinion="Ask for more")["state"] == "draft"
    do(ann, "submit")
    do(ann, "adjust", 403, line=1, quantity="20", reason="More")
    changed = do(boss, "adjust", line=1, quantity="12", reason="They grow")
    assert (changed["state"], changed["total"]) == ("submitted", "1200.00")
    (kept,) = ann.get("/api/v1/sales/plan_adjustments/").json["result"]
    assert (kept["quantity_before"], kept["quantity_after"]) == ("10.000", "12.000")
    do(boss, "approve")
    do(ann, "issue", 403)
    do(boss, "issue")
    do(boss, "acknowledge", 403)
    assert do(ann, "acknowledge")["acknowledged_by"]["label"] == "ann"
    do(ann, "acknowledge", 422)
    assert told_of_issues(host) == [
        f"Plan {plan['number']} was issued to you. Please acknowledge it."
    ]


def test_people_see_their_own_plans(
    team: dict[str, int], host: Host, login: Any, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        other = {"person_id": make.employee(name="Bob").id, "year": 2026}
        create_record(Plans, other, by=unit.user)
        create_record(Plans, other | {"person_id": team["person"]}, by=unit.user)

    seen = {who: login(who).get(f"{API}/").json["count"] for who in ("ann", "max")}

    assert seen == {"ann": 1, "max": 2}


def test_two_submissions_at_once_are_one(team: dict[str, int], host: Host, make: Any) -> None:
    line = {"customer_id": team["customer"], "product_id": team["product"], "month": 2}
    said = {"person_id": team["person"], "year": 2026, "lines": [line | {"quantity": "1"}]}
    with host.unit_of_work(company="TW01", by="ann") as unit:
        made = create_record(Plans, said, by=unit.user)
        ident, version = made.id, made.version
    done = []
    for _again in range(2):
        try:
            with host.unit_of_work(company="TW01", by="ann") as unit:
                plan = session().get_one(Plan, ident)
                run_action(Plans, plan, "submit", {}, by=unit.user, version=version)
                done.append("submitted")
        except (StaleVersion, IllegalTransition) as refused:
            done.append(type(refused).__name__)

    assert done == ["submitted", "StaleVersion"]
