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
from marshmallow import ValidationError
from sqlalchemy import ColumnElement, Select, func, or_, select

from bumen.documents.tags import Tag
from bumen.errors import BusinessError, Malformed, NotFound
from bumen.i18n import translator
from bumen.listing import some_found
from bumen.model.accounts import User
from bumen.model.describe import Kind, fields_of
from bumen.reading import only_names
from bumen.resource import READ, WRITE, Resource
from bumen.schema import first_said
from bumen.schema.values import refuse_unstorable
from bumen.unit_of_work import current, session
from bumen.visibility import as_seen, seen, seen_of
from bumen.web.answers import answer, refusal
from bumen.web.fields import LookupBox
from bumen.web.gate import endpoint_of
from bumen.web.house import registry
from bumen.web.security import allowed, require

_ = translator(__file__, "bumen")

Names = dict[tuple[type[Any] | None, int | None], str]
"""The names of records, by model and id."""

MOST_FOUND = 20
MOST_NAMES = 100
MOST_CALLED = 1000
"""So many records are told at most when many are called alike."""
_AT_ONCE = 500


class Lookups(BaseView):
    """The search behind every lookup."""

    route_base = "/lookup"
    default_view = "find"

    @expose("/<plugin>/<path>")
    def find(self, plugin: str, path: str) -> Response:
        """Answer with the records that match `q`, as [{"id", "label"}], at most twenty.

        `is` asks for those that are called exactly that instead, many at once, each with its `is`:
        so rows that come from a spreadsheet find what they name.
        """
        try:
            resource = _resource_at(f"{plugin}.{path}")
            require(READ, resource.permission())
            if names := request.args.getlist("is"):
                return answer(_called(resource, names))
            records = session().scalars(matching(resource, request.args.get("q", "")))
            return answer([{"id": record.id, "label": str(record)} for record in records])
        except BusinessError as why:
            return refusal(why)


def matching(resource: type[Resource], words: str) -> Select[Any]:
    """Select the records in which every word occurs, as far as people care to read."""
    model = resource.model
    order = [getattr(model, name) for name in model.named_by[:1]]
    query = _offered(resource).order_by(*order, model.id).limit(MOST_FOUND)
    if not words.split():
        return query
    some = some_found(resource, words, among=_limits(resource)).subquery()
    return query.join(some, some.c.id == model.id)


def called(resource: type[Resource], names: Iterable[str]) -> Select[Any]:
    """Select the records that one of these names is the code or the name of, in any letter case."""
    columns = [getattr(resource.model, name) for name in _naming_texts(resource)]
    wanted = sorted({refuse_unstorable(one).strip() for one in names} - {""})
    folded = [func.lower(one) for one in wanted]  # as the database folds what it keeps
    found = or_(*(func.lower(one).in_(folded) for one in columns))
    return _offered(resource).where(found).order_by(resource.model.id).limit(MOST_CALLED)


def _offered(resource: type[Resource]) -> Select[Any]:
    query = select(resource.model).options(only_names(resource.model))
    return query.where(*_limits(resource))


def _limits(resource: type[Resource]) -> list[ColumnElement[bool]]:
    """Return what is true of the records that are offered."""
    present = [~resource.model.archived] if resource.archives else []
    offered = [] if resource.offered is None else [resource.offered()]
    return [*seen(resource), *present, *offered]


def _naming_texts(resource: type[Resource]) -> list[str]:
    known = fields_of(resource.model)
    texts = {Kind.TEXT, Kind.LONG_TEXT}
    return [name for name in resource.model.named_by if known[name].kind in texts]


def _called(resource: type[Resource], names: list[str]) -> list[dict[str, Any]]:
    """Tell which records are called what; one that two are called is told twice."""
    if len(names) > MOST_NAMES:
        raise Malformed(_("At most %(limit)s names at once.", limit=MOST_NAMES))
    columns = _naming_texts(resource)
    try:
        records = list(session().scalars(called(resource, names))) if columns else []
    except ValidationError as wrong:
        raise Malformed(first_said(wrong)) from None
    return [
        {"is": name, "id": record.id, "label": str(record)}
        for name in dict.fromkeys(names)
        for record in records
        if name.strip().lower() in {str(getattr(record, one) or "").lower() for one in columns}
    ]


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
        box.address, box.page, box.adding = _addresses_of(box.target)


def _addresses_of(model: type[Any]) -> tuple[str, str, str]:
    """Return where records of a model are searched for, looked at and made, as far as one may."""
    resource, address = registry().resource_of(model), address_of(model)
    if resource is None or not address:
        return address, "", ""
    endpoint = endpoint_of(resource.plugin(), resource.path())
    makes = "create" in resource.can and allowed(WRITE, resource.permission())
    named = [n for n in _naming_texts(resource) if not fields_of(model)[n].about.filled][-1:]
    asked: dict[str, Any] = {"_dialog": 1} | dict.fromkeys(named, "")
    adding = url_for(f"{endpoint}.add", **asked) if makes else ""
    return address, url_for(f"{endpoint}.show", ident=0), adding


def others_at(address: str) -> str:
    """Return where people are searched for without whoever searches."""
    return f"{address}?others=1" if address else ""


def address_of(model: type[Any]) -> str:
    """Return where records of a model are searched for; "" where this person may not."""
    if model is User:
        return url_for("colleagues.find")
    if model is Tag:
        return url_for("tags.find")
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
    return as_seen(resource)
