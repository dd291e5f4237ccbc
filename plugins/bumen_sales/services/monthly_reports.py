"""The monthly sales report: built, put before who answers for it, sent in time or told late."""

from datetime import date, datetime

from bumen import NoticeKind, Text, User, next_number, publish, session, superiors_of, tell
from bumen_base.models import Employee
from bumen_sales.errors import MonthHasNotBegun, MonthHasReport, NobodyReceivesReport
from bumen_sales.events import MonthlyReportSent
from bumen_sales.models.monthly_reports import (
    MonthlyReport,
    MonthlyReportState,
    ReportPart,
    people_of_report,
    report_of,
)
from bumen_sales.services.monthly_figures import reckon
from bumen_sales.texts import _

NUMBERED_REPORTS = "sales.monthly_report"
DUE_DAY, REMINDED_DAY = 28, 27
"""A report is sent by the 28th of its month; on the 27th whoever answers for it is reminded."""


def begin_monthly_report(report: MonthlyReport, *, by: User | None, on: date) -> None:
    """Build the report of a month; refuses a second one."""
    with session().no_autoflush:
        answers = session().scalars(people_of_report(ReportPart.ANSWERS)).first()
    report.responsible = report.responsible or answers
    rebuild_monthly_report(report, by=by, on=on)
    report.number = next_number(kind=NUMBERED_REPORTS, on=date(report.year, report.month, 1))


def rebuild_monthly_report(report: MonthlyReport, *, by: User | None, on: date) -> None:
    """Work a report out again as things stand; refuses a second one of its month."""
    with session().no_autoflush:
        other = session().scalar(report_of(report.year, report.month, besides=report.id))
        if other is not None:
            raise MonthHasReport
        report.due_on = date(report.year, report.month, DUE_DAY)
        reckon(report, on=on)


def put_before(report: MonthlyReport) -> None:
    """Ask whoever answers for a report to comment on it and to send it."""
    person = _user_of(report.responsible)
    if person is not None:
        said = _(
            "Please comment on the monthly sales report %(number)s and send it.", **_named(report)
        )
        tell([person], kind=NoticeKind.ACTIVITY, record=report, text=said)


def send_monthly_report(report: MonthlyReport, *, by: User | None, at: datetime, on: date) -> None:
    """Send a report to whoever is to receive it: its numbers stay as they are now.

    How late it is counts in days after the 28th of its month, by the company's calendar. Refuses
    where nobody is to receive it, and a month that has not begun. Source: E5.4.
    """
    if (report.year, report.month) > (on.year, on.month):
        raise MonthHasNotBegun
    receivers = session().scalars(people_of_report(ReportPart.RECEIVES)).all()
    if not receivers:
        raise NobodyReceivesReport
    if report.state is MonthlyReportState.DRAFT:
        reckon(report, on=on)
    report.move("send", by=by)
    report.sent_at, report.days_late = at, days_late(report, on=on)
    report.sent_to = "\n".join(_called(one) for one in receivers)
    users = [one.user_id for one in receivers if one.user_id is not None]
    said = _("The monthly sales report %(number)s is there.", number=report.number)
    tell(users, kind=NoticeKind.NEWS, record=report, text=said)
    publish(MonthlyReportSent(report.id))


def days_late(report: MonthlyReport, *, on: date) -> int:
    """Return by how many days a report is late that is sent, or not sent, on a day."""
    return max(0, (on - report.due_on).days)


def chase(report: MonthlyReport, *, on: date) -> None:
    """Remind whoever answers for a report on the 27th; after the 28th tell all who lead them."""
    if report.state is not MonthlyReportState.DRAFT:
        return
    answers = _user_of(report.responsible)
    report.days_late = days_late(report, on=on)
    if on > report.due_on and report.escalated_on is None:
        report.escalated_on = on
        _tell(report, [*_above(answers), *([answers] if answers else [])], _is_late(report))
    elif on >= report.due_on.replace(day=REMINDED_DAY) and report.reminded_on is None:
        report.reminded_on = on
        said = _("The monthly sales report %(number)s is to be sent by the 28th.", **_named(report))
        _tell(report, [answers] if answers else [], said)


def address_of_receiver(person: Employee) -> str | None:
    """Return where somebody who receives reports is written to."""
    return person.email or (person.user.email if person.user is not None else None)


def _above(user_id: int | None) -> list[int]:
    """Return who leads somebody, up to the top; where nobody is known, who receives reports."""
    found = [] if user_id is None else list(superiors_of(user_id))
    if found:
        return found
    receivers = session().scalars(people_of_report(ReportPart.RECEIVES))
    return [one.user_id for one in receivers if one.user_id is not None]


def _is_late(report: MonthlyReport) -> Text:
    return _("The monthly sales report %(number)s was not sent by the 28th.", **_named(report))


def _tell(report: MonthlyReport, people: list[int], said: Text) -> None:
    tell(people, kind=NoticeKind.LATE, record=report, text=said)


def _named(report: MonthlyReport) -> dict[str, str]:
    return {"number": report.number}


def _called(person: Employee) -> str:
    address = address_of_receiver(person)
    return f"{person.name} <{address}>" if address else person.name


def _user_of(person: Employee | None) -> int | None:
    return None if person is None else person.user_id
