"""What people see of visits, and do with them."""

from bumen import Board, Calendar, Lines, Resource, Scoped, Section, dated, step
from bumen_sales.models import PREPARATION, Visit, VisitContact, VisitState
from bumen_sales.services import cancel_visit, plan_visit, record_visit, revise_visit
from bumen_sales.texts import _

_CHECKED = tuple(name for box in PREPARATION for name in (box, f"{box}_note"))
"""The check list: each box, and the note that belongs to it."""


class VisitContactLines(Lines):
    """Who is to be met."""

    model = VisitContact
    title = _("Contacts")
    name = "contacts"
    fields = ("contact", "name")


class Visits(Resource):
    """Calls on customers."""

    model = Visit
    title = _("Visits")
    columns = ("number", "customer", "planned_at", "goal", "state", "salesperson", "next_step_on")
    fields = (
        "customer",
        "opportunity",
        "planned_at",
        "goal",
        "salesperson",
        "region",
        *_CHECKED,
    )
    filters = (*columns, "opportunity", "region")
    search = ("number", "goal", "customer.code", "customer.name")
    order = "-planned_at"
    views = (
        Calendar(on="planned_at"),
        Board(by="state", shows=("customer", "planned_at", "salesperson")),
    )
    sections = (
        Section(_("Preparation"), _CHECKED),
        Section(
            _("Record"),
            ("met", "learnt", "result", "next_step", "next_step_on", "cancellation_reason"),
        ),
    )
    empty = _("Plan the first visit: whom to see, when, and what is to be reached.")
    lines = (VisitContactLines,)
    scope = Scoped(by="salesperson", region="region", makers=True, pooled=True)
    open_in = frozenset({VisitState.PLANNED, VisitState.PREPARED})
    clauses = ("A4.2.2", "A4.2.3")
    actions = (
        step(Visit.workflow, "prepare"),
        step(Visit.workflow, "record", dated(record_visit)),
        step(Visit.workflow, "cancel", cancel_visit),
    )
    copies = True
    never_copied = ("planned_at", *_CHECKED)
    on_create = staticmethod(dated(plan_visit))
    on_change = staticmethod(dated(revise_visit))
