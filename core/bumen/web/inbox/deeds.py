"""What people do in their inbox: decide, say that something is done, put notices away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from bumen.approvals import decide
from bumen.documents.activities import Activity, activity_called, finish_activity
from bumen.errors import BusinessError, Malformed, NotFound
from bumen.i18n import translator
from bumen.inbox import Tab
from bumen.notices.seeing import notice_of, see, see_about, see_all
from bumen.reading import one_of
from bumen.unit_of_work import committed, current, session
from bumen.web.answers import answer
from bumen.web.inbox.pages import Typed, tab_in, tab_page
from bumen.web.inbox.viewing import forget_count, inbox_count, viewer
from bumen.web.security import somebody_here

_ = translator(__file__, "bumen")

_ANSWERS = {"yes": True, "no": False}


def add_deeds(pages: Blueprint) -> None:
    """Add what is sent from the inbox to its pages."""
    post = ["POST"]
    pages.add_url_rule("/approvals/<int:ident>", "decide", answer_request, methods=post)
    pages.add_url_rule("/activities/<int:ident>", "finish", finish, methods=post)
    pages.add_url_rule("/notices/<int:ident>", "see", look_at, methods=post)
    pages.add_url_rule("/notices/all", "see_all", look_at_all, methods=post)
    pages.add_url_rule("/notices/about/<key>/<int:ident>", "see_about", look_at_it, methods=post)


def answer_request(ident: int) -> Any:
    """Say yes or no to a request for approval, with an opinion if there is one."""
    user = somebody_here()
    agrees = _ANSWERS.get(request.form.get("agrees", ""))
    if agrees is None:
        raise Malformed(_("The request could not be understood."))
    opinion = request.form.get("opinion", "").strip()
    try:
        with committed(current()):
            asked = decide(ident, agrees=agrees, by=user, at=datetime.now(UTC), opinion=opinion)
            label = asked.label
    except BusinessError as refusal:
        return _refused(ident, refusal, opinion)
    said = _("You approved %(record)s.", record=label)
    flash(str(said if agrees else _("You refused %(record)s.", record=label)), "success")
    return _back()


def finish(ident: int) -> Any:
    """Say that an activity is done."""
    user = somebody_here()
    try:
        with committed(current()):
            finish_own(ident, by=user)
    except BusinessError as refusal:
        return _refused(ident, refusal, "")
    flash(str(_("It is done.")), "success")
    return _back()


def finish_own(ident: int, *, by: Any, remark: str | None = None) -> None:
    """Do what was given to somebody, about a record that person may read; else `NotFound`."""
    found = session().get(Activity, ident)
    if found is None or found.user_id != by.id:
        raise NotFound
    resource = viewer().resources.get(found.resource)
    record = None if resource is None else session().scalar(one_of(resource, found.record_id))
    if resource is None or record is None:
        raise NotFound
    activity = activity_called(resource, record, ident=ident)
    finish_activity(resource, record, activity, by=by, at=datetime.now(UTC), remark=remark)


def look_at(ident: int) -> Any:
    """Remember that a notice was looked at."""
    user = somebody_here()
    with committed(current()):
        see(notice_of(ident, by=user), at=datetime.now(UTC))
    return _back()


def look_at_all() -> Any:
    """Remember that every notice was looked at."""
    user = somebody_here()
    with committed(current()):
        see_all(by=user, at=datetime.now(UTC))
    return _back()


def look_at_it(key: str, ident: int) -> Any:
    """Remember that a record was looked at, and so what was told about it."""
    user = somebody_here()
    with committed(current()):
        see_about(key, ident, by=user, at=datetime.now(UTC))
    return _back()


def _back() -> Any:
    """Go back to the tab; a script that sent it in passing is told how much waits now."""
    if request.headers.get("X-Requested-With") == "fetch":
        forget_count()
        return answer({"count": inbox_count()})
    return redirect(url_for("inbox.show", tab=tab_in(request.form.get("tab")).value))


def _refused(ident: int, refusal: BusinessError, opinion: str) -> Any:
    """Show the tab again, with what was typed and why it was refused."""
    current().rollback()
    forget_count()
    tab = tab_in(request.form.get("tab"))
    if tab not in (Tab.WAITING, Tab.OVERDUE):
        tab = Tab.WAITING
    typed = Typed(item_id=ident, opinion=opinion, refusal=refusal)
    flash(str(refusal.message), "danger")
    return tab_page(tab, typed=typed), refusal.status
