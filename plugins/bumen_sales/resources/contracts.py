"""What people see of contracts, and do with them."""

from bumen import (
    Board,
    Calendar,
    Chart,
    Lines,
    Printout,
    Related,
    Resource,
    Scoped,
    Section,
    dated,
    step,
)
from bumen_sales.models import Contract, ContractState, Instalment
from bumen_sales.resources.orders import Orders
from bumen_sales.resources.quotations import Quotations
from bumen_sales.services import (
    draw_up_contract,
    revise_contract,
    sign_contract,
    submit_contract,
    terminate_contract,
)
from bumen_sales.texts import _


class InstalmentLines(Lines):
    """When which part of the amount is paid."""

    model = Instalment
    title = _("Instalments")
    name = "instalments"
    fields = ("due_on", "amount", "condition")


class Contracts(Resource):
    """What customers and the company have bound themselves to."""

    model = Contract
    title = _("Contracts")
    columns = ("number", "name", "customer", "state", "amount", "ends_on", "salesperson")
    fields = (
        "name",
        "customer",
        "opportunity",
        "amount",
        "begins_on",
        "ends_on",
        "delivery",
        "payment_terms",
        "responsibilities",
        "salesperson",
        "region",
        "legal",
        "may_exceed",
    )
    filters = (*columns, "begins_on", "region", "opportunity")
    search = ("number", "name", "customer.code", "customer.name")
    views = (
        Board(by="state", shows=("customer", "ends_on"), total="amount"),
        Calendar(on="ends_on"),
        Chart(by="ends_on.quarter", of="amount"),
    )
    totals = ("amount",)
    sections = (
        Section(_("Amount"), ("amount", "may_exceed", "drawn")),
        Section(_("Validity"), ("begins_on", "ends_on", "signed_on", "termination_reason")),
        Section(_("Terms"), ("delivery", "payment_terms", "responsibilities"), tab=_("Terms")),
        Section(_("Responsibility"), ("salesperson", "region", "legal")),
    )
    empty = _("Write down what was negotiated; it is reviewed before anybody signs.")
    lines = (InstalmentLines,)
    related = (Related(Orders, by="contract"), Related(Quotations, by="contract"))
    printouts = (Printout("contract", _("Contract sheet"), needs=("customer", "amount")),)
    scope = Scoped(by="salesperson", region="region", makers=True, pooled=True)
    open_in = frozenset({ContractState.DRAFT})
    clauses = ("A4.2.5", "B9.3")
    actions = (
        step(Contract.workflow, "submit", submit_contract),
        step(Contract.workflow, "approve"),
        step(Contract.workflow, "refuse"),
        step(Contract.workflow, "take_back"),
        step(Contract.workflow, "sign", dated(sign_contract)),
        step(Contract.workflow, "negotiate_again"),
        step(Contract.workflow, "perform"),
        step(Contract.workflow, "complete"),
        step(Contract.workflow, "terminate", terminate_contract),
    )
    on_create = staticmethod(dated(draw_up_contract))
    on_change = staticmethod(dated(revise_contract))
