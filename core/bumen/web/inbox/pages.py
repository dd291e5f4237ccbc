"""The pages of the inbox: its tabs, the way in from a mail, and the wishes about mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for

from bumen.errors import BusinessError, Malformed, NotFound
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.inbox import Mark, Tab, page_of, sources_of
from bumen.notices import Delivery, NoticeKind
from bumen.notices.models import PAGES, WORK
from bumen.notices.seeing import notice_of, wish, wishes_of
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.inbox.house_pages import address_in_house
from bumen.web.inbox.viewing import Line, address_of, inbox_count, lines_of, viewer
from bumen.web.security import somebody, somebody_here

_ = translator(__file__, "bumen")

_TABS = {tab.value: tab for tab in Tab}
_WAYS = {way.value: way for way in Delivery}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody sent about a line and what was wrong with it: nothing typed is lost."""

    item_id: int
    opinion: str
    refusal: BusinessError

    def is_about(self, line: Line) -> bool:
        """Whether a line takes what was typed: one in which it is still decided."""
        return line.is_undecided and line.item.request.id == self.item_id


def inbox_pages() -> Blueprint:
    """Return the pages of the inbox."""
    pages = Blueprint("inbox", __name__, url_prefix="/inbox")
    pages.add_url_rule("/", "show", show, methods=["GET"])
    pages.add_url_rule("/count", "count", count, methods=["GET"])
    pages.add_url_rule("/wishes", "wishes", wishes, methods=["GET"])
    pages.add_url_rule("/wishes", "keep_wishes", keep_wishes, methods=["POST"])
    pages.add_url_rule("/at/<company_code>/", "at", arrive, methods=["GET"])
    pages.add_url_rule("/at/<company_code>/<int:ident>", "at", arrive, methods=["GET"])
    pages.add_url_rule("/at/<company_code>/", "go", go, methods=["POST"])
    pages.add_url_rule("/at/<company_code>/<int:ident>", "go", go, methods=["POST"])
    return pages


def show() -> str:
    """Show a tab of the inbox."""
    somebody_here()
    return tab_page(tab_in(request.args.get("tab")), after=mark_in(request.args.get("after")))


def tab_page(tab: Tab, *, after: Mark | None = None, typed: Typed | None = None) -> str:
    """Return the page of a tab; `typed` is what was refused."""
    page = page_of(sources_of(tab, viewer()), after=after)
    lines = lines_of(page.items)
    more = url_for("inbox.show", tab=tab.value, after=page.next) if page.next else ""
    inbox_count()
    return render_template(
        "bumen/inbox/inbox.html",
        title=_("Inbox"),
        tab=tab,
        tabs=list(Tab),
        lines=lines,
        more=more,
        is_later=after is not None,
        typed=typed,
        stray=typed.opinion if typed and not any(map(typed.is_about, lines)) else "",
        formats=formats_here(),
    )


def count() -> Any:
    """Answer how much waits, for a page that stays open."""
    somebody_here()
    return answer({"count": inbox_count()})


def arrive(company_code: str, ident: int | None = None) -> Any:
    """Lead from a mail to what it is about; whoever works for another company is asked first."""
    somebody()
    target = _target(ident)
    if session.get("company") == company_code or len(g.memberships) == 1:
        return redirect(target)
    return render_template("bumen/inbox/arrive.html", title=_("Inbox"), ident=ident)


def go(company_code: str, ident: int | None = None) -> Any:
    """Work for the company a mail came from, and go where it leads."""
    somebody()
    session["company"] = company_code
    return redirect(_target(ident))


def wishes() -> str:
    """Show by kind how somebody is told."""
    return _wishes_page(wishes_of(somebody()))


def keep_wishes() -> Any:
    """Keep how somebody wants to be told of each kind that was sent."""
    user = somebody()
    try:
        wanted = {
            kind: _WAYS[request.form[kind.value]]
            for kind in NoticeKind
            if kind.value in request.form
        }
    except KeyError:
        raise Malformed(_("The request could not be understood.")) from None
    with committed(current()):
        wish(wanted, by=user)
    flash(str(_("Your wishes about mail have been kept.")), "success")
    return redirect(url_for("inbox.wishes"))


def tab_in(named: str | None) -> Tab:
    """Return the tab with a name; the first one when none is named."""
    if named is None:
        return Tab.WAITING
    if named not in _TABS:
        raise NotFound
    return _TABS[named]


def mark_in(told: str | None) -> Mark | None:
    """Return the place a page begins behind; `Malformed` for what is none."""
    if not told:
        return None
    mark = Mark.read(told)
    if mark is None:
        raise Malformed(_("There is no such page."))
    return mark


def _target(ident: int | None) -> str:
    if ident is None:
        return url_for("inbox.show")
    notice = notice_of(ident, by=current().user)
    if notice.resource == WORK:
        return url_for("jobs.show", ident=notice.record_id)
    if notice.resource in PAGES:
        return address_in_house(notice.resource, notice.record_id) or url_for("inbox.show")
    if notice.resource not in viewer().keys_decided:
        raise NotFound
    return address_of(viewer().resource(notice.resource), notice.record_id)


def _wishes_page(kept: dict[NoticeKind, Delivery]) -> str:
    return render_template(
        "bumen/inbox/wishes.html",
        title=_("What I am told by mail"),
        kept=kept,
        deliveries=list(Delivery),
        address=current().user.email,
    )
