"""Reports by mail on screens: what is sent, to whom, how often, and whether mail can leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request, url_for

from bumen.company.people import address_of, full_name_of
from bumen.errors import Malformed, NotFound, listed
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.jobs import ScheduleEntry
from bumen.model.accounts import User
from bumen.reporting.mailing import (
    REPORT_BY_MAIL,
    Planning,
    Rhythm,
    name_of,
    plan_report,
    readers_of,
    send_now,
)
from bumen.reporting.questions import Kept, question_kept
from bumen.reporting.writing import label_of
from bumen.reports import Analysis
from bumen.resource import READ
from bumen.unit_of_work import committed, current, session
from bumen.visibility import as_seen
from bumen.web.analyses.address import ANY, AnalysisAddress
from bumen.web.analyses.keys import key_of_analysis
from bumen.web.analyses.menus import COMPARED
from bumen.web.gate import endpoint_of
from bumen.web.list_address import ListAddress
from bumen.web.list_filters import spelled
from bumen.web.pages.reports import report_called
from bumen.web.saved_views import arguments_in, views_kept
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

MOST_OFFERED = 200
"""So many colleagues are offered to be written to."""
_PAGE = "department-reports"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a schedule sends: where that is seen, and its conditions in the reader's words."""

    href: str
    query: str
    told: Sequence[tuple[Text, str]]


def mail_page(analysis: Analysis, query: str, view: str) -> dict[str, Any]:
    """Return what the page shows on which a report is planned by mail."""
    address, me = AnalysisAddress(analysis, arguments_in(query)), current().user
    people = session().scalars(readers_of(analysis).limit(MOST_OFFERED)).all()
    name = view_called(address, view)
    return {
        "title": _("%(report)s by mail", report=name_of(analysis, name)),
        "analysis": analysis,
        "query": urlencode(address.query(), doseq=True),
        "view": view if name else "",
        "told": list(_told(address)),
        "rhythms": list(Rhythm),
        "me": me,
        "address": address_of(me) or _("no e-mail address"),
        "people": [(one, full_name_of(one)) for one in people if one.id != me.id],
        "may_leave": mail_may_leave(),
    }


def plan_as_sent(analysis: Analysis) -> Text:
    """Send a report now, or plan it, as a form says; return what is told about it."""
    form = request.form
    address = AnalysisAddress(analysis, arguments_in(form.get("query", "")))
    view = view_called(address, form.get("view", ""))
    if form.get("deed") == "now":
        with committed(current()):
            send_now(analysis, address.question, view=view)
        return _("The report is worked out and sent to you now.")
    rhythm, by = rhythm_called(form.get("rhythm", "")), current().user
    people = people_called(analysis, form.getlist("to"))
    with committed(current()):
        made = plan_report(analysis, address.question, rhythm=rhythm, by=by, view=view, to=people)
    return _said(made, rhythm)


def _said(made: Planning, rhythm: Rhythm) -> Text:
    """Say what was planned, and for whom not."""
    if not made.left_alone:
        return _("The report comes by mail from now on: %(rhythm)s.", rhythm=rhythm.label)
    names = listed([full_name_of(one) for one in made.left_alone])
    if not made.entries:
        return _("Already planned, and left as it is, by: %(people)s.", people=names)
    return _(
        "The report comes by mail from now on: %(rhythm)s. Already planned, and left as it is, "
        "by: %(people)s.",
        rhythm=rhythm.label,
        people=names,
    )


def mail_may_leave() -> bool:
    """Whether a mail server is set up."""
    host: Host = current_app.extensions["bumen"]
    return host.settings.smtp_url is not None


def sent_by(entries: Iterable[ScheduleEntry]) -> dict[str, Sent]:
    """Return what schedules send by mail, by their names: those that send some, not hidden by now.

    What they are narrowed to is read for all of them at once.
    """
    read = {one.name: _address_of(one) for one in entries if one.job == REPORT_BY_MAIL.name}
    found = {name: address for name, address in read.items() if address is not None}
    ListAddress.name_together(one.list for one in found.values())
    return {name: _sent(address) for name, address in found.items()}


