"""Reports by mail: what somebody sees of an analysis, to that person, as often as is wished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlalchemy import Select, select

from bumen.company.people import full_name_of
from bumen.errors import BusinessError, Forbidden, NotFound
from bumen.exchange.export import FORMATS, Sheet
from bumen.i18n import Text, language, translator
from bumen.jobs import Job, JobRun, Run, ScheduleEntry, start
from bumen.jobs.arguments import as_json
from bumen.jobs.models import OPEN
from bumen.jobs.planning import entries, plan, set_times
from bumen.jobs.run import in_every_language
from bumen.mail.letters import Letter, Part, Point, write
from bumen.mail.models import MailFile
from bumen.model.accounts import User
from bumen.reporting.questions import kept_question, question_kept
from bumen.reporting.sheets import IN_FILE, sheet_of_answer
from bumen.reporting.writing import Writing
from bumen.reports import Analysis, Pivot, Question, checked, is_defined, work_out
from bumen.resource import READ
from bumen.security.holding import people_who_may
from bumen.unit_of_work import company_now, current, session, today
from bumen.values import Choice

_ = translator(__file__, "bumen")

MOST_TOLD = 10
"""So many rows stand in the letter itself; the file that goes with it has all."""
MOST_PLANNED = 20
"""So many reports one person has sent to another, or to oneself, as often as is wished."""
_XLSX = FORMATS["xlsx"]


class TooManyReports(BusinessError):
    """The refusal to have somebody sent more reports than anybody reads."""

    def __init__(self, person: str) -> None:
        super().__init__(
            _(
                "You have already planned %(most)s reports by mail for %(person)s. Stop one of "
                "them first.",
                person=person,
                most=MOST_PLANNED,
            )
        )


class ReportIsUnderWay(BusinessError):
    """The refusal to send a report while the one before is still worked out."""

    def __init__(self) -> None:
        super().__init__(_("A report is being sent to you already. Please wait a moment."))


class Rhythm(Choice):
    """How often a report is sent, by the clocks of the company."""

    DAILY = "daily", _("Every working day at 8:00")
    WEEKLY = "weekly", _("Every Monday at 8:00")
    MONTHLY = "monthly", _("On the first of every month at 8:00")
    ON_25TH = "on_25th", _("On the 25th of every month at 9:00")


_TIMES = {
    Rhythm.DAILY: "0 8 * * W",
    Rhythm.WEEKLY: "0 8 * * 1",
    Rhythm.MONTHLY: "0 8 1 * *",
    Rhythm.ON_25TH: "0 9 25 * *",
}


def send_report(
    run: Run, *, report: str, asked: dict[str, Any], view: str = "", planned_by: str = ""
) -> Text:
    """Work a report out as who gets it sees it now, and write it to that person."""
    analysis, user = _analysis(report), run.by
    if user is None:
        raise NotFound
    pivot = work_out(checked(analysis, question_kept(asked)), today=today(), most=IN_FILE)
    letter = Letter(
        subject=name_of(analysis, view),
        parts=[Part(title=analysis.title, points=list(_points(pivot, analysis)))],
        why=_why(planned_by),
    )
    mail = write(letter, to=user, locale=language(), at=run.at)
    if mail is None:
        run.in_part = True
        return _("Nobody was written to: the account has no e-mail address.")
    session().add(mail)
    session().flush()
    sheet = sheet_of_answer(pivot, analysis)
    content, name = _file(sheet), f"{sheet.title} {today().isoformat()}.xlsx"
    session().add(
        MailFile(mail_id=mail.id, name=name[-200:], mimetype=_XLSX.mimetype, content=content)
    )
    return _("The report was sent to %(address)s.", address=mail.recipient)


REPORT_BY_MAIL = Job("core.report_by_mail", title=_("Report by mail"), run=send_report, of="report")


@dataclass(frozen=True, kw_only=True)
class Planning:
    """What was planned, and who was left alone: who had planned the same already."""

    entries: Sequence[ScheduleEntry]
    left_alone: Sequence[User]


def plan_report(
    analysis: Analysis,
    question: Question,
    *,
    rhythm: Rhythm,
    by: User,
    view: str = "",
    to: Iterable[User] = (),
) -> Planning:
    """Have a report sent from now on, to who plans it, or to these people who may read it.

    Each gets a schedule of the own, and sees what that person may. The same question of the same
    person is not planned twice: its rhythm changes; who planned it for oneself is left alone.
    Refuses more than `MOST_PLANNED` that the one has planned for the other.
    """
    checked(analysis, question)
    people = [*dict.fromkeys(to)] or [by]
    _wait_for_others(people)
    found = [_planned(analysis, question, rhythm, by=by, view=view, to=one) for one in people]
    return Planning(
        entries=[one for one in found if one is not None],
        left_alone=[one for one, entry in zip(people, found, strict=True) if entry is None],
    )


def send_now(analysis: Analysis, question: Question, *, view: str = "") -> JobRun:
    """Have a report sent once, now, to whoever asks for it; refuses while one is under way."""
    checked(analysis, question)
    _wait_for_others([current().user])
    if session().scalar(_under_way(current().user.id)) is not None:
        raise ReportIsUnderWay
    return start(
        REPORT_BY_MAIL,
        about=name_of(analysis, view),
        report=_key(analysis),
        asked=kept_question(question),
        view=view,
    )


def times_of(rhythm: Rhythm) -> str:
    """Return a rhythm as cron writes it."""
    return _TIMES[rhythm]


def rhythm_of(cron: str) -> Rhythm | None:
    """Return which rhythm these times are; None where they are others."""
    return next((one for one, times in _TIMES.items() if times == cron), None)


def is_sent_of(analysis: Analysis, entry: ScheduleEntry) -> bool:
    """Whether this is what a schedule sends by mail."""
    return entry.job == REPORT_BY_MAIL.name and _report_of(entry) == _key(analysis)


def send_planned(entry: ScheduleEntry) -> JobRun:
    """Send what a schedule sends once, now, to whoever asks for it."""
    given = entry.arguments or {}
    analysis, asked = _analysis(_report_of(entry)), question_kept(given["asked"])
    return send_now(analysis, asked, view=given.get("view", ""))


def name_of(analysis: Analysis, view: str = "") -> Text:
    """Return what a report is called, with the view of it that is meant."""
    if not view:
        return analysis.title
    return _("%(report)s: %(view)s", report=analysis.title, view=view)


def readers_of(analysis: Analysis) -> Select[User]:
    """Select the people of the company who may read a report."""
    company_id, view = company_now().id, analysis.resource.permission()
    return people_who_may(READ, view, company_id=company_id)


def _planned(
    analysis: Analysis, question: Question, rhythm: Rhythm, *, by: User, view: str, to: User
) -> ScheduleEntry | None:
    """Return what is planned for somebody; None where that person has planned it for oneself."""
    asked, key = kept_question(question), _key(analysis)
    theirs = session().scalars(_plans_of(to.id)).all()
    for one in theirs:
        given = one.arguments or {}
        if (given.get("report"), given.get("asked")) == (key, as_json({"asked": asked})["asked"]):
            return _changed(one, rhythm, by=by, analysis=analysis, view=view)
    if sum(one.created_by_id == by.id for one in theirs) >= MOST_PLANNED:
        raise TooManyReports(full_name_of(to))
    return plan(
        REPORT_BY_MAIL,
        cron=_TIMES[rhythm],
        title=_title(analysis, view),
        by=to,
        report=key,
        asked=asked,
        view=view,
        planned_by="" if to.id == by.id else full_name_of(by),
    )


def _changed(
    entry: ScheduleEntry, rhythm: Rhythm, *, by: User, analysis: Analysis, view: str
) -> ScheduleEntry | None:
    """Send the same at other times; what somebody has planned for oneself nobody else changes."""
    if by.id not in (entry.owner_id, entry.created_by_id):
        return None
    entry.enabled = True
    entry.title = in_every_language(_title(analysis, view))
    entry.arguments = {**(entry.arguments or {}), "view": view}
    set_times(entry, _TIMES[rhythm])
    return entry


def _wait_for_others(people: Iterable[User]) -> None:
    """Wait until nobody else plans anything for these people: what there is counts from here on."""
    idents = [one.id for one in people]
    session().execute(
        select(User.id).where(User.id.in_(idents)).order_by(User.id).with_for_update(key_share=True)
    )


def _title(analysis: Analysis, view: str) -> Text:
    return _("%(report)s by mail", report=name_of(analysis, view))


def _report_of(entry: ScheduleEntry) -> str:
    return str((entry.arguments or {}).get("report", ""))


def _plans_of(user_id: int) -> Select[ScheduleEntry]:
    mine = (ScheduleEntry.owner_id == user_id, ScheduleEntry.job == REPORT_BY_MAIL.name)
    return entries().where(*mine)


def _under_way(user_id: int) -> Select[int]:
    mine = (JobRun.created_by_id == user_id, JobRun.job == REPORT_BY_MAIL.name)
    return select(JobRun.id).where(*mine, JobRun.state.in_(OPEN)).limit(1)


def _why(planned_by: str) -> Text:
    if planned_by:
        return _(
            "%(person)s planned this report for you. You can stop it under “Schedules”.",
            person=planned_by,
        )
    return _("You planned this report. You can stop it under “Schedules”.")


def _analysis(key: str) -> Analysis:
    """Return an analysis that whoever works now may still read."""
    unit = current()
    found: Analysis | None = unit.neighbours.analysis_called(key)
    if found is None or key.partition(".")[0] not in unit.on:
        raise NotFound
    if not unit.may(READ, found.resource.permission()):
        raise Forbidden
    if not is_defined(found):
        raise NotFound
    return found


def _key(analysis: Analysis) -> str:
    return f"{analysis.resource.plugin()}.{analysis.name}"


def _points(pivot: Pivot, analysis: Analysis) -> Iterator[Point]:
    """Yield the first rows, each with what it comes to, and the total."""
    writing, first = Writing(analysis), pivot.asked.measures[0]
    rows = zip(pivot.rows[:MOST_TOLD], pivot.row_totals, strict=False)
    for member, cell in rows:
        yield Point(text=f"{writing.member(member)}: {writing.number(cell, first).text}")
    yield Point(text=f"{_('Total')}: {writing.number(pivot.total, first).text}")


def _file(sheet: Sheet) -> bytes:
    content = BytesIO()
    _XLSX.write(sheet, content)
    return content.getvalue()
