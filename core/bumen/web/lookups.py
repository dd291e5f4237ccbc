"""Looking records up: names for what is chosen, and a search for what could be.

A form shows the names of what it refers to and nothing else of the other table; everything else
is found by searching, inside the company, by those who may read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import Response, request, url_for
from flask_appbuilder import BaseView
from flask_appbuilder.views import expose
from sqlalchemy import Select, select

from bumen.errors import BusinessError, NotFound
from bumen.listing import search_in
from bumen.model.describe import Kind, fields_of
from bumen.reading import only_names
from bumen.resource import READ, Resource
from bumen.unit_of_work import current, session
from bumen.visibility import seen, seen_of
from bumen.web.answers import answer, refusal
from bumen.web.fields import LookupBox
from bumen.web.house import registry
from bumen.web.security import allowed, require

Names = dict[tuple[type[Any] | None, int | None], str]
"""The names of records, by model and id."""

MOST_FOUND = 20
_AT_ONCE = 500


class Lookups(BaseView):
    """The search behind every lookup."""

    route_base = "/lookup"
    default_view = "find"

    @expose("/<plugin>/<path>")
    def find(self, plugin: str, path: str) -> Response:
        """Answer with the records that match `q`, as [{"id", "label"}], at most twenty."""
        try:
            resource = _resource_at(f"{plugin}.{path}")
            require(READ, resource.permission())
            records = session().scalars(matching(resource, request.args.get("q", "")))
            return answer([{"id": record.id, "label": str(record)} for record in records])
        except BusinessError as why:
            return refusal(why)


def matching(resource: type[Resource], words: str) -> Select[Any]:
    """Select the records in which every word occurs, as far as people care to read."""
    model = resource.model
    order = [getattr(model, name) for name in model.named_by[:1]]
    query = select(model).options(only_names(model)).order_by(*order, model.id).limit(MOST_FOUND)
    query = query.where(*seen(resource))
    if resource.offered is not None:
        query = query.where(resource.offered())
    return query.where(search_in(resource, words)) if words.split() else query


def equip(lookups: Iterable[LookupBox], *, known: Iterable[Any] = ()) -> None:
    """Give lookups the names of what is chosen, and the addresses to search at.

    `known` are records whose references are loaded already; the other names are read with one
    statement for each model.
    """
    boxes = list(lookups)
    names = _names_in(known)
    wanted: dict[type[Any], set[int]] = defaultdict(set)
    for box in boxes:
        if box.chosen is not None and (box.target, box.chosen) not in names:
            wanted[box.target].add(box.chosen)
    for model, idents in wanted.items():
        query = select(model).options(only_names(model))
        limits = (model.id.in_(sorted(idents)[:_AT_ONCE]), *seen_of(model))
        for record in session().scalars(query.where(*limits)):
            names[model, record.id] = str(record)
    for box in boxes:
        box.name_of = names.get((box.target, box.chosen), box.typed)
        box.address = address_of(box.target)


def address_of(model: type[Any]) -> str:
    """Return where records of a model are searched for; "" where this person may not."""
    resource = registry().resource_of(model)
    if resource is None or not allowed(READ, resource.permission()):
        return ""
    return url_for("Lookups.find", plugin=resource.plugin(), path=resource.path())


def _names_in(records: Iterable[Any]) -> Names:
    """Return the names of everything these records refer to, as far as it is loaded."""
    found: Names = {}
    for record in records:
        for described in fields_of(type(record)).values():
            other = record.__dict__.get(described.name)
            if described.kind is Kind.REFERENCE and other is not None:
                found[described.target, other.id] = str(other)
    return found


def _resource_at(key: str) -> type[Resource]:
    resource = registry().resources.get(key)
    if resource is None or resource.plugin() not in current().on:
        raise NotFound
    return resource
