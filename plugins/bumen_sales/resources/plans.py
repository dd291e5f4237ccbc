"""What people plan to sell, as they and those who lead them see it."""

from bumen import Board, Lines, Related, Resource, Scoped, Section, step, timed
from bumen_sales.models.plan_flow import PlanState
from bumen_sales.models.plans import Plan, PlanAdjustment, PlanLine
from bumen_sales.services.plans import (
    acknowledge_plan,
    adjust_plan,
    approve_plan,
    draft_plan,
    issue_plan,
    return_plan,
    revise_plan,
    submit_plan,
)
from bumen_sales.texts import _


class PlanLines(Lines):
    """What is to be sold, to whom and when."""

    model = PlanLine
    title = _("Planned sales")
    fields = ("customer", "product", "month", "quantity", "amount")
    shown = ("region", "submitted_quantity", "submitted_amount")


class PlanAdjustments(Resource):
    """What was changed in submitted plans."""

    model = PlanAdjustment
    title = _("Adjustments of plans")
    columns = (
        "plan",
        "at",
        "by",
        "line",
        "what",
        "quantity_before",
        "quantity_after",
        "amount_before",
        "amount_after",
        "reason",
    )
    fields = (
        "plan",
        "line",
        "what",
        "quantity_before",
        "quantity_after",
        "amount_before",
        "amount_after",
        "reason",
    )
    filters = ("plan", "at", "by")
    search = ("plan.number",)
    can = frozenset()
    menu = False
    scope = Scoped(through="plan")


class Plans(Resource):
    """What people mean to sell in a year or a quarter."""

    model = Plan
    title = _("Sales plans")
    columns = ("number", "person", "year", "period", "state", "total", "target", "attained")
    fields = ("person", "year", "period", "remarks")
    beyond = ("lines.customer", "lines.product", "lines.region")
    search = ("number", "person.name")
    views = (Board(by="state", shows=("person", "period"), total="total"),)
    totals = ("total",)
    lines = (PlanLines,)
    sections = (
        Section(_("Against the target"), ("total", "target", "attained")),
        Section(_("Issued"), ("issued_at", "acknowledged_at", "acknowledged_by")),
    )
    related = (Related(PlanAdjustments, by="plan"),)
    scope = Scoped(by="person", makers=True)
    open_in = frozenset({PlanState.DRAFT})
    copies = True
    never_copied = ("lines.submitted_quantity", "lines.submitted_amount")
    empty = _("Plan what you will sell: to whom, what, and in which month.")
    actions = (
        step(Plan.workflow, "submit", submit_plan),
        step(Plan.workflow, "approve", approve_plan),
        step(Plan.workflow, "adjust", timed(adjust_plan)),
        step(Plan.workflow, "return", return_plan),
        step(Plan.workflow, "issue", timed(issue_plan)),
        step(Plan.workflow, "acknowledge", timed(acknowledge_plan)),
    )
    on_create = staticmethod(draft_plan)
    on_change = staticmethod(revise_plan)
