"""What the house does for monthly sales reports by itself: builds, chases and mails them."""

from io import BytesIO

from bumen import (
    Enclosure,
    Job,
    Money,
    Quantity,
    ReportColumn,
    Run,
    Schedule,
    Text,
    attach_file,
    create_record,
    current,
    is_address,
    printed,
    send_mail,
    sends_mail,
    session,
    start,
    today,
    workbook,
)
from bumen_sales.events import MonthlyReportSent
from bumen_sales.models.monthly_reports import (
    MonthlyReport,
    ReportPart,
    people_of_report,
    report_of,
    reports_not_sent,
)
from bumen_sales.resources import MonthlyReports
from bumen_sales.services.monthly_reports import address_of_receiver, chase, put_before
from bumen_sales.texts import _

COLUMNS = (
    ReportColumn("part", str, label=_("By")),
    ReportColumn("what", str, label=_("Of what or whom")),
    ReportColumn("quantity", Quantity, label=_("Quantity")),
    ReportColumn("amount", Money, label=_("Amount")),
    ReportColumn("target", Money, label=_("Target of the month")),
    ReportColumn("last_month", Money, label=_("Last month")),
    ReportColumn("last_year", Money, label=_("Last year")),
)


def build_report(run: Run) -> Text:
    """Build the report of the month and put it before whoever answers for it."""
    day = today()
    if session().scalar(report_of(day.year, day.month)) is not None:
        return _("The report of the month is there already.")
    made = create_record(MonthlyReports, {"year": day.year, "month": day.month}, by=run.by)
    put_before(made)
    return _("The monthly sales report %(number)s was built.", number=made.number)


def chase_reports(run: Run) -> Text:
    """Remind of reports that are to be sent, and tell of those that are late."""
    waiting = session().scalars(reports_not_sent()).all()
    for report in waiting:
        chase(report, on=today())
    run.progress(len(waiting))
    return _("Reports not sent: %(count)s.", count=len(waiting))


def mail_report(run: Run, *, report_id: int) -> Text:
    """Mail a report that was sent, as PDF and workbook, and keep both with it."""
    report = session().get_one(MonthlyReport, report_id)
    if report.mailed_at is not None:
        return _("The report was mailed before.")
    if not sends_mail():
        run.in_part = True
        return _("No mail server is set up: receivers were told in their inboxes only.")
    language = _language()
    sheet = _sheet(report, language=language)
    paper = printed(MonthlyReports, report_id, "report", on=today(), language=language)
    for one in (paper, sheet):
        attach_file(MonthlyReports, report, name=one.name, content=BytesIO(one.content))
    count = _mail(run, report, (paper, sheet), language=language)
    report.mailed_at = run.at
    return _("The report was mailed to %(count)s people.", count=count)


def have_it_mailed(event: MonthlyReportSent) -> None:
    """Have a report mailed that was sent."""
    start(MAIL, report_id=event.monthly_report_id)


def _language() -> str:
    company = current().company
    return company.locale if company is not None else "en"


def _sheet(report: MonthlyReport, *, language: str) -> Enclosure:
    title = _("Monthly sales report")
    rows = [
        [
            one.part.label.in_language(language),
            one.what,
            one.quantity,
            one.amount,
            one.target,
            one.last_month,
            one.last_year,
        ]
        for one in report.lines
    ]
    name = f"{title.in_language(language)} {report.number}"
    return workbook(title, COLUMNS, rows, name=name, language=language)


def _mail(run: Run, report: MonthlyReport, files: tuple[Enclosure, ...], *, language: str) -> int:
    subject = _("Monthly sales report %(number)s", number=report.number).in_language(language)
    text = _("Please find attached: the monthly sales report %(number)s.", number=report.number)
    said = "\n\n".join(filter(None, (text.in_language(language), report.comments)))
    addresses = [
        address_of_receiver(one) for one in session().scalars(people_of_report(ReportPart.RECEIVES))
    ]
    reached = [one for one in addresses if one is not None and is_address(one)]
    for to in reached:
        send_mail(to, subject=subject, text=said, by=run.by, at=run.at, files=files)
    return len(reached)


BUILD = Job(
    "sales.build_monthly_report",
    title=_("Build the monthly sales report"),
    run=build_report,
    needs=("write", MonthlyReports),
)
CHASE = Job(
    "sales.chase_monthly_reports",
    title=_("Chase monthly sales reports"),
    run=chase_reports,
    needs=("write", MonthlyReports),
)
MAIL = Job(
    "sales.mail_monthly_report",
    title=_("Mail the monthly sales report"),
    run=mail_report,
    needs=("send", MonthlyReports),
    clauses=("E5.4",),
)
ON_THE_25TH = Schedule(
    "sales.monthly_report",
    BUILD,
    cron="0 7 25 * *",
    title=_("Monthly sales report"),
    clauses=("E5.4",),
)
EACH_MORNING = Schedule(
    "sales.monthly_reports_chased",
    CHASE,
    cron="0 8 * * *",
    title=_("Monthly sales reports that are due or late"),
)
JOBS, SCHEDULES = (BUILD, CHASE, MAIL), (ON_THE_25TH, EACH_MORNING)
