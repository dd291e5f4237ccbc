"""The calendar of a company's working days, as administrators keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, flash, redirect, render_template, request, url_for

from bumen.documents.working_calendar import (
    drop_day,
    keep_day,
    keep_week,
    take_over_holidays,
    usual_week,
)
from bumen.documents.working_days import days_from
from bumen.errors import BusinessError, InvalidInput
from bumen.formats import formats_here
from bumen.i18n import FORMATS, Text, language, translator
from bumen.unit_of_work import committed, company_now, current, session, today
from bumen.web.days import day_sent
from bumen.web.deadlines import say_that_deadlines_follow
from bumen.web.pages.flow_page import VIEW
from bumen.web.security import allowed, let_in

_ = translator(__file__, "bumen")

PAGE = "flows.calendar"
_YEARS_AHEAD = 2


def add_calendar(pages: Blueprint) -> None:
    """Add the pages of the calendar."""

    @pages.get("/working-time/")
    def calendar() -> str:
        let_in("read", VIEW)
        return _calendar_page()

    @pages.post("/working-time/")
    def keep() -> Any:
        return _done(_keep_week)

    @pages.post("/working-time/days")
    def add_day() -> Any:
        return _done(_add_day)

    @pages.post("/working-time/days/<int:ident>/drop")
    def drop(ident: int) -> Any:
        return _done(lambda: _drop_day(ident))

    @pages.post("/working-time/holidays")
    def take_over() -> Any:
        return _done(_take_over)


def _done(deed: Callable[[], Text]) -> Any:
    """Do it and go back to the calendar, or show it again with why not."""
    let_in("write", VIEW)
    try:
        with committed(current()):
            said = deed()
    except BusinessError as refusal:
        if refusal.status not in {409, 422}:
            raise
        return _calendar_page(refusal), refusal.status
    flash(str(said), "success")
    say_that_deadlines_follow()
    return redirect(url_for(PAGE), 303)


def _keep_week() -> Text:
    sent = [int(one) for one in request.form.getlist("weekdays") if one in "1234567" and one]
    keep_week(weekdays=sent, hours=request.form.get("hours", ""))
    return _("The working week has been saved.")


def _add_day() -> Text:
    day = day_sent("day")
    name = request.form.get("name", "")
    kept = keep_day(day, works=request.form.get("works") == "yes", name=name)
    said = formats_here().day(kept.day)
    return _("“%(name)s” (%(day)s) has been saved.", name=kept.name, day=said)


def _drop_day(ident: int) -> Text:
    day = formats_here().day(drop_day(ident).day)
    return _("%(day)s is a day like any other again.", day=day)


def _take_over() -> Text:
    sent = request.form.get("year", "")
    if sent not in {str(one) for one in _years()}:
        raise InvalidInput({"year": [_("This value is not allowed.")]})
    spoken = company_now().locale
    taken = take_over_holidays(int(sent), language=spoken if spoken in FORMATS else "en")
    if not taken:
        return _("All official holidays of %(year)s are there already.", year=sent)
    return _("%(count)s days of %(year)s have been taken over.", count=taken, year=sent)


def _years() -> range:
    return range(today().year, today().year + _YEARS_AHEAD)


def _calendar_page(refusal: BusinessError | None = None) -> str:
    week, first = usual_week(), today().replace(month=1, day=1)
    names = get_day_names("wide", locale=FORMATS[language()])
    return render_template(
        "bumen/flow/working_time.html",
        title=_("Working calendar"),
        weekdays=[(str(n + 1), names[n]) for n in range(7)],
        week=week,
        days=list(session().scalars(days_from(first))),
        years=list(_years()),
        country=company_now().country,
        formats=formats_here(),
        refusal=refusal,
        sent=request.form,
        may_write=allowed("write", VIEW),
    )
