"""The pages of background work: one's own, the company's, and each run with its log."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from bumen.errors import BusinessError
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.jobs import JobRun, RunState, cancel, retry
from bumen.jobs.finding import count_open, lines_of
from bumen.unit_of_work import committed, current, session
from bumen.web.answers import answer
from bumen.web.jobs.files import file_of
from bumen.web.jobs.viewing import (
    found_run,
    of_what_is_on,
    page_asked,
    sees_all,
    shown,
)
from bumen.web.security import somebody_here

_ = translator(__file__, "bumen")

_TITLE = _("Background work")


def job_pages() -> Blueprint:
    """Return the pages of background work."""
    pages = Blueprint("jobs", __name__, url_prefix="/jobs")
    pages.add_url_rule("/", "list", listed, methods=["GET"])
    pages.add_url_rule("/count", "count", count, methods=["GET"])
    pages.add_url_rule("/<int:ident>", "show", show, methods=["GET"])
    pages.add_url_rule("/<int:ident>/file", "file", take, methods=["GET"])
    pages.add_url_rule("/<int:ident>/cancel", "cancel", stop, methods=["POST"])
    pages.add_url_rule("/<int:ident>/retry", "retry", begin_again, methods=["POST"])
    return pages


def listed() -> str:
    """Show one's own work, or everybody's to an administrator who asks for it."""
    asked = page_asked()
    return _page(
        "list.html",
        title=_TITLE,
        rows=asked.rows,
        more=asked.more,
        everybodys=asked.everybodys,
        may_see_all=sees_all(),
        is_moving=any(row.run.is_open for row in asked.rows),
        is_later="before" in request.args,
    )


def count() -> Response:
    """Answer how much of one's own is still to come to an end, for a page that stays open."""
    user = somebody_here()
    mine = count_open(user.id).where(of_what_is_on())
    return answer({"count": session().scalar(mine) or 0})


def show(ident: int) -> str:
    """Show a run: how far it is, what it said, what came of it."""
    somebody_here()
    run = found_run(ident)
    one = shown([run])[0]
    lines = session().scalars(lines_of(run.id)).all() if one.is_told else []
    return _page("run.html", title=one.about or one.title, one=one, lines=lines)


def take(ident: int) -> Response:
    """Answer with the file that a run made."""
    somebody_here()
    return file_of(found_run(ident))


def stop(ident: int) -> Any:
    """Cancel a run."""
    return _done(ident, cancel, _("It is being cancelled."))


def begin_again(ident: int) -> Any:
    """Retry a run."""
    return _done(ident, retry, _("It begins again."))


def _done(ident: int, deed: Any, said: Any) -> Any:
    somebody_here()
    run = found_run(ident, writing=True)
    try:
        with committed(current()):
            deed(run)
    except BusinessError as refusal:
        current().rollback()
        flash(str(refusal.message), "danger")
    else:
        flash(str(_("It is cancelled.") if _is_over(run) else said), "success")
    return redirect(url_for("jobs.show", ident=ident))


def _is_over(run: JobRun) -> bool:
    return run.state is RunState.CANCELLED


def _page(template: str, **values: Any) -> str:
    return render_template(f"bumen/jobs/{template}", formats=formats_here(), **values)
