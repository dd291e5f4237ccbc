"""Reports by mail through the API: what is sent of an analysis, to whom, how often, or now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response
from flask_appbuilder.api import expose

from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.reporting.mailing import (
    Rhythm,
    is_sent_of,
    plan_report,
    readers_of,
    rhythm_of,
    send_now,
    times_of,
)
from bumen.reports import Analysis
from bumen.unit_of_work import committed, current, session
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.api import with_view
from bumen.web.analyses.mailed import (
    MOST_OFFERED,
    people_called,
    rhythm_called,
    view_called,
)
from bumen.web.analyses.views_api import ViewsApi, body_of
from bumen.web.answers import answer
from bumen.web.jobs.planned import Planned, change, planned, stop, told_of_plan
from bumen.web.jobs.viewing import told_of_begun
from bumen.web.saved_views import SAVED, arguments_in

_ = translator(__file__, "bumen")

_WHICH: Mapping[str, type[Any]] = {"query": str, "view": int}
_PLANNED: Mapping[str, type[Any]] = {**_WHICH, "rhythm": str, "to": list}
_CHANGED: Mapping[str, type[Any]] = {"rhythm": str, "enabled": bool}
"""What is written of a report by mail."""


class MailsApi(ViewsApi):
    """What is sent of the analyses of one department by mail."""

    @expose("/<name>/mails/", methods=("GET",))
    def get_mails(self, name: str) -> Response:
        """Answer with what of an analysis is sent to this person, or was planned by this person.

        Administrators of schedules see what everybody gets. `people` may be written to.
        """
        analysis = self._analysis(name)
        found = [_told(one) for one in _mails_of(analysis)]
        people = session().scalars(readers_of(analysis).limit(MOST_OFFERED)).all()
        told = {
            "count": len(found),
            "result": found,
            "rhythms": [{"value": one.value, "label": one.label} for one in Rhythm],
            "people": [{"id": one.id, "label": full_name_of(one)} for one in people],
        }
        return answer(told)

    @expose("/<name>/mails/", methods=("POST",))
    def plan_mail(self, name: str) -> Response:
        """Have what an analysis is asked for (`query`, `view`) sent by a `rhythm` from now on.

        `to` are the ids of who gets it, oneself where it is left out; it is asked for anew each
        time, as that person may see it. Who has planned the same for oneself is left alone.
        """
        analysis, sent = self._analysis(name), body_of(_PLANNED)
        address, view = _asked(analysis, sent)
        rhythm = rhythm_called(sent.get("rhythm", ""))
        people = people_called(analysis, [str(one) for one in sent.get("to", ())])
        with committed(current()) as unit:
            made = plan_report(
                analysis, address.question, rhythm=rhythm, by=unit.user, view=view, to=people
            )
            names = {one.name for one in made.entries}
        found = [_told(one) for one in _mails_of(analysis) if one.name in names]
        left = [{"id": one.id, "label": full_name_of(one)} for one in made.left_alone]
        return answer({"count": len(found), "result": found, "left_alone": left}, 201)

    @expose("/<name>/mails/now", methods=("POST",))
    def send_mail(self, name: str) -> Response:
        """Have it sent once, now, to whoever asks; answers with the run that does so."""
        analysis = self._analysis(name)
        address, view = _asked(analysis, body_of(_WHICH))
        with committed(current()):
            run = send_now(analysis, address.question, view=view)
        return answer(told_of_begun(run), 202)

    @expose("/<name>/mails/<mail>", methods=("GET",))
    def get_mail(self, name: str, mail: str) -> Response:
        """Answer with one of them."""
        return _answered(self._mail(name, mail))

    @expose("/<name>/mails/<mail>", methods=("PUT",))
    def change_mail(self, name: str, mail: str) -> Response:
        """Send it by another `rhythm`; or not, and again, by `enabled`."""
        found, sent = self._mail(name, mail, verb="write"), body_of(_CHANGED)
        cron = times_of(rhythm_called(sent["rhythm"])) if "rhythm" in sent else None
        with committed(current()):
            change(found, cron=cron, enabled=sent.get("enabled"))
        return _answered(self._mail(name, mail, verb="write"))

    @expose("/<name>/mails/<mail>", methods=("DELETE",))
    def drop_mail(self, name: str, mail: str) -> Response:
        """Send it no more."""
        found = self._mail(name, mail, verb="write")
        with committed(current()):
            stop(found)
        return answer({"id": mail})

    def _mail(self, name: str, mail: str, *, verb: str = "read") -> Planned:
        """Return what is sent by mail; `NotFound` where it is another report's, or another's."""
        found = next(iter(_mails_of(self._analysis(name), mail, verb=verb)), None)
        if found is None:
            raise NotFound
        return found


def _mails_of(
    analysis: Analysis, mail: str | None = None, *, verb: str = "read"
) -> Sequence[Planned]:
    every = planned(mail, verb=verb)
    return [one for one in every if one.entry is not None and is_sent_of(analysis, one.entry)]


def _asked(analysis: Analysis, sent: Mapping[str, Any]) -> tuple[AnalysisAddress, str]:
    """Return what is to be sent, and the name of the view that asks just this."""
    arguments, view = arguments_in(sent.get("query", "")), sent.get("view")
    if view is not None:
        arguments[SAVED] = str(view)
    kept = arguments.get(SAVED, "")
    address = AnalysisAddress(analysis, with_view(analysis, arguments))
    return address, view_called(address, kept)


def _answered(found: Planned) -> Response:
    return answer({"id": found.name, "result": _told(found)})


def _told(found: Planned) -> dict[str, Any]:
    entry, rhythm = found.entry, rhythm_of(found.cron)
    return {
        **told_of_plan(found),
        "id": found.name,
        "rhythm": rhythm and rhythm.value,
        "to": {"id": entry.owner_id if entry else None, "label": found.owner},
        "query": found.sent and found.sent.query,
    }
