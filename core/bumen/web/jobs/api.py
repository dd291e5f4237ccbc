"""Background work and schedules through the API."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder.api import BaseApi, expose

from bumen.errors import InvalidInput
from bumen.i18n import Text, translator
from bumen.jobs import JobRun, cancel, retry
from bumen.jobs.finding import lines_of
from bumen.unit_of_work import committed, current, session
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.jobs.described import describe_jobs, describe_schedules
from bumen.web.jobs.files import file_of
from bumen.web.jobs.planned import change, planned, stop, told_of_plan
from bumen.web.jobs.rounds import rounds_shown, told_of_round
from bumen.web.jobs.viewing import (
    BASE,
    SCHEDULES,
    found_run,
    page_asked,
    shown,
    told_of,
)
from bumen.web.security import allowed, somebody_here

_ = translator(__file__, "bumen")


class JobApi(BaseApi):
    """Background work as JSON: one's own, and the company's for administrators."""

    route_base = BASE

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the newest runs; `all=1` asks for everybody's, `before` for older ones."""
        asked = page_asked()
        result = [told_of(one) for one in asked.rows]
        return answer({"count": len(result), "result": result, "next": asked.more})

    @expose("/<int:ident>", methods=("GET",))
    def get(self, ident: int) -> Response:
        """Answer with a run and its log."""
        somebody_here()
        return _told(found_run(ident))

    @expose("/<int:ident>/file", methods=("GET",))
    def file(self, ident: int) -> Response:
        """Answer with the file a run made."""
        somebody_here()
        return file_of(found_run(ident))

    @expose("/<int:ident>/cancel", methods=("POST",))
    def cancel(self, ident: int) -> Response:
        """Cancel a run."""
        somebody_here()
        run = found_run(ident, writing=True)
        with committed(current()):
            cancel(run)
        return _told(run)

    @expose("/<int:ident>/retry", methods=("POST",))
    def retry(self, ident: int) -> Response:
        """Retry a run."""
        somebody_here()
        run = found_run(ident, writing=True)
        with committed(current()):
            retry(run)
        return _told(run)

    def describe(self, spec: Any) -> None:
        """Describe background work."""
        describe_jobs(spec, self.route_base)


class ScheduleApi(BaseApi):
    """What starts by itself, as JSON: one's own, and the company's for administrators."""

    route_base = "/api/v1/core/schedules"

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with every schedule one may see, and with what the system does by itself."""
        somebody_here()
        result = [told_of_plan(one) for one in planned()]
        rounds = rounds_shown() if allowed("read", SCHEDULES) else []
        system = [told_of_round(one) for one in rounds]
        return answer({"count": len(result), "result": result, "system": system})

    @expose("/<name>", methods=("GET",))
    def get(self, name: str) -> Response:
        """Answer with a schedule."""
        somebody_here()
        return answer({"id": name, "result": told_of_plan(planned(name)[0])})

    @expose("/<name>", methods=("PUT",))
    def put(self, name: str) -> Response:
        """Change when it starts (`cron`), or switch it on or off (`enabled`)."""
        somebody_here()
        plan, sent = planned(name, verb="write")[0], _plan_sent()
        with committed(current()):
            change(plan, cron=sent.get("cron"), enabled=sent.get("enabled"))
        return answer({"id": name, "result": told_of_plan(planned(name, verb="write")[0])})

    @expose("/<name>", methods=("DELETE",))
    def delete(self, name: str) -> Response:
        """Make an end of what somebody planned."""
        somebody_here()
        plan = planned(name, verb="write")[0]
        with committed(current()):
            stop(plan)
        return answer({"id": name})

    def describe(self, spec: Any) -> None:
        """Describe schedules."""
        describe_schedules(spec, self.route_base)


def _plan_sent() -> dict[str, Any]:
    sent, wrong = body(), {}
    for name, value in sent.items():
        if name not in _KINDS:
            wrong[name] = [_("There is no such field, or it cannot be written.")]
        elif not isinstance(value, _KINDS[name][0]):
            wrong[name] = [_KINDS[name][1]]
    if wrong:
        raise InvalidInput(wrong)
    return sent


_KINDS: dict[str, tuple[type[Any], Text]] = {
    "cron": (str, _("This must be a text in quotation marks.")),
    "enabled": (bool, _("This must be true or false.")),
}
"""What may be written about a schedule, and what is said of what does not fit."""


def _told(run: JobRun) -> Response:
    one = shown([run])[0]
    lines = session().scalars(lines_of(run.id)).all() if one.is_told else []
    log = [{"at": line.at, "warning": line.is_warning, "text": line.text} for line in lines]
    return answer({"id": run.id, "result": {**told_of(one), "log": log}})
