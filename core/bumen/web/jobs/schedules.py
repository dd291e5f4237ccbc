"""The pages of what starts by itself: when, whether, and what became of it last time."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bumen.errors import BusinessError, InvalidInput, NotFound
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.jobs.rhythm import LAST_DAY, Every, Rhythm, Weekday
from bumen.unit_of_work import committed, current
from bumen.web.analyses.mailed import mail_may_leave
from bumen.web.deeds import carried_out
from bumen.web.house import department_titles
from bumen.web.jobs.planned import Planned, change, paused, planned, start_now, stop
from bumen.web.jobs.rounds import rounds_shown
from bumen.web.jobs.viewing import SCHEDULES
from bumen.web.pages.flow_page import VIEW as CALENDAR
from bumen.web.security import allowed, somebody_here

_ = translator(__file__, "bumen")

_TITLE = _("Schedules")
_EVERY = {one.value: one for one in Every}
_WEEKDAYS = {one.value: one for one in Weekday}
_DAYS = [*map(str, range(1, 32)), LAST_DAY]


def schedule_pages() -> Blueprint:
    """Return the pages of schedules."""
    pages = Blueprint("schedules", __name__, url_prefix="/schedules")
    pages.add_url_rule("/", "list", listed, methods=["GET"])
    pages.add_url_rule("/<name>", "edit", edit, methods=["GET"])
    pages.add_url_rule("/<name>", "save", save, methods=["POST"])
    pages.add_url_rule("/<name>/start", "start", begin, methods=["POST"])
    pages.add_url_rule("/<name>/stop", "stop", end, methods=["POST"])
    return pages


def listed() -> str:
    """Show every schedule of the company to administrators, to everybody else the own ones."""
    somebody_here()
    sees_all = allowed("read", SCHEDULES)
    rounds = rounds_shown() if sees_all else []
    rows = planned()
    told = {
        "sees_all": sees_all,
        "writes": allowed("write", SCHEDULES),
        "rounds": rounds,
        "paused": paused(),
        "cannot_leave": not mail_may_leave() and any(one.sent for one in rows),
    }
    return _page("schedules.html", title=_TITLE, rows=rows, **told)


def edit(name: str) -> str:
    """Ask when a schedule is to start."""
    plan = _found(name)
    return _form(plan, plan.rhythm, enabled=plan.enabled)


def save(name: str) -> Any:
    """Keep when a schedule is to start, and whether."""
    plan, enabled = _found(name), "enabled" in request.form
    shown = partial(_form, plan, enabled=enabled)
    try:
        typed = _typed()
    except BusinessError as refusal:
        return shown(plan.rhythm, refusal=refusal), refusal.status

    def deed() -> Text:
        change(plan, cron=typed.as_cron(), enabled=enabled)
        return _("“%(schedule)s” has been saved.", schedule=plan.title)

    listing = url_for("schedules.list")
    return carried_out(deed, then=listing, refused=lambda why: shown(typed, refusal=why))


def begin(name: str) -> Any:
    """Start the job of a schedule now; what is refused is said above the list."""
    plan = _found(name)
    try:
        with committed(current()):
            run = start_now(plan)
    except NotFound:
        raise
    except BusinessError as refusal:
        flash(str(refusal.message), "danger")
        return redirect(url_for("schedules.list"))
    return redirect(url_for("jobs.show", ident=run.id))


def end(name: str) -> Any:
    """Make an end of what somebody planned."""
    plan = _found(name)
    with committed(current()):
        stop(plan)
    flash(str(_("“%(schedule)s” does not start any more.", schedule=plan.title)), "success")
    return redirect(url_for("schedules.list"))


def _found(name: str) -> Planned:
    """Return a schedule that whoever asks may change: the own ones, and with the right to, all."""
    somebody_here()
    return planned(name, verb="write")[0]


def _typed() -> Rhythm:
    """Return the times that were sent; refuses what none of the boxes offers."""
    sent = request.form
    try:
        return Rhythm(
            every=_EVERY[sent.get("every", "")],
            at=time.fromisoformat(sent.get("at", "")).replace(second=0, microsecond=0),
            weekday=_WEEKDAYS[sent.get("weekday", "1")],
            day=_DAYS[_DAYS.index(sent.get("day", "1"))],
            cron=sent.get("cron", ""),
        )
    except (ValueError, KeyError):
        raise InvalidInput({"at": [_("This is not a time of the day.")]}) from None


def _form(
    plan: Planned, rhythm: Rhythm, *, enabled: bool, refusal: BusinessError | None = None
) -> str:
    return _page(
        "schedule.html",
        title=plan.title,
        plan=plan,
        rhythm=rhythm,
        enabled=enabled,
        refusal=refusal,
        every=list(Every),
        weekdays=list(Weekday),
        days=_DAYS,
        last_day=LAST_DAY,
        may_see_calendar=allowed("read", CALENDAR),
    )


def _page(template: str, **values: Any) -> str:
    company = current().company
    return render_template(
        f"bumen/jobs/{template}",
        formats=formats_here(),
        departments=department_titles(),
        timezone=company.timezone if company else "",
        **values,
    )
