"""How orders are carried out, as people see it: tasks, reports, sales slips."""

from bumen import Resource, Scoped
from bumen_sales.models import OrderTask, ProgressEntry, SalesSlip
from bumen_sales.texts import _

_READ_ONLY: frozenset[str] = frozenset()


class OrderTasks(Resource):
    """What departments do so that orders can leave."""

    model = OrderTask
    title = _("Tasks of orders")
    columns = (
        "order",
        "kind",
        "state",
        "begun_at",
        "promised_on",
        "done_at",
        "done_by",
        "hours",
        "hours_done",
        "note",
    )
    filters = columns[:-1]
    search = ("order.number",)
    empty = _("A task begins when an order is confirmed.")
    can = _READ_ONLY
    scope = Scoped(through="order")
    clauses = ("A4.3.2", "E5.3")


class Progress(Resource):
    """What was reported of orders on their way."""

    model = ProgressEntry
    title = _("Progress")
    columns = ("at", "what", "order", "by")
    filters = ("order", "at", "by")
    search = ("what",)
    can = _READ_ONLY
    menu = False
    scope = Scoped(through="order")
    clauses = ("A4.3.3", "E2.5b")


class SalesSlips(Resource):
    """The word of sales that goods may leave."""

    model = SalesSlip
    title = _("Sales slips")
    columns = (
        "number",
        "order",
        "payment_method",
        "issued_on",
        "issued_by",
        "current",
    )
    filters = ("number", "order", "payment_method", "issued_on", "issued_by", "current")
    search = ("number", "order.number")
    empty = _("A slip is issued on the page of an order, once goods and money are there.")
    can = _READ_ONLY
    scope = Scoped(through="order")
    clauses = ("E2.3",)
