"""The page on which people say who decides for them, or for a colleague, while they are away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Integer

from bumen.approvals import absences, come_back, send_away
from bumen.errors import BusinessError, InvalidInput
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.model.describe import Kind
from bumen.unit_of_work import committed, current, session, today
from bumen.web.approvals.deeds import VIEW
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.days import day_sent
from bumen.web.deeds import carried_out
from bumen.web.fields import box_for
from bumen.web.lookups import equip, others_at
from bumen.web.people.addresses import is_account
from bumen.web.people.links import house_by_mail
from bumen.web.security import allowed, somebody_here

_ = translator(__file__, "bumen")

_AWAY, _SUBSTITUTE = "user_id", "substitute_id"


def absence_pages() -> Blueprint:
    """Return the pages of absences."""
    pages = Blueprint("absences", __name__, url_prefix="/company/absences")
    pages.add_url_rule("/", view_func=listed, methods=["GET", "POST"])
    pages.add_url_rule("/<int:ident>/delete", view_func=delete, methods=["POST"])
    return pages


def listed() -> Any:
    """Show who is away and who decides meanwhile, or keep a new absence.

    Administrators keep a colleague's, too: of somebody who has fallen ill.
    """
    somebody_here()
    if request.method != "POST":
        return _page()

    def deed() -> Text:
        user, written = current().user, _sent()
        send_away(
            written.pop(_AWAY, user.id),
            by=user,
            at=datetime.now(UTC),
            house=house_by_mail(),
            **written,
            note=request.form.get("note", ""),
        )
        return _("The absence and the substitute have been written down.")

    return carried_out(deed, then=url_for("absences.listed"), refused=_page)


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
    form = _form(refusal)
    return render_template(
        "bumen/approvals/absences.html",
        title=_("Absences and substitutes"),
        absences=list(session().scalars(absences(since=today(), user_id=whose))),
        boxes_of_people=[form[name] for name in _people_asked()],
        me=user,
        administers=allowed("write", VIEW),
        formats=formats_here(),
        refusal=refusal,
        sent=request.form if refusal else {},
    )


def _people_asked() -> dict[str, Text]:
    """Return which people are asked for: administrators say who is away as well."""
    substitute = {_SUBSTITUTE: _("Substitute")}
    return {_AWAY: _("Who is away"), **substitute} if allowed("write", VIEW) else substitute


def _form(refusal: BusinessError | None) -> BoxForm:
    asked = {
        name: Asked(kind=Kind.REFERENCE, stored=Integer(), label=label, required=True, target=User)
        for name, label in _people_asked().items()
    }
    form = BoxForm({name: box_for(one) for name, one in asked.items()})
    form.process(request.form if refusal else None, data={_AWAY: current().user.id})
    equip(form.lookups())
    for box in form.lookups():
        if _AWAY not in asked:  # who writes down a colleague's absence may well stand in
            box.address = others_at(box.address)
    for name in asked:
        form[name].errors = list(refusal.fields.get(name, ())) if refusal else []
    return form


def _sent() -> dict[str, Any]:
    """Return who is away, who decides and when, or say of every box at once what is wrong."""
    read: dict[str, Any] = {}
    wrong: dict[str, Any] = {}
    boxes = {**dict.fromkeys(_people_asked(), _person_sent), **_DAYS}
    for name, reading in boxes.items():
        if name == _AWAY and name not in request.form:
            continue
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


_DAYS: Mapping[str, Callable[[str], Any]] = {"first_day": day_sent, "last_day": day_sent}
