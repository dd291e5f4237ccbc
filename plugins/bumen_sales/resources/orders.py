"""What people see of orders, and do with them."""

from bumen import (
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
from bumen_sales import papers
from bumen_sales.models import Order, OrderLine, OrderState
from bumen_sales.services import (
    approve_order,
    cancel_order,
    confirm_order,
    draft_order,
    drop_order,
    excess_now,
    refuse_order,
    revise_order,
    take_back_order,
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
    beyond = (
        "lines.product",
        "lines.product.category",
        "customer.customer_class",
        "customer.industry",
        "salesperson.department",
    )
    search = ("number", "reference", "consignee", "customer.code", "customer.name")
    views = (
        Board(by="state", shows=("customer", "requested_on"), total="total"),
        Calendar(on="requested_on"),
        Chart(by="ordered_on.month", of="total"),
    )
    totals = ("total",)
    empty = _("Write down the first order: choose a customer, then what they want.")
    sections = (
        Section(
            _("Terms of payment"),
            ("payment_method", "payment_days", "paid", "due", "over_limit", "over_allowance"),
        ),
        Section(
            _("Delivery"),
            ("consignee", "phone", "address", "packing_requirement"),
            tab=_("Delivery"),
        ),
    )
    lines = (OrderLines,)
    printouts = (
        Printout(
            "confirmation",
            _("Order confirmation"),
            template="confirmation.html",
            also=papers.ALSO,
            language=papers.LANGUAGE,
            address=papers.ADDRESS,
            needs=papers.NEEDS,
            when=papers.is_confirmable,
        ),
    )
    scope = Scoped(by="salesperson", region="region", makers=True, pooled=True)
    copies = True
    never_copied = ("requested_on",)
    open_in = frozenset({OrderState.DRAFT})
    actions = (
        step(Order.workflow, "confirm", confirm_order),
        step(Order.workflow, "approve", approve_order),
        step(Order.workflow, "refuse", refuse_order),
        step(Order.workflow, "take_back", take_back_order),
        step(Order.workflow, "cancel", cancel_order),
    )
    field_rules = (hides("over_allowance", role="sales.viewer"),)
    asks_because = staticmethod(excess_now)
    fetched = ("customer.contacts", "customer.addresses", "customer.region", "customer.salesperson")
    on_create = staticmethod(dated(draft_order))
    on_change = staticmethod(dated(revise_order))
    on_delete = staticmethod(drop_order)
