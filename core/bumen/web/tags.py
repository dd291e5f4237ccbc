"""The tags of a company: the page on which they are kept, their search, and their API."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for

from bumen.documents.tags import (
    Tag,
    TagColour,
    add_tag,
    change_tag,
    drop_tag,
    every_tag,
    tag_numbered,
    tags_called,
    uses_of_tags,
)
from bumen.errors import BusinessError, InvalidInput, NotFound
from bumen.i18n import translator
from bumen.unit_of_work import committed, current, session
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.described import NUMBER, TEXT, in_path, listed, one_of, operation, single, thing
from bumen.web.finding import LONGEST
from bumen.web.record_api.described import DELETED
from bumen.web.screens.base import say_refusal
from bumen.web.security import allowed, let_in, somebody_here

_ = translator(__file__, "bumen")

VIEW = "core.Tags"
_MOST_FOUND = 20
_BASE = "/api/v1/core/tags"
_COLOUR = one_of(one.value for one in TagColour)
_TAG = thing({"id": NUMBER, "name": TEXT, "colour": _COLOUR})


def register_tags(app: Flask) -> None:
    """Add the page of tags, and their API."""
    app.register_blueprint(_pages())
    app.register_blueprint(_api())


def _pages() -> Blueprint:
    """Return the page on which a company keeps its tags."""
    pages = Blueprint("tags", __name__, url_prefix="/tags")

    @pages.get("/")
    def board() -> str:
        somebody_here()
        return _board()

    @pages.get("/find")
    def find() -> Response:
        somebody_here()
        found = tags_called(request.args.get("q", "")[:LONGEST])
        return answer([{"id": one.id, "label": one.name} for one in found[:_MOST_FOUND]])

    @pages.post("/")
    def add() -> Any:
        return _done(lambda: add_tag(request.form.get("name", ""), colour=_colour(request.form)))

    @pages.post("/<int:ident>")
    def change(ident: int) -> Any:
        sent = request.form
        return _done(
            lambda: change_tag(_tag(ident), name=sent.get("name", ""), colour=_colour(sent))
        )

    @pages.post("/<int:ident>/drop")
    def drop(ident: int) -> Any:
        return _done(lambda: drop_tag(_tag(ident)))

    return pages


def _api() -> Blueprint:
    """Return the API of a company's tags."""
    api = Blueprint("core-tags", __name__, url_prefix=_BASE)

    @api.get("/")
    def listed() -> Response:
        somebody_here()
        found = session().scalars(every_tag()).all()
        return answer({"count": len(found), "result": [told_tag(one) for one in found]})

    @api.post("/")
    def made() -> Response:
        return _answered(lambda sent: add_tag(sent.get("name", ""), colour=_colour(sent)), 201)

    @api.put("/<int:ident>")
    def changed(ident: int) -> Response:
        return _answered(lambda sent: _changed(_tag(ident), sent))

    @api.delete("/<int:ident>")
    def dropped(ident: int) -> Response:
        let_in("write", VIEW)
        with committed(current()):
            drop_tag(_tag(ident))
        return answer({"id": ident, "message": str(_("It has been deleted."))})

    return api


def describe_tags(spec: Any) -> None:
    """Describe the tags of the company, as far as this person may keep them."""
    sent, one = thing({"name": TEXT, "colour": _COLOUR}), single(_TAG)
    deeds, changes = {"get": operation(listed(_TAG))}, {}
    if allowed("write", VIEW):
        ident = in_path("ident")
        deeds["post"] = operation(one, sent={**sent, "required": ["name"]}, status="201")
        changes["put"] = operation(one, ident, sent=sent)
        changes["delete"] = operation(DELETED, ident)
        spec.path(f"{_BASE}/{{ident}}", operations=changes)
    spec.path(f"{_BASE}/", operations=deeds)


def told_tag(tag: Tag) -> dict[str, Any]:
    """Return a tag as programs are told of it."""
    return {"id": tag.id, "name": tag.name, "colour": tag.colour}


def _board() -> str:
    uses = {row[0]: row[1] for row in session().execute(uses_of_tags())}
    return render_template(
        "bumen/tags.html",
        title=_("Tags"),
        tags=list(session().scalars(every_tag())),
        uses=uses,
        colours=list(TagColour),
        writes=allowed("write", VIEW),
    )


def _done(deed: Any) -> Any:
    """Do something with a tag, say what became of it, and show all of them again."""
    let_in("write", VIEW)
    try:
        with committed(current()):
            deed()
    except NotFound:
        raise
    except BusinessError as refusal:
        _say(refusal)
    else:
        flash(str(_("The tags have been saved.")), "success")
    return redirect(url_for("tags.board"))


def _say(refusal: BusinessError) -> None:
    for said in [one for every in refusal.fields.values() for one in every]:
        flash(str(said), "danger")
    if not refusal.fields:
        say_refusal(refusal)


def _answered(deed: Any, status: int = 200) -> Response:
    let_in("write", VIEW)
    sent = body()
    with committed(current()):
        tag = deed(sent)
        told = told_tag(tag)
    return answer({"id": told["id"], "result": told}, status)


def _changed(tag: Tag, sent: dict[str, Any]) -> Tag:
    colour = _colour(sent) if "colour" in sent else tag.colour
    change_tag(tag, name=sent.get("name", tag.name), colour=colour)
    return tag


def _colour(sent: Any) -> TagColour:
    named = sent.get("colour") or TagColour.GREY
    found = {one.value: one for one in TagColour}.get(str(named))
    if found is None:
        said = _("This must be one of: %(allowed)s.", allowed=", ".join(TagColour))
        raise InvalidInput({"colour": [said]})
    return found


def _tag(ident: int) -> Tag:
    tag = session().scalar(tag_numbered(ident))
    if tag is None:
        raise NotFound
    return tag
