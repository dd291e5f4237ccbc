"""The palette's search: records by their words, in whatever somebody may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, request, url_for

from bumen.errors import BusinessError
from bumen.folding import folded
from bumen.listing import words_in
from bumen.resource import Resource
from bumen.web.answers import answer, refusal
from bumen.web.cells import screen_endpoint
from bumen.web.finding import LONGEST, found_everywhere
from bumen.web.search import details, told_of
from bumen.web.security import signed_in

MOST_OF_ONE = 5
"""How many records of one resource are shown."""
MOST = 30
"""How many records are shown."""


def register_palette(app: Flask) -> None:
    """Add the search of the palette to the application."""
    app.jinja_env.filters["folded"] = folded
    app.add_url_rule("/palette", "palette", find, methods=["GET"])


def find() -> Response:
    """Answer with the records in which every word of `q` occurs, grouped by what they are.

    `folded` are the words as they are compared: by them the browser knows pages and actions again
    that are written in the other script.
    """
    signed_in()
    words = request.args.get("q", "")[:LONGEST].strip()
    try:
        found = list(_found(words))
        more = url_for("search.show", q=words) if found else ""
        return answer({"records": found, "more": more, "folded": folded(words)})
    except BusinessError as why:
        return refusal(why)


def _found(words: str) -> Iterator[dict[str, Any]]:
    left, said = MOST, words_in(words)
    for hits in found_everywhere(words, most=MOST_OF_ONE, options=told_of):
        for record in hits.records[:left]:
            left -= 1
            yield {
                "label": str(record),
                "hint": _hint(hits.resource, record, said),
                "of": str(hits.resource.title),
                "url": url_for(f"{screen_endpoint(hits.resource)}.show", ident=record.id),
            }


def _hint(resource: type[Resource], record: Any, words: list[str]) -> str:
    """Return where else the words stand, if anywhere: a contact's customer, a phone."""
    for label, pieces in details(resource, record, words):
        return f"{label} {''.join(piece for piece, _is_hit in pieces)}"
    return ""
