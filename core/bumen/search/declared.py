"""What of each model can be searched, as the resources of all departments declare it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bumen.model import CompanyModel
from bumen.model.describe import fields_of
from bumen.remember import remembered
from bumen.resource import Resource

Indexed = Mapping[type[Any], tuple[str, ...]]
"""The fields of each model that have entries in the search."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place is where a resource is searched: fields of its own, or of what a reference names."""

    model: type[Any]
    fields: tuple[str, ...]
    reference: str = ""


def places_of(resource: type[Resource]) -> tuple[Place, ...]:
    """Return where a resource is searched: its own fields first."""
    return _places(resource.model, resource.searched())


def has_entries(model: type[Any]) -> bool:
    """Whether records of a model have entries: those whose changes are noted."""
    return issubclass(model, CompanyModel) and model.in_history


def indexed_by(resources: Iterable[type[Resource]]) -> Indexed:
    """Return what has entries, in a stable order."""
    found: dict[type[Any], set[str]] = {}
    for resource in resources:
        for place in places_of(resource):
            if has_entries(place.model):
                found.setdefault(place.model, set()).update(place.fields)
    ordered = sorted(found, key=lambda model: str(model.__tablename__))
    return MappingProxyType({model: tuple(sorted(found[model])) for model in ordered})


@remembered
def _places(model: type[Any], names: tuple[str, ...]) -> tuple[Place, ...]:
    fields: dict[str, list[str]] = {}
    for name in names:
        before, dot, column = name.partition(".")
        fields.setdefault(before if dot else "", []).append(column if dot else before)
    found = []
    for reference in sorted(fields):
        target = fields_of(model)[reference].target if reference else model
        if target is not None:
            place = Place(model=target, fields=tuple(fields[reference]), reference=reference)
            found.append(place)
    return tuple(found)
