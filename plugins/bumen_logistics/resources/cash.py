"""Cash on delivery and remittances, as people see them."""

from bumen import Board, Lines, Related, Resource, Section, dated, step, timed
from bumen_logistics.models.cash import CashOnDelivery
from bumen_logistics.models.remittances import Remittance, RemittanceLine, RemittanceState
from bumen_logistics.services.cash import record_collection, write_off_cash
from bumen_logistics.services.remittances import (
    draft_remittance,
    post_remittance,
    reverse_remittance,
    revise_remittance,
)
from bumen_logistics.texts import _


class RemittanceLines(Lines):
    """What is handed over, one shipment a line."""

    model = RemittanceLine
    title = _("Of which shipments")
    fields = ("cod", "amount", "difference_reason")


class Remittances(Resource):
    """Money that carriers hand over."""

    model = Remittance
    title = _("Remittances")
    columns = ("number", "carrier", "received_on", "total", "reference", "state")
    fields = ("carrier", "received_on", "received", "reference", "explanation")
    filters = columns
    beyond = ("lines.cod",)
    search = ("number", "reference", "carrier.name")
    totals = ("total",)
    lines = (RemittanceLines,)
    sections = (Section(_("Reversal"), ("reversed_on", "reversal_reason")),)
    open_in = frozenset({RemittanceState.DRAFT})
    clauses = ("E2.6",)
    empty = _("Nothing has been handed over. A new remittance takes all a carrier still has.")
    actions = (
        step(Remittance.workflow, "post", timed(post_remittance)),
        step(Remittance.workflow, "reverse", dated(timed(reverse_remittance))),
    )
    on_create = staticmethod(dated(draft_remittance))
    on_change = staticmethod(dated(revise_remittance))


class Cod(Resource):
    """Money that carriers collect at the door."""

    model = CashOnDelivery
    title = _("Cash on delivery")
    columns = (
        "number",
        "shipment",
        "carrier",
        "customer",
        "due",
        "outstanding",
        "due_on",
        "state",
    )
    filters = (*columns, "source_number", "collected_on")
    fields = ("due_on",)
    search = ("number", "source_number", "shipment.number", "customer.name")
    order = "due_on"
    views = (Board(by="state", shows=("shipment", "carrier", "due_on"), total="due"),)
    totals = ("due", "collected", "remitted", "outstanding")
    sections = (
        Section(_("Money"), ("due", "collected", "remitted", "outstanding")),
        Section(_("Days"), ("arrived_on", "due_on", "collected_on", "remitted_on", "reminded_on")),
    )
    can = frozenset({"change"})
    clauses = ("E2.6",)
    empty = _("Nothing is collected at the door. It comes from shipments that have arrived.")
    actions = (
        step(CashOnDelivery.workflow, "record_collection", dated(record_collection)),
        step(CashOnDelivery.workflow, "write_off", write_off_cash),
    )


OF_CARRIERS = (Related(Cod, by="carrier"), Related(Remittances, by="carrier"))
