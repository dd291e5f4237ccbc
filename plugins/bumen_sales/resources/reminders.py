"""What people see of reminders, and do with them."""

from bumen import Board, Resource, Scoped, Section, dated, step
from bumen_sales.models.reminders import Reminder, ReminderLevel
from bumen_sales.services.reminders import (
    drop_level,
    drop_reminder,
    mark_made,
    record_answer,
    save_level,
)
from bumen_sales.texts import _


class ReminderLevels(Resource):
    """How customers are reminded, the longer the more urgently."""

    model = ReminderLevel
    title = _("Reminder levels")
    columns = ("name", "days_overdue", "channel")
    fields = ("name", "days_overdue", "channel", "subject", "text")
    order = "days_overdue"
    empty = _("Nobody is reminded yet. Say from how many days on, how, and in which words.")
    clauses = ("E2.7",)
    on_create = staticmethod(save_level)
    on_change = staticmethod(save_level)
    on_delete = staticmethod(drop_level)


class Reminders(Resource):
    """What customers were asked for, and what they answered."""

    model = Reminder
    title = _("Reminders")
    columns = (
        "number",
        "customer",
        "order",
        "level",
        "channel",
        "written_on",
        "state",
        "amount",
    )
    filters = (*columns, "days_overdue", "promised_on")
    fields = ()
    beyond = ("customer.salesperson", "customer.region")
    search = ("number", "customer.code", "customer.name", "order.number")
    views = (Board(by="state", shows=("customer", "order", "channel"), total="amount"),)
    totals = ("amount",)
    empty = _("Nothing is overdue. Reminders are written each night.")
    sections = (Section(_("Answer of the customer"), ("answer", "promised_on", "drop_reason")),)
    scope = Scoped(through="customer")
    can = frozenset()
    clauses = ("E2.7", "A4.3.5")
    actions = (
        step(Reminder.workflow, "mark_made", mark_made),
        step(Reminder.workflow, "record_answer", dated(record_answer)),
        step(Reminder.workflow, "drop", drop_reminder),
    )
