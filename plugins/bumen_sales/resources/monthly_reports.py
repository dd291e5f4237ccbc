"""Monthly sales reports as people see them."""

from bumen import Action, Lines, Printout, Resource, Section, dated, step, timed
from bumen_sales.models.monthly_reports import (
    MonthlyFigure,
    MonthlyReport,
    MonthlyReportState,
    ReportPerson,
)
from bumen_sales.services.monthly_reports import (
    begin_monthly_report,
    rebuild_monthly_report,
    send_monthly_report,
)
from bumen_sales.texts import _

_DRAFT = frozenset({MonthlyReportState.DRAFT})


class MonthlyFigures(Lines):
    """What the month came to, by product, customer, region and person."""

    model = MonthlyFigure
    title = _("Figures of the month")
    fields = ()
    shown = ("part", "what", "quantity", "amount", "target", "last_month", "last_year")


class MonthlyReports(Resource):
    """What was sold, month by month, as it was told to whoever leads."""

    model = MonthlyReport
    title = _("Monthly sales reports")
    columns = (
        "number",
        "year",
        "month",
        "state",
        "responsible",
        "until",
        "amount",
        "attained",
        "due_on",
        "sent_at",
        "days_late",
    )
    fields = ("year", "month", "responsible", "comments")
    lines = (MonthlyFigures,)
    sections = (
        Section(
            _("The month"),
            ("until", "quantity", "amount", "target", "attained", "last_month", "last_year"),
        ),
        Section(_("Money"), ("received", "outstanding")),
        Section(
            _("Sending"),
            ("due_on", "sent_at", "sent_to", "mailed_at", "days_late"),
        ),
    )
    open_in = _DRAFT
    clauses = ("E5.4",)
    empty = _("The report of a month is built by itself on the 25th.")
    printouts = (Printout("report", _("Monthly sales report"), needs=("amount", "lines.amount")),)
    actions = (
        step(MonthlyReport.workflow, "send", dated(timed(send_monthly_report))),
        Action("rebuild", _("Work out again"), dated(rebuild_monthly_report), states=_DRAFT),
    )
    on_create = staticmethod(dated(begin_monthly_report))
    on_change = staticmethod(dated(rebuild_monthly_report))


class ReportPeople(Resource):
    """Who answers for monthly reports, and who is sent them."""

    model = ReportPerson
    title = _("People of monthly reports")
    columns = ("employee", "part")
    fields = ("employee", "part")
    search = ("employee.name",)
    empty = _("Name who answers for the monthly sales report, and who is to receive it.")
