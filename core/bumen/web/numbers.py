"""The pages on which a company decides how its documents are numbered."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bumen.documents.numbering import Numbering
from bumen.documents.patterns import Pattern, PatternIsWrong
from bumen.documents.settling_numbers import (
    Settled,
    settle_numbering,
    settled,
    unsettle_numbering,
)
from bumen.errors import BusinessError, Malformed, NotFound
from bumen.i18n import Text, translator
from bumen.unit_of_work import current, today
from bumen.web.deeds import carried_out
from bumen.web.house import department_titles, registry
from bumen.web.security import allowed, let_in

_ = translator(__file__, "bumen")

VIEW = "core.Numbers"
_LONGEST = 60


def numbers() -> Blueprint:
    """Return the pages of numbers."""
    pages = Blueprint("numbers", __name__, url_prefix="/numbers")

    @pages.get("/")
    def board() -> str:
        let_in("read", VIEW)
        return _page("numbers.html", kinds=settled(_kinds().values()), writes=_writes())

    @pages.get("/<kind>")
    def edit(kind: str) -> str:
        let_in("write", VIEW)
        return _form(_settled(kind))

    @pages.get("/<kind>/next")
    def example(kind: str) -> str:
        let_in("write", VIEW)
        return _page("numbers_next.html", **_looks(_settled(kind), _pattern(request.args)))

    @pages.post("/<kind>")
    def save(kind: str) -> Any:
        let_in("write", VIEW)
        return _saved(_settled(kind))

    @pages.post("/<kind>/back")
    def back(kind: str) -> Any:
        let_in("write", VIEW)
        return _put_back(_settled(kind))

    return pages


def _writes() -> bool:
    return allowed("write", VIEW)


def _kinds() -> dict[str, Numbering]:
    """Return the kinds of the departments that are on."""
    on = current().on
    return {one.kind: one for one in registry().numbers() if one.kind.partition(".")[0] in on}


def _settled(kind: str) -> Settled:
    declared = _kinds().get(kind)
    if declared is None:
        raise NotFound
    return settled([declared])[0]


def _saved(kind: Settled) -> Any:
    """Keep what was sent; a change that people should know of first is asked once more."""
    pattern, gapless = _pattern(request.form), "gapless" in request.form
    gapless = gapless or kind.declared.gapless
    shown = partial(_form, kind, pattern=pattern, gapless=gapless)
    try:
        said = kind.consequences(Pattern.checked(pattern), on=today())
    except BusinessError as refusal:
        return shown(refusal=refusal), refusal.status
    if said and request.form.get("seen") != pattern:
        return shown(said=said), 409

    def deed() -> Text:
        settle_numbering(kind.declared, pattern=pattern, gapless=gapless, version=_version())
        return _("%(kind)s: the numbering has been saved.", kind=kind.declared.title)

    return carried_out(deed, then=url_for("numbers.board"), refused=lambda why: shown(refusal=why))


def _put_back(kind: Settled) -> Any:
    title: Text = kind.declared.title

    def deed() -> Text:
        unsettle_numbering(kind.declared, version=_version())
        return _("%(kind)s are numbered as the department has it again.", kind=title)

    def again(why: BusinessError) -> str:
        return _form(_settled(kind.declared.kind), refusal=why)

    return carried_out(deed, then=url_for("numbers.board"), refused=again)


def _version() -> int:
    sent = request.form.get("version", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < len(str(2**31))):
        said = _("This must be a whole number.")
        raise Malformed(said, fields={"version": [said]})
    return int(sent)


def _pattern(sent: Any) -> str:
    return str(sent.get("pattern", ""))[: _LONGEST + 1]


def _looks(kind: Settled, pattern: str) -> dict[str, Any]:
    """Return how numbers would look, or why they cannot."""
    try:
        return {"next": kind.next(on=today(), pattern=Pattern.checked(pattern)), "wrong": ""}
    except PatternIsWrong as refusal:
        return {"next": "", "wrong": refusal.fields["pattern"][0]}


def _form(
    kind: Settled,
    *,
    pattern: str | None = None,
    gapless: bool | None = None,
    said: list[Text] | None = None,
    refusal: BusinessError | None = None,
) -> str:
    typed = kind.pattern.text if pattern is None else pattern
    return _page(
        "numbers_form.html",
        kind=kind,
        pattern=typed,
        gapless=kind.gapless if gapless is None else gapless,
        said=said or [],
        refusal=refusal,
        **_looks(kind, typed),
    )


def _page(template: str, **shown: Any) -> str:
    title = shown["kind"].declared.title if "kind" in shown else _("Document numbers")
    return render_template(
        f"bumen/{template}",
        title=title,
        today=today(),
        departments=department_titles(),
        **shown,
    )
