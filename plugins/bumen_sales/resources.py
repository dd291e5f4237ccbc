"""What people see and do in sales."""

from sqlalchemy import String

from bumen import Action, Argument, Board, Calendar, Chart, Lines, Resource, Section, dated
from bumen_sales.models import Order, OrderLine, OrderState
from bumen_sales.services import (
    cancel_order,
    confirm_order,
    draft_order,
    drop_order,
    revise_order,
)
from bumen_sales.texts import _


class OrderLines(Lines):
    """What is ordered, one product a line."""

    model = OrderLine
    title = _("Order lines")
    fields = ("product", "quantity", "unit_price", "discount", "tax_rate")
    shown = ("unit", "untaxed", "tax", "total")


class Orders(Resource):
    """Orders customers have placed."""

    model = Order
    title = _("Orders")
    columns = (
        "number",
        "customer",
        "ordered_on",
        "requested_on",
        "state",
        "salesperson",
        "total",
    )
    fields = (
        "customer",
        "contact",
        "reference",
        "ordered_on",
        "requested_on",
        "payment_method",
        "payment_days",
        "consignee",
        "phone",
        "address",
        "packing_requirement",
        "salesperson",
        "region",
    )
    filters = (*columns, "reference", "region")
    search = ("number", "reference", "consignee", "customer.code", "customer.name")
    views = (
        Board(by="state", shows=("customer", "requested_on"), total="total"),
        Calendar(on="requested_on"),
        Chart(by="ordered_on.month", of="total"),
    )
    totals = ("total",)
    empty = _("Write down the first order: choose a customer, then what they want.")
    sections = (
        Section(_("Terms of payment"), ("payment_method", "payment_days", "paid", "due")),
        Section(
            _("Delivery"),
            ("consignee", "phone", "address", "packing_requirement"),
            tab=_("Delivery"),
        ),
    )
    lines = (OrderLines,)
    open_in = frozenset({OrderState.DRAFT})
    actions = (
        Action("confirm", _("Confirm"), confirm_order, states={OrderState.DRAFT}),
        Action(
            "cancel",
            _("Cancel order"),
            cancel_order,
            states={OrderState.DRAFT, OrderState.CONFIRMED},
            arguments=(Argument("reason", String(500), label=_("Reason")),),
            confirm=_("A cancelled order cannot be taken up again. Cancel this order?"),
        ),
    )
    on_create = staticmethod(dated(draft_order))
    on_change = staticmethod(dated(revise_order))
    on_delete = staticmethod(drop_order)
