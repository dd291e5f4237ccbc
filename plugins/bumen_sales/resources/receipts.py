"""What people see of money that comes in, and do with it."""

from sqlalchemy import String

from bumen import (
    Action,
    Argument,
    Board,
    Calendar,
    Chart,
    Lines,
    RecordOf,
    Resource,
    Scoped,
    Section,
    dated,
    step,
    timed,
)
from bumen_sales.models import Allocation, Receipt, ReceiptState
from bumen_sales.resources.orders import Orders
from bumen_sales.services.allocating import allocate_receipt, spread_receipt, take_off_receipt
from bumen_sales.services.receipts import (
    draft_receipt,
    post_receipt,
    reverse_receipt,
    revise_receipt,
)
from bumen_sales.texts import _

ORDER = Argument("order", RecordOf(Orders), label=_("Order"))
REASON = Argument("reason", String(500), label=_("Reason"))


class AllocationLines(Lines):
    """What a receipt pays, one order a line."""

    model = Allocation
    title = _("Allocated to")
    fields = ("order", "amount")
    shown = ("taken_off_on", "taken_off_because")


class Receipts(Resource):
    """Money customers have paid."""

    model = Receipt
    title = _("Receipts")
    columns = (
        "number",
        "customer",
        "received_on",
        "method",
        "reference",
        "state",
        "amount",
        "unallocated",
    )
    fields = ("customer", "received_on", "amount", "method", "reference", "note")
    filters = (*columns, "reversed_on")
    beyond = ("lines.order", "customer.salesperson", "customer.region")
    search = ("number", "reference", "customer.code", "customer.name")
    views = (
        Board(by="state", shows=("customer", "received_on"), total="amount"),
        Calendar(on="received_on"),
        Chart(by="received_on.month", of="amount"),
    )
    totals = ("amount", "unallocated")
    empty = _("Write down the first payment: who has paid, how much, and for which orders.")
    sections = (Section(_("Reversal"), ("reversed_on", "reversal_reason")),)
    lines = (AllocationLines,)
    scope = Scoped(through="customer")
    open_in = frozenset({ReceiptState.DRAFT})
    clauses = ("A4.3.5",)
    actions = (
        step(Receipt.workflow, "post", timed(post_receipt)),
        Action(
            "spread",
            _("Allocate oldest first"),
            timed(spread_receipt),
            states=frozenset({ReceiptState.DRAFT, ReceiptState.POSTED}),
            when=lambda receipt: receipt.unallocated > 0,
        ),
        Action(
            "allocate",
            _("Allocate to an order"),
            timed(allocate_receipt),
            states=frozenset({ReceiptState.POSTED}),
            when=lambda receipt: receipt.unallocated > 0,
            arguments=(
                ORDER,
                Argument("amount", Allocation.__table__.c.amount.type, label=_("Amount")),
            ),
        ),
        Action(
            "take_off",
            _("Take off an order"),
            dated(timed(take_off_receipt)),
            states=frozenset({ReceiptState.POSTED}),
            arguments=(ORDER, REASON),
        ),
        step(Receipt.workflow, "reverse", dated(timed(reverse_receipt))),
    )
    on_create = staticmethod(dated(draft_receipt))
    on_change = staticmethod(dated(revise_receipt))


class Allocations(Resource):
    """Which receipts pay which orders."""

    model = Allocation
    title = _("Payments")
    columns = ("receipt", "order", "amount", "taken_off_on")
    fields = ("order", "amount")
    scope = Scoped(through="receipt")
    can = frozenset()
    menu = False
