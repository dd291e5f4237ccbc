"""The palette's search: records by their words, in whatever somebody may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, request, url_for
from sqlalchemy import Select, select

from bumen.errors import BusinessError
from bumen.listing import search_in
from bumen.reading import only_names
from bumen.resource import READ, Resource
from bumen.unit_of_work import current, session
from bumen.visibility import as_seen, seen
from bumen.web.answers import answer, refusal
from bumen.web.cells import screen_endpoint
from bumen.web.house import registry
from bumen.web.security import allowed, signed_in

MOST_OF_ONE = 5
"""How many records of one resource are shown."""
MOST = 30
"""How many records are shown."""
MOST_ASKED = 20
"""How many resources are searched at most, one statement each."""
_LONGEST = 200


def register_palette(app: Flask) -> None:
    """Add the search of the palette to the application."""
    app.add_url_rule("/palette", "palette", find, methods=["GET"])


def find() -> Response:
    """Answer with the records in which every word of `q` occurs, grouped by what they are."""
    signed_in()
    words = request.args.get("q", "")[:_LONGEST].strip()
    try:
        return answer({"records": list(_found(words)) if _is_enough(words) else []})
    except BusinessError as why:
        return refusal(why)


def searched_by_palette() -> list[type[Resource]]:
    """Return what may be found here: it is on, somebody may read it, and it can be searched."""
    every = registry().resources.values()
    on = [as_seen(one) for one in every if one.plugin() in current().on]
    searched = [one for one in on if one.searched() and allowed(READ, one.permission())]
    return searched[:MOST_ASKED]


def _found(words: str) -> Iterator[dict[str, Any]]:
    left = MOST
    for resource in searched_by_palette():
        if left <= 0:
            return
        for record in session().scalars(_matching(resource, words).limit(min(left, MOST_OF_ONE))):
            left -= 1
            yield {
                "label": str(record),
                "of": str(resource.title),
                "url": url_for(f"{screen_endpoint(resource)}.show", ident=record.id),
            }


def _matching(resource: type[Resource], words: str) -> Select[Any]:
    model = resource.model
    order = [getattr(model, name) for name in model.named_by[:1]]
    query = select(model).options(only_names(model)).order_by(*order, model.id)
    return query.where(*seen(resource), search_in(resource, words))


def _is_enough(words: str) -> bool:
    """Whether words say enough to search for: two letters, or one Chinese character."""
    return len(words) > 1 or (len(words) == 1 and not words.isascii())
