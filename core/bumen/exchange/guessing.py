"""A mapping guessed from the header: columns are named like fields, in any of our languages."""

from __future__ import annotations

import unicodedata

from bumen.exchange.errors import NoColumnMatches
from bumen.exchange.mapping import FieldMapping, Mapping
from bumen.exchange.reading import Table
from bumen.i18n import LANGUAGES
from bumen.model.describe import Described, fields_of
from bumen.resource import Resource


def guessed_mapping(resource: type[Resource], *, table: Table) -> Mapping:
    """Match columns to fields by name or label; `NoColumnMatches` when none does.

    A column called like a reference's key (`customer_id`) holds ids, one called like the
    reference (`customer`, “Customer”) holds what names the other record: its code, its number.
    """
    known = fields_of(resource.model)
    fields: list[FieldMapping] = []
    taken: set[str] = set()
    for column in table.header:
        for field in (known[name] for name in resource.written()):
            if field.name not in taken and _folded(column) in _names(field):
                taken.add(field.name)
                fields.append(_mapping(field, column))
                break
    if not fields:
        labels = [known[name].about.label for name in resource.written()]
        raise NoColumnMatches(table.name, fields=labels)
    return Mapping(name=table.name, resource=resource.key(), fields=tuple(fields))


def _mapping(field: Described, column: str) -> FieldMapping:
    holds_ids = field.target is not None and _folded(column) == _folded(field.key)
    return FieldMapping(
        target=field.name, place=column, column=column, by="id" if holds_ids else None
    )


def _names(field: Described) -> set[str]:
    labels = (field.about.label.in_language(language) for language in LANGUAGES)
    return {_folded(name) for name in (*labels, field.name, field.key)}


def _folded(name: str) -> str:
    """Forget case, spaces, underscores, marks of requirement and the width of letters."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
