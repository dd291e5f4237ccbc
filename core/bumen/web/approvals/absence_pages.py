"""The page on which people say who decides for them while they are away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Integer

from bumen.approvals import absences, be_away, come_back
from bumen.errors import BusinessError, InvalidInput
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.model.describe import Kind
from bumen.unit_of_work import committed, current, session, today
from bumen.web.approvals.deeds import VIEW
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.days import day_sent
from bumen.web.fields import box_for
from bumen.web.lookups import equip
from bumen.web.people.addresses import is_account
from bumen.web.security import allowed, somebody_here

_ = translator(__file__, "bumen")

_SUBSTITUTE = "substitute_id"


def absence_pages() -> Blueprint:
    """Return the pages of absences."""
    pages = Blueprint("absences", __name__, url_prefix="/company/absences")
    pages.add_url_rule("/", view_func=listed, methods=["GET", "POST"])
    pages.add_url_rule("/<int:ident>/delete", view_func=delete, methods=["POST"])
    return pages


def listed() -> Any:
    """Show when one is away and who decides meanwhile, or keep a new absence."""
    user = somebody_here()
    if request.method != "POST":
        return _page()
    try:
        with committed(current()):
            be_away(
                user,
                **_sent(),
                note=request.form.get("note", ""),
            )
    except BusinessError as refusal:
        return _page(refusal), refusal.status
    flash(str(_("Your substitute has been written down.")), "success")
    return redirect(url_for("absences.listed"), 303)


def delete(ident: int) -> Any:
    """Take an absence back."""
    user = somebody_here()
    with committed(current()):
        come_back(ident, by=user, administers=allowed("write", VIEW))
    flash(str(_("The absence has been taken away.")), "success")
    return redirect(url_for("absences.listed"), 303)


def _page(refusal: BusinessError | None = None) -> str:
    user = current().user
    whose = None if allowed("read", VIEW) else user.id
    asked = Asked(
        kind=Kind.REFERENCE, stored=Integer(), label=_("Substitute"), required=True, target=User
    )
    form = BoxForm({_SUBSTITUTE: box_for(asked)})
    form.process(request.form if refusal else None)
    equip(form.lookups())
    form[_SUBSTITUTE].errors = list(refusal.fields.get(_SUBSTITUTE, ())) if refusal else []
    return render_template(
        "bumen/approvals/absences.html",
        title=_("Absences and substitutes"),
        absences=list(session().scalars(absences(since=today(), user_id=whose))),
        substitute=form[_SUBSTITUTE],
        me=user,
        administers=allowed("write", VIEW),
        formats=formats_here(),
        refusal=refusal,
        sent=request.form if refusal else {},
    )


def _sent() -> dict[str, Any]:
    """Return who decides and when, or say of every box at once what is wrong with it."""
    read: dict[str, Any] = {}
    wrong: dict[str, Any] = {}
    for name, reading in _BOXES.items():
        try:
            read[name] = reading(name)
        except InvalidInput as refusal:
            wrong |= refusal.fields
    if wrong:
        raise InvalidInput(wrong)
    return read


def _person_sent(name: str) -> int:
    typed = request.form.get(name, "")
    if is_account(typed):
        return int(typed)
    raise InvalidInput({name: [_("This field is required.")]})


_BOXES: dict[str, Callable[[str], Any]] = {
    _SUBSTITUTE: _person_sent,
    "first_day": day_sent,
    "last_day": day_sent,
}
