"""The search page, and the search through the API: one search over all that is on and visible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_appbuilder.api import BaseApi, expose
from sqlalchemy.orm import joinedload, load_only

from bumen.errors import BusinessError, Malformed
from bumen.i18n import Text, translator
from bumen.listing import ARCHIVED, words_in
from bumen.model.describe import fields_of, naming_columns
from bumen.resource import Resource
from bumen.search.marking import Marked, marked, occurs_in
from bumen.web.answers import answer
from bumen.web.cells import screen_endpoint
from bumen.web.described import FLAG, NAMED, TEXT, listed, many, operation, thing
from bumen.web.finding import LONGEST, found_everywhere, is_enough, searchable
from bumen.web.list_filters import PREFIX
from bumen.web.security import somebody_here

_ = translator(__file__, "bumen")

BASE = "/api/v1/core/search"
MOST_ON_PAGE = 10
"""How many records of one resource a page shows."""
MOST_BY_API = 50
_LONGEST_TEXT = 200
_PARAMETERS: Sequence[dict[str, Any]] = (
    {
        "in": "query",
        "name": "q",
        "required": True,
        "schema": {"type": "string", "maxLength": LONGEST},
        "description": "Words, each of which must occur; in either script.",
    },
    {
        "in": "query",
        "name": "size",
        "schema": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_BY_API,
            "default": MOST_ON_PAGE,
        },
        "description": "How many records of each resource are told.",
    },
)

_GROUP = thing(
    {
        "resource": {**TEXT, "example": "base.customers"},
        "title": TEXT,
        "records": many(NAMED),
        "more": {**FLAG, "description": "There are more than these."},
    }
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A record that was found: what it is called, and what else of it the words occur in."""

    label: Marked
    url: str
    details: Sequence[tuple[Text, Marked]]
    is_archived: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one resource; `all_url` lists the rest, where there is more."""

    title: Text
    lines: Sequence[Line]
    all_url: str


def register_search(appbuilder: Any) -> None:
    """Add the search to the application."""
    pages = Blueprint("search", __name__, url_prefix="/search")
    pages.add_url_rule("/", "show", show, methods=["GET"])
    current_app.register_blueprint(pages)
    appbuilder.add_view_no_menu(SearchApi)


def show() -> Any:
    """Show what `q` is found in, grouped by what it is."""
    somebody_here()
    words, refusal, groups = request.args.get("q", "").strip()[:LONGEST], None, list[Group]()
    try:
        groups = list(_groups(words))
    except BusinessError as why:
        refusal, words = why, ""
    page = render_template(
        "bumen/search.html",
        title=_("Search"),
        words=words,
        groups=groups,
        refusal=refusal,
        is_enough=bool(words) and is_enough(words),
        places=[one.title for one in searchable()],
    )
    return page if refusal is None else (page, refusal.status)


class SearchApi(BaseApi):
    """One search over everything, as JSON."""

    route_base = BASE

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the records that `q` is found in: by resource, at most `size` of each."""
        somebody_here()
        found = found_everywhere(request.args.get("q", "").strip()[:LONGEST], most=_size())
        result: list[dict[str, Any]] = [
            {
                "resource": hits.resource.key(),
                "title": hits.resource.title,
                "records": [{"id": one.id, "label": str(one)} for one in hits.records],
                "more": hits.goes_on,
            }
            for hits in found
        ]
        return answer({"count": sum(len(one["records"]) for one in result), "result": result})

    def describe(self, spec: Any) -> None:
        """Describe the search."""
        found = operation(listed(_GROUP), *_PARAMETERS, summary=str(_("Search")))
        spec.path(path=f"{BASE}/", operations={"get": found})


def _groups(words: str) -> Iterator[Group]:
    said = words_in(words)
    for hits in found_everywhere(words, most=MOST_ON_PAGE, options=told_of):
        endpoint = screen_endpoint(hits.resource)
        yield Group(
            title=hits.resource.title,
            lines=[_line(hits.resource, record, said) for record in hits.records],
            all_url=url_for(f"{endpoint}.list", **_all(hits.resource, words))
            if hits.goes_on
            else "",
        )


def _all(resource: type[Resource], words: str) -> dict[str, Any]:
    """Return what a list is asked to show all that was found: lists leave out what is archived."""
    asked = {f"{PREFIX}{ARCHIVED}": ["1", "0"]} if resource.archives else {}
    return {"q": words, **asked}


def _line(resource: type[Resource], record: Any, words: list[str]) -> Line:
    return Line(
        label=marked(str(record), words),
        url=url_for(f"{screen_endpoint(resource)}.show", ident=record.id),
        details=list(details(resource, record, words)),
        is_archived=bool(resource.archives and record.archived),
    )


def details(
    resource: type[Resource], record: Any, words: list[str]
) -> Iterator[tuple[Text, Marked]]:
    """Yield what the words occur in beside the name: each field, or what a reference names."""
    known, told = fields_of(resource.model), set(resource.model.named_by)
    for name in resource.searched():
        before, dot, column = name.partition(".")
        other = getattr(record, before)
        text = str(getattr(other, column) or "") if dot and other else str(other or "")
        if text and before not in told and occurs_in(text, words):
            shown = str(other) if dot else text
            told.add(before if dot else name)
            yield known[before].about.label, _cut(marked(shown, words))


def _cut(pieces: Marked) -> Marked:
    """Return a long text from a little before the first mark on."""
    text = "".join(piece for piece, _hit in pieces)
    if len(text) <= _LONGEST_TEXT:
        return pieces
    before = pieces[0][0] if not pieces[0][1] else ""
    begun = [(f"…{before[-40:]}", False)] if len(before) > 40 else [(before, False)]
    left, cut = _LONGEST_TEXT, list[tuple[str, bool]]()
    for piece, is_hit in [*begun, *pieces[1 if before else 0 :]]:
        cut.append((piece[:left] if len(piece) <= left else f"{piece[:left]}…", is_hit))
        left -= len(piece)
        if left <= 0:
            break
    return [one for one in cut if one[0]]


def told_of(resource: type[Resource]) -> list[Any]:
    """Return what is loaded of records: what names them, and what was searched."""
    model, known = resource.model, fields_of(resource.model)
    names = [name for name in resource.searched() if "." not in name]
    names += ["archived"] if resource.archives else []
    plain = [*naming_columns(model), *(getattr(model, name) for name in names)]
    options: list[Any] = [load_only(*plain)]
    beyond: dict[str, list[str]] = {}
    for name in resource.searched():
        reference, dot, column = name.partition(".")
        if dot:
            beyond.setdefault(reference, []).append(column)
    for reference, columns in beyond.items():
        target: Any = known[reference].target
        loaded = [*naming_columns(target), *(getattr(target, name) for name in columns)]
        options.append(joinedload(getattr(model, reference)).load_only(*loaded))
    return options


def _size() -> int:
    asked = request.args.get("size", str(MOST_ON_PAGE))
    size = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    if not 0 < size <= MOST_BY_API:
        said = _("This must be a number from 1 to %(most)s.", most=MOST_BY_API)
        raise Malformed(said, fields={"size": [said]})
    return size
