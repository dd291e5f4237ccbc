"""What people see of quotations, and do with them."""

from bumen import (
    Action,
    Board,
    Calendar,
    Chart,
    Lines,
    Printout,
    Resource,
    Scoped,
    Section,
    dated,
    hides,
    step,
)
from bumen_sales.models import Quotation, QuotationLine, QuotationState
from bumen_sales.papers import offers
from bumen_sales.services import (
    accept_quotation,
    approve_quotation,
    draw_up_quotation,
    make_order,
    offer_anew,
    reasons_to_hold,
    refuse_quotation,
    revise_quotation,
    send_quotation,
)
from bumen_sales.texts import _


class QuotationLines(Lines):
    """What is offered, one product a line."""

    model = QuotationLine
    title = _("Quotation lines")
    fields = ("product", "quantity", "unit_price", "discount", "tax_rate")
    shown = ("unit", "untaxed", "tax", "total")


class Quotations(Resource):
    """What is offered to customers."""

    model = Quotation
    title = _("Quotations")
    columns = (
        "number",
        "customer",
        "quoted_on",
        "valid_until",
        "state",
        "salesperson",
        "total",
    )
    fields = (
        "customer",
        "contact",
        "opportunity",
        "quoted_on",
        "valid_until",
        "payment_method",
        "payment_days",
        "terms",
        "salesperson",
        "region",
    )
    filters = (*columns, "opportunity", "region", "replaces", "contract")
    beyond = ("lines.product", "customer.industry", "salesperson.department")
    search = ("number", "customer.code", "customer.name")
    views = (
        Board(by="state", shows=("customer", "valid_until"), total="total"),
        Calendar(on="valid_until"),
        Chart(by="quoted_on.month", of="total"),
    )
    totals = ("total",)
    sections = (
        Section(_("Terms"), ("payment_method", "payment_days", "terms", "over_allowance")),
        Section(_("Responsibility"), ("salesperson", "region")),
        Section(
            _("Version and outcome"),
            ("revision", "replaces", "refusal_reason", "order", "contract"),
        ),
    )
    empty = _("Write the first quotation: choose a customer, then what you offer.")
    lines = (QuotationLines,)
    printouts = (
        Printout(
            "quotation",
            _("Quotation"),
            template="quotation.html",
            also=offers.ALSO,
            language=offers.LANGUAGE,
            address=offers.ADDRESS,
            needs=offers.NEEDS,
        ),
    )
    scope = Scoped(by="salesperson", region="region", makers=True, pooled=True)
    copies = True
    never_copied = ("quoted_on", "valid_until")
    open_in = frozenset({QuotationState.DRAFT})
    clauses = ("A4.2.4",)
    actions = (
        step(Quotation.workflow, "send", dated(send_quotation)),
        step(Quotation.workflow, "approve", dated(approve_quotation)),
        step(Quotation.workflow, "send_back"),
        step(Quotation.workflow, "take_back"),
        step(Quotation.workflow, "accept", dated(accept_quotation)),
        step(Quotation.workflow, "refuse", refuse_quotation),
        step(Quotation.workflow, "new_version", dated(offer_anew)),
        Action(
            "make_order",
            _("Make an order"),
            dated(make_order),
            states=frozenset({QuotationState.ACCEPTED}),
            when=lambda quotation: quotation.order_id is None,
        ),
    )
    field_rules = (hides("over_allowance", role="sales.viewer"),)
    asks_because = staticmethod(reasons_to_hold)
    on_create = staticmethod(dated(draw_up_quotation))
    on_change = staticmethod(dated(revise_quotation))
