"""What people see of orders, and do with them."""

from dataclasses import replace

from sqlalchemy import Date, String

from bumen import (
    Action,
    Argument,
    Board,
    Calendar,
    Chart,
    Lines,
    Printout,
    RecordOf,
    Related,
    Resource,
    Scoped,
    Section,
    dated,
    hides,
    step,
    timed,
)
from bumen_base.models import Employee
from bumen_sales import papers
from bumen_sales.models import OPEN, UNDELIVERED, Order, OrderLine, OrderState, Right
from bumen_sales.resources import collecting
from bumen_sales.resources.fulfilment import OrderTasks, Progress, SalesSlips
from bumen_sales.services import (
    answer_payment,
    approve_order,
    assign_order,
    cancel_order,
    close_order,
    confirm_arrival_by_hand,
    confirm_order,
    draft_order,
    drop_order,
    excess_now,
    find_vehicle_by_hand,
    issue_slip,
    ready_by_hand,
    refuse_order,
    report_progress,
    revise_order,
    ship_by_hand,
    take_back_order,
)
from bumen_sales.texts import _

WAITING = frozenset({OrderState.CONFIRMED, OrderState.RELEASED})
"""The states in which the tasks of an order are worked on."""
NOTE = Argument("note", String(500), label=_("Note"), required=False)


class OrderLines(Lines):
    """What is ordered, one product a line."""

    model = OrderLine
    title = _("Order lines")
    fields = ("product", "quantity", "unit_price", "discount", "tax_rate")
    shown = ("unit", "untaxed", "tax", "total", "shipped", "delivered")


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
        "contract",
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
    filters = (
        *columns,
        "reference",
        "contract",
        "region",
        "in_charge",
        "waits_for",
        "slip_number",
        "due",
        "due_on",
        "collecting",
    )
    beyond = (
        "lines.product",
        "lines.product.category",
        "customer.customer_class",
        "customer.industry",
        "salesperson.department",
    )
    search = ("number", "reference", "slip_number", "consignee", "customer.code", "customer.name")
    views = (
        Board(
            by="state",
            shows=("customer", "requested_on", "waits_for"),
            total="total",
            due="requested_on",
            waiting=UNDELIVERED,
        ),
        Calendar(on="requested_on"),
        Chart(by="ordered_on.month", of="total"),
    )
    totals = ("total", "due")
    empty = _("Write down the first order: choose a customer, then what they want.")
    sections = (
        Section(
            _("Terms of payment"),
            (
                "payment_method",
                "payment_days",
                "paid",
                "due",
                "due_on",
                "collecting",
                "collecting_reason",
                "over_limit",
                "over_allowance",
            ),
        ),
        Section(_("Carried out"), ("in_charge", "waits_for", "slip_number", "slip_version")),
        Section(
            _("Delivery"),
            (
                "consignee",
                "phone",
                "address",
                "packing_requirement",
                "carrier",
                "tracking_number",
                "shipped_at",
                "delivered_at",
                "signed_by",
            ),
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
        Printout(
            "slip",
            _("Sales slip"),
            template="slip.html",
            also=papers.ALSO,
            needs=papers.SLIP_NEEDS,
            when=papers.has_slip,
        ),
    )
    scope = Scoped(by="salesperson", also="in_charge", region="region", makers=True, pooled=True)
    related = (
        Related(OrderTasks, by="order"),
        Related(Progress, by="order"),
        Related(SalesSlips, by="order"),
    )
    copies = True
    never_copied = ("requested_on",)
    scopes = tuple(Right)
    open_in = frozenset({OrderState.DRAFT})
    actions = (
        step(Order.workflow, "confirm", confirm_order),
        step(Order.workflow, "approve", approve_order),
        step(Order.workflow, "refuse", refuse_order),
        step(Order.workflow, "take_back", take_back_order),
        Action(
            "assign",
            _("Put in charge"),
            assign_order,
            states=OPEN | {OrderState.DRAFT},
            arguments=(Argument("in_charge", RecordOf(Employee), label=_("In charge")),),
        ),
        step(Order.workflow, "issue_slip", dated(issue_slip)),
        Action(
            "goods_ready",
            _("Goods are ready"),
            timed(ready_by_hand),
            states=WAITING,
            arguments=(NOTE,),
        ),
        Action(
            "vehicle_found",
            _("Vehicle is found"),
            timed(find_vehicle_by_hand),
            states=WAITING,
            arguments=(NOTE,),
        ),
        Action(
            "answer_payment",
            _("Answer about the money"),
            timed(answer_payment),
            states=WAITING,
            arguments=(replace(NOTE, required=True),),
        ),
        Action(
            "report_progress",
            _("Report progress"),
            timed(report_progress),
            states=OPEN,
            arguments=(
                Argument("what", String(1000), label=_("What")),
                Argument("promised_on", Date(), label=_("Goods promised for"), required=False),
            ),
        ),
        step(Order.workflow, "ship", timed(ship_by_hand)),
        step(Order.workflow, "confirm_arrival", timed(dated(confirm_arrival_by_hand))),
        step(Order.workflow, "close", timed(close_order)),
        step(Order.workflow, "cancel", cancel_order),
        *collecting.ACTIONS,
    )
    field_rules = (hides("over_allowance", role="sales.viewer"),)
    asks_because = staticmethod(excess_now)
    fetched = ("customer.contacts", "customer.addresses", "customer.region", "customer.salesperson")
    on_create = staticmethod(dated(draft_order))
    on_change = staticmethod(dated(revise_order))
    on_delete = staticmethod(drop_order)
