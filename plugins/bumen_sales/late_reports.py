"""The register of monthly sales reports that were sent late, or are late and not sent yet."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement

from bumen import Link, Report, ReportColumn, session, today
from bumen_sales.models.monthly_reports import MonthlyReportState, late_reports
from bumen_sales.resources import MonthlyReports
from bumen_sales.services.monthly_reports import days_late
from bumen_sales.texts import _


def late(*, seen: Sequence[ColumnElement[bool]]) -> Iterator[tuple[Any, ...]]:
    """Yield each late report, the latest month first, and by how many days it is late so far."""
    on = today()
    for report in session().scalars(late_reports(on, *seen)):
        waits = report.state is MonthlyReportState.DRAFT
        yield (
            Link(report.number, MonthlyReports, ident=report.id),
            str(report.responsible or _("Nobody")),
            report.state,
            report.due_on,
            report.sent_at,
            days_late(report, on=on) if waits else report.days_late,
            report.escalated_on,
        )


LATE_REPORTS = Report(
    name="late_monthly_reports",
    title=_("Late monthly sales reports"),
    help=_("Reports that were not sent by the 28th, whether they have left since or not."),
    resource=MonthlyReports,
    columns=(
        ReportColumn("number", str, label=_("Report")),
        ReportColumn("responsible", str, label=_("Answers for it")),
        ReportColumn("state", MonthlyReportState, label=_("Status")),
        ReportColumn("due_on", date, label=_("To be sent by")),
        ReportColumn("sent_at", datetime, label=_("Sent at")),
        ReportColumn("days_late", int, label=_("Days late")),
        ReportColumn("escalated_on", date, label=_("Escalated on")),
    ),
    rows=late,
    clauses=("E5.4",),
    empty=_("Every report was sent in time."),
)
