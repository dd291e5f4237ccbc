"""What people see of opportunities, and do with them."""

from bumen import (
    Action,
    Board,
    Calendar,
    Chart,
    Drawn,
    Lines,
    Related,
    Resource,
    Scoped,
    Section,
    dated,
    step,
)
from bumen_sales.models import STAGES, Opportunity, OpportunityLine
from bumen_sales.resources.contracts import Contracts
from bumen_sales.resources.quotations import Quotations
from bumen_sales.resources.visits import Visits
from bumen_sales.services import (
    analyse_need,
    lose_opportunity,
    negotiate,
    offer_solution,
    open_opportunity,
    quote_for,
    quote_opportunity,
    revise_opportunity,
    win_opportunity,
)
from bumen_sales.texts import _


class OpportunityLines(Lines):
    """What the customer may buy."""

    model = OpportunityLine
    title = _("Products")
    fields = ("product", "quantity")


class Opportunities(Resource):
    """What may be sold, from the need to the decision."""

    model = Opportunity
    title = _("Opportunities")
    columns = (
        "number",
        "name",
        "customer",
        "state",
        "expected_amount",
        "probability",
        "weighted",
        "expected_close",
        "salesperson",
    )
    fields = (
        "customer",
        "name",
        "contact",
        "expected_amount",
        "probability",
        "expected_close",
        "need",
        "solution",
        "competitors",
        "salesperson",
        "region",
    )
    filters = (*columns, "region", "lead", "opened_on", "furthest")
    beyond = ("lines.product", "customer.industry", "salesperson.department")
    search = ("number", "name", "customer.code", "customer.name")
    views = (
        Board(
            by="state", shows=("customer", "expected_close", "weighted"), total="expected_amount"
        ),
        Calendar(on="expected_close"),
        Chart(by="state", of="expected_amount", drawn=Drawn.BAR),
    )
    totals = ("expected_amount", "weighted")
    sections = (
        Section(_("Chances"), ("expected_amount", "probability", "weighted", "expected_close")),
        Section(_("Need and solution"), ("need", "solution", "competitors", "lost_reason")),
        Section(_("Responsibility"), ("salesperson", "region", "lead")),
        Section(_("Progress"), ("opened_on", "stage_since", "furthest")),
    )
    empty = _("Write down what a customer may buy, or convert a lead.")
    lines = (OpportunityLines,)
    related = (
        Related(Visits, by="opportunity"),
        Related(Quotations, by="opportunity"),
        Related(Contracts, by="opportunity"),
    )
    scope = Scoped(by="salesperson", region="region", makers=True, pooled=True)
    open_in = frozenset(STAGES)
    clauses = ("A4.2.4",)
    actions = (
        step(Opportunity.workflow, "offer_solution", dated(offer_solution)),
        step(Opportunity.workflow, "quote", dated(quote_opportunity)),
        Action(
            "draft_quotation",
            _("Draft a quotation"),
            dated(quote_for),
            states=frozenset(STAGES),
        ),
        step(Opportunity.workflow, "negotiate", dated(negotiate)),
        step(Opportunity.workflow, "win", dated(win_opportunity)),
        step(Opportunity.workflow, "analyse", dated(analyse_need)),
        step(Opportunity.workflow, "lose", dated(lose_opportunity)),
    )
    on_create = staticmethod(dated(open_opportunity))
    on_change = staticmethod(dated(revise_opportunity))
