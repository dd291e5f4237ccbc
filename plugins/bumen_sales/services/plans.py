"""The plan of a salesperson: written, submitted, returned or adjusted, approved, issued, seen."""

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from bumen import (
    Days,
    NoticeKind,
    Text,
    User,
    Whose,
    next_number,
    round_money,
    session,
    superiors_of,
    tell,
)
from bumen_base.models import Employee, myself
from bumen_sales.errors import (
    AdjustmentNeedsReason,
    AmountIsTooLarge,
    MonthIsOutsidePeriod,
    NothingIsAdjusted,
    PlanHasNoSuchLine,
    PlanIsEmpty,
    PlanIsNobodys,
    ProductsAreArchived,
)
from bumen_sales.models import TargetedFigure
from bumen_sales.models.plans import (
    Plan,
    PlanAdjustment,
    PlanLine,
    planned_products_no_longer_sold,
)
from bumen_sales.services.amounts import LARGEST
from bumen_sales.services.filling import fill
from bumen_sales.services.targets import target_in
from bumen_sales.texts import _

NUMBERED_PLANS = "sales.plan"
MOST = Decimal(10_000)
"""More percent of a target than can be told: who aims at so little plans without a target."""


def draft_plan(plan: Plan, *, by: User | None) -> None:
    """Begin a plan, one's own unless another's name stands in it.

    Refuses months out of its period and amounts too large to keep.
    """
    if plan.person is None and by is not None:
        _make_own(plan, by=by)
    revise_plan(plan, by=by)
    plan.number = next_number(kind=NUMBERED_PLANS, on=date(plan.year, 1, 1))


def revise_plan(plan: Plan, *, by: User | None) -> None:
    """Check a plan and add it up; what `draft_plan` refuses is refused."""
    months = plan.period.months
    for place, line in enumerate(plan.lines):
        if line.month not in months:
            raise MonthIsOutsidePeriod(place=place, month=line.month, period=plan.period.label)
        fill(line, "amount", round_money(line.quantity * line.product.list_price))
        if line.amount > LARGEST:
            raise AmountIsTooLarge(field=f"lines.{place}.quantity")
        line.region = line.customer.region
    _add_up(plan)


def submit_plan(plan: Plan, *, by: User | None) -> None:
    """Give a plan to whoever leads sales; what is submitted is kept beside what comes of it.

    Refuses a plan of nobody, an empty one, and products that are no longer sold. Source: A4.1.4.
    """
    if plan.person is None:
        raise PlanIsNobodys
    if not plan.lines:
        raise PlanIsEmpty(plan.number)
    unsold = session().scalars(planned_products_no_longer_sold(plan)).all()
    if unsold:
        raise ProductsAreArchived(unsold)
    _add_up(plan)
    plan.move("submit", by=by)
    for line in plan.lines:
        line.submitted_quantity, line.submitted_amount = line.quantity, line.amount
    if plan.person.user_id is not None:
        said = _(
            "%(person)s has submitted plan %(number)s.", person=plan.person, number=plan.number
        )
        leads = islice(superiors_of(plan.person.user_id), 1)
        tell(leads, kind=NoticeKind.NEWS, record=plan, text=said)


def return_plan(plan: Plan, *, by: User | None, opinion: str) -> None:
    """Give a plan back to its owner: it is a draft again, with the opinion in its history."""
    plan.move("return", by=by, opinion=opinion)
    said = _("Your plan %(number)s was returned: %(opinion)s", number=plan.number, opinion=opinion)
    _tell_owner(plan, said)


def adjust_plan(  # what is asked for is what is changed
    plan: Plan,
    *,
    by: User | None,
    at: datetime,
    line: int,
    reason: str,
    quantity: Decimal | None = None,
    amount: Decimal | None = None,
) -> None:
    """Change a line of a submitted plan; before, after and why are kept. Source: A4.1.5.

    With another quantity alone the amount changes by as much. Refuses a line that is not there,
    what changes nothing, and a missing reason.
    """
    if not reason.strip():
        raise AdjustmentNeedsReason
    if not 1 <= line <= len(plan.lines):
        raise PlanHasNoSuchLine(len(plan.lines))
    adjusted = plan.lines[line - 1]
    before = adjusted.quantity, adjusted.amount
    after = _adjusted(adjusted, quantity=quantity, amount=amount)
    if after == before:
        raise NothingIsAdjusted
    plan.move("adjust", by=by)
    adjusted.quantity, adjusted.amount = after
    kept = PlanAdjustment(
        plan=plan, at=at, by=by, line=line, what=_what(adjusted), reason=reason.strip()
    )
    kept.quantity_before, kept.amount_before = before
    kept.quantity_after, kept.amount_after = after
    session().add(kept)
    _add_up(plan)


def approve_plan(plan: Plan, *, by: User | None) -> None:
    """Agree to a plan as it stands now. Source: A4.1.5."""
    plan.move("approve", by=by)
    _tell_owner(plan, _("Your plan %(number)s was approved.", number=plan.number))


def issue_plan(plan: Plan, *, by: User | None, at: datetime) -> None:
    """Give an approved plan to its owner to be carried out, who is told. Source: A4.1.6."""
    plan.move("issue", by=by)
    plan.issued_at = at
    said = _("Plan %(number)s was issued to you. Please acknowledge it.", number=plan.number)
    _tell_owner(plan, said)


def acknowledge_plan(plan: Plan, *, by: User | None, at: datetime) -> None:
    """Say that one has taken note of the own plan; once is enough. Source: A4.1.6."""
    plan.move("acknowledge", by=by)
    plan.acknowledged_at, plan.acknowledged_by = at, by


def days_of(plan: Plan) -> Days:
    """Return the days a plan is of."""
    first, last = plan.period.months[0], plan.period.months[-1]
    end = date(plan.year, last, monthrange(plan.year, last)[1])
    return Days(date(plan.year, first, 1), end)


def _make_own(plan: Plan, *, by: User) -> None:
    with session().no_autoflush:
        mine = session().scalar(myself(by.id))
        plan.person = session().get(Employee, mine) if mine is not None else None


def _add_up(plan: Plan) -> None:
    """Write what a plan comes to, and how much of the person's target that is."""
    total = sum((line.amount for line in plan.lines), Decimal(0))
    if total > LARGEST:
        raise AmountIsTooLarge(field="lines")
    with session().no_autoflush:
        target = _target_of(plan)
    share = None if not target else round_money(total * 100 / target)
    plan.total, plan.target = total, target
    plan.attained = share if share is None or share < MOST else None


def _target_of(plan: Plan) -> Decimal | None:
    if plan.person is None:
        return None
    whose = Whose(person_id=plan.person.id)
    return target_in(TargetedFigure.TURNOVER, days_of(plan), whose)


def _adjusted(
    line: PlanLine, *, quantity: Decimal | None, amount: Decimal | None
) -> tuple[Decimal, Decimal]:
    new = quantity or line.quantity
    by_as_much = round_money(line.amount * new / line.quantity)
    return new, by_as_much if amount is None else amount


def _what(line: PlanLine) -> str:
    said = (line.customer, line.product, f"{line.month:02}")
    return " · ".join(map(str, said))[:500]


def _tell_owner(plan: Plan, said: Text) -> None:
    owner = plan.person.user_id if plan.person is not None else None
    if owner is not None:
        tell([owner], kind=NoticeKind.DECIDED, record=plan, text=said)
