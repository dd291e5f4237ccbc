"""What people see of leads, and do with them."""

from bumen import Board, Chart, Drawn, Resource, Scoped, Section, dated, step
from bumen_sales.models import Lead, LeadState
from bumen_sales.services import (
    convert_lead,
    doubts_about_lead,
    qualify_lead,
    reject_lead,
    take_lead,
)
from bumen_sales.texts import _


class Leads(Resource):
    """Who may become a customer."""

    model = Lead
    title = _("Leads")
    columns = ("number", "company", "name", "source", "state", "owner", "received_on")
    fields = (
        "name",
        "company",
        "phone",
        "email",
        "source",
        "source_note",
        "received_on",
        "need",
        "region",
        "owner",
        "customer",
    )
    filters = (*columns, "region", "customer")
    search = ("number", "company", "name", "phone", "email")
    views = (
        Board(by="state", shows=("company", "source", "owner")),
        Chart(by="source", drawn=Drawn.PIE),
    )
    sections = (
        Section(_("Source and need"), ("source", "source_note", "received_on", "need")),
        Section(_("Responsibility"), ("region", "owner", "customer")),
        Section(_("Screening"), ("screened_on", "screening_reason")),
    )
    empty = _("Write down whom you met at an exhibition, who wrote to you, who was recommended.")
    scope = Scoped(by="owner", region="region", makers=True, pooled=True)
    open_in = frozenset({LeadState.NEW, LeadState.QUALIFIED})
    clauses = ("A4.2.1",)
    doubts = staticmethod(doubts_about_lead)
    actions = (
        step(Lead.workflow, "qualify", dated(qualify_lead)),
        step(Lead.workflow, "reject", dated(reject_lead)),
        step(Lead.workflow, "convert", dated(convert_lead)),
    )
    on_create = staticmethod(dated(take_lead))
