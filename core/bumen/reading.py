"""Records as JSON values: what the API answers, and later what histories and webhooks carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import load_only, selectinload, undefer

from bumen.listing import naming
from bumen.model.describe import Described, Kind, fields_of, naming_columns
from bumen.remember import remembered
from bumen.resource import Lines, Resource
from bumen.visibility import seen

Getter = Callable[[Any], Any]
Part = tuple[str, Getter]


def one_of(resource: type[Resource], ident: int) -> Select[Any]:
    """Select one record with its lines, and with the names of everything it refers to."""
    return _whole(resource).where(resource.model.id == ident)


def these_of(resource: type[Resource], idents: Sequence[int]) -> Select[Any]:
    """Select records as `one_of` does, as far as somebody may see them, in whatever order."""
    return _whole(resource).where(resource.model.id.in_(idents))


def _whole(resource: type[Resource]) -> Select[Any]:
    model = resource.model
    known = fields_of(model)
    options = [naming(model, f) for f in known.values() if f.kind is Kind.REFERENCE]
    for lines in resource.lines:
        inside = [
            naming(lines.model, described)
            for name, described in fields_of(lines.model).items()
            if name in (*lines.fields, *lines.shown) and described.kind is Kind.REFERENCE
        ]
        options.append(selectinload(getattr(model, lines.name)).options(*inside))
    pictures = (name for name, f in known.items() if f.kind is Kind.PICTURE)
    options += [undefer(getattr(model, name)) for name in pictures]
    return select(model).where(*seen(resource)).options(*options)


def sums_of(resource: type[Resource]) -> list[str]:
    """Return what a document comes to: its totals, and what its lines show and it adds up."""
    if not resource.lines:
        return []
    in_lines = {name for lines in resource.lines for name in lines.shown}
    return [
        name
        for name, described in fields_of(resource.model).items()
        if described.kind is Kind.DECIMAL
        and described.about.readonly
        and (name in resource.totals or name in in_lines)
    ]


def as_json(
    resource: type[Resource], record: Any, *, columns: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a record as JSON values: all that is shown with its lines, or just some columns."""
    parts = _parts(resource, tuple(columns))
    return {key: get(record) for key, get in parts}


@remembered
def _parts(resource: type[Resource], columns: tuple[str, ...]) -> tuple[Part, ...]:
    known = fields_of(resource.model)
    parts: list[Part] = [("id", _plainly("id")), ("version", _plainly("version"))]
    for name in columns or resource.shown():
        if known[name].kind is Kind.PICTURE:
            parts.append((name, _address(resource, name)))
        else:
            parts += _of_field(known[name])
    if not columns:
        parts += [(lines.name, _all_lines(lines)) for lines in resource.lines]
    return tuple(dict(parts).items())


def _of_field(described: Described) -> list[Part]:
    if described.about.secret:
        return []
    if described.kind is Kind.REFERENCE:
        return [(described.key, _plainly(described.key)), (described.name, _named(described.name))]
    if described.kind is Kind.DECIMAL:
        return [(described.key, _decimal(described.key, places=described.scale or 0))]
    return [(described.key, _plainly(described.key))]


def address_of(resource: type[Resource], record: Any, name: str) -> str:
    """Return where a record's picture is read: behind the gate, by whoever may read the record."""
    return f"/api/v1/{resource.plugin()}/{resource.path()}/{record.id}/pictures/{name}"


def _address(resource: type[Resource], name: str) -> Getter:
    def get(record: Any) -> str | None:
        return address_of(resource, record, name) if getattr(record, name) else None

    return get


def _plainly(name: str) -> Getter:
    return lambda record: getattr(record, name)


def _decimal(name: str, *, places: int) -> Getter:
    def get(record: Any) -> str | None:
        value = getattr(record, name)
        return None if value is None else f"{value:.{places}f}"

    return get


def _named(name: str) -> Getter:
    def get(record: Any) -> dict[str, Any] | None:
        other = getattr(record, name)
        return None if other is None else {"id": other.id, "label": str(other)}

    return get


def _all_lines(lines: type[Lines]) -> Getter:
    known = fields_of(lines.model)
    parts: list[Part] = [("id", _plainly("id")), ("position", _plainly("position"))]
    for name in (*lines.fields, *lines.shown):
        parts += _of_field(known[name])
    every = tuple(dict(parts).items())
    return lambda record: [
        {key: get(line) for key, get in every} for line in getattr(record, lines.name)
    ]


def only_names(model: type[Any]) -> Any:
    """Return the option that loads just what names a record, for lookups."""
    return load_only(*naming_columns(model))