def _sent(address: AnalysisAddress) -> Sent:
    analysis, query = address.analysis, address.query()
    page = f"{endpoint_of(analysis.resource.plugin(), _PAGE)}.show"
    return Sent(
        href=url_for(page, name=analysis.name, **query),
        query=urlencode(query, doseq=True),
        told=list(_told(address)),
    )


def _address_of(entry: ScheduleEntry) -> AnalysisAddress | None:
    """Return the address of what is sent; None where whoever looks does not see it."""
    given = entry.arguments or {}
    plugin, _dot, name = str(given.get("report", "")).partition(".")
    try:
        analysis = report_called(plugin, name)
        if not isinstance(analysis, Analysis) or not _may_read(analysis):
            return None
        return AnalysisAddress(analysis, arguments_in(_query_of(analysis, given["asked"])))
    except (NotFound, Malformed):  # what it is made of is hidden from whoever looks
        return None


def _may_read(analysis: Analysis) -> bool:
    return allowed(READ, analysis.resource.permission())


def _query_of(analysis: Analysis, asked: Kept) -> str:
    """Return the query of the address that asks what was kept."""
    found: list[tuple[str, str]] = [("rows", asked["rows"]), ("columns", asked["columns"])]
    found += [("measures", ",".join(asked["measures"])), ("compare", asked["compared"])]
    found += [("q", asked["search"]), ("filters", "none")]
    conditions = list(question_kept(asked).listing.conditions)
    period = ANY if analysis.day and analysis.period else ""
    if conditions and (conditions[-1].field, conditions[-1].operator) == (analysis.day, "period"):
        period = conditions.pop().value  # it is put behind the others
    for one in conditions:
        name, values = spelled(as_seen(analysis.resource), one)
        found += [(name, value) for value in values]
    return urlencode([(name, value) for name, value in [*found, ("period", period)] if value])


def _told(address: AnalysisAddress) -> Iterator[tuple[Text, str]]:
    """Yield what a report is gathered by, measured, and narrowed to."""
    asked = address.asked
    yield _("Gathered by"), " × ".join(str(label_of(key)) for key in asked.keys)
    told = asked.measures[:1] if len(asked.keys) > 1 else asked.measures
    yield _("Figures"), str(listed([one.label for one in told]))
    if address.day:
        yield _("Period"), address.period_words or str(_("Any time"))
    if address.question.compared:
        yield _("Compare with"), str(COMPARED[address.question.compared])
    if address.list.listing.search:
        yield _("Search"), address.list.listing.search
    for one in address.list.conditions:
        yield one.label, f"{one.operator} {one.value_text}".strip()


def view_called(address: AnalysisAddress, ident: str) -> str:
    """Return the name of the saved view that asks just this; "" where this person sees none."""
    views = views_kept(key_of_analysis(address.analysis)) if ident else []
    view = next((one for one in views if str(one.id) == ident), None)
    if view is None:
        return ""
    try:
        kept = AnalysisAddress(address.analysis, view.arguments)
    except Malformed:  # what it asks for is hidden by now
        return ""
    return view.name if kept.question == address.question else ""


def people_called(analysis: Analysis, sent: Sequence[str]) -> list[User]:
    """Return who is to get a report, of those who may read it."""
    known = {str(one.id): one for one in session().scalars(readers_of(analysis))} if sent else {}
    if any(one not in known for one in sent):
        message = _("Only people of the company who may read this report can get it.")
        raise Malformed(message, fields={"to": [message]})
    return [known[one] for one in dict.fromkeys(sent)]


def rhythm_called(sent: str) -> Rhythm:
    found = next((one for one in Rhythm if one.value == sent), None)
    if found is None:
        message = _("This value is not allowed.")
        raise Malformed(message, fields={"rhythm": [message]})
    return found
