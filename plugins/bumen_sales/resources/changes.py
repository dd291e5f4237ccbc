"""Changes of orders that have been promised, as people see them."""

from bumen import Lines, Resource, Scoped, Section, dated, step, timed
from bumen_sales.models import ChangeState, OrderChange, OrderChangeLine
from bumen_sales.services import approve_change, revise_change, submit_change
from bumen_sales.texts import _


class OrderChangeLines(Lines):
    """What is changed of the lines of an order."""

    model = OrderChangeLine
    title = _("Changed lines")
    fields = ("line_number", "product", "quantity", "unit_price", "discount")
    shown = ("quantity_before", "unit_price_before", "discount_before", "total")


class OrderChanges(Resource):
    """What customers want otherwise than it was promised."""

    model = OrderChange
    title = _("Order changes")
    columns = ("number", "order", "asked_on", "difference", "state", "applied_at")
    fields = ("reason", "requested_on", "consignee", "phone", "address")
    filters = ("order", "asked_on", "difference", "state", "applied_at")
    search = ("number", "order.number")
    lines = (OrderChangeLines,)
    sections = (
        Section(
            _("Delivery"),
            (
                "requested_on_before",
                "requested_on",
                "consignee_before",
                "consignee",
                "phone_before",
                "phone",
                "address_before",
                "address",
            ),
        ),
        Section(_("Impact"), ("total_before", "total_after", "difference", "over_limit", "impact")),
    )
    empty = _("Nothing was changed yet. A change begins on the page of a confirmed order.")
    scope = Scoped(through="order")
    can = frozenset({"change", "delete"})
    open_in = frozenset({ChangeState.DRAFT})
    clauses = ("A4.3.6",)
    actions = (
        step(OrderChange.workflow, "submit", submit_change),
        step(OrderChange.workflow, "approve", timed(dated(approve_change))),
        step(OrderChange.workflow, "refuse"),
        step(OrderChange.workflow, "withdraw"),
    )
    on_change = staticmethod(revise_change)
