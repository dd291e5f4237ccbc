"""Freight statements, as people see them."""

from bumen import Board, Lines, Resource, dated, step
from bumen_logistics.models.freight_statements import (
    FreightLine,
    FreightStatement,
    StatementState,
)
from bumen_logistics.services.freight_statements import (
    approve_freight_statement,
    check_freight_statement,
    draft_freight_statement,
    pay_freight_statement,
    return_freight_statement,
    revise_freight_statement,
)
from bumen_logistics.texts import _


class FreightLines(Lines):
    """What is billed, one shipment a line."""

    model = FreightLine
    title = _("Shipments")
    fields = ("shipment", "billed", "difference_reason")
    shown = ("reckoned", "difference")


class FreightStatements(Resource):
    """What carriers bill for their shipments."""

    model = FreightStatement
    title = _("Freight statements")
    columns = (
        "number",
        "carrier",
        "from_day",
        "until_day",
        "billed",
        "difference",
        "state",
    )
    fields = ("carrier", "from_day", "until_day", "bill_number")
    filters = (*columns, "paid_on")
    beyond = ("lines.shipment",)
    search = ("number", "carrier.name")
    views = (Board(by="state", shows=("carrier", "from_day", "until_day"), total="billed"),)
    totals = ("billed", "difference")
    lines = (FreightLines,)
    open_in = frozenset({StatementState.DRAFT})
    clauses = ("E3.7",)
    empty = _("No freight is billed. A new statement takes all that a carrier took in a time.")
    actions = (
        step(FreightStatement.workflow, "check", check_freight_statement),
        step(FreightStatement.workflow, "return", return_freight_statement),
        step(FreightStatement.workflow, "approve", approve_freight_statement),
        step(FreightStatement.workflow, "pay", dated(pay_freight_statement)),
    )
    on_create = staticmethod(dated(draft_freight_statement))
    on_change = staticmethod(revise_freight_statement)
