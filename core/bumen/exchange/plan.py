"""The plan of one import: a mapping laid on a resource and on the header of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import ValidationError

from bumen.exchange.cells import Cell
from bumen.exchange.mapping import Existing, Repeated
from bumen.exchange.reading import Table
from bumen.i18n import Text
from bumen.model.describe import Described
from bumen.resource import Resource
from bumen.schema import value_of
from bumen.schema.values import TextValue

Cells = Sequence[Cell]
Typing = Callable[[Any], Any]
_NAME = TextValue(length=None, pattern=None)


@dataclass(frozen=True, kw_only=True)
class Finder:
    """What records of a model are found by: one of their fields."""

    model: type[Any]
    field: Described
    else_by: tuple[str, ...] = ()
    """Attributes that one is found by as well, where the field finds nobody: its name."""

    @property
    def key(self) -> str:
        """What the field is called where it is written."""
        return self.field.key

    @property
    def label(self) -> Text:
        """What people call the field."""
        return self.field.about.label

    @cached_property
    def typed(self) -> Typing:
        """Turn what stands in a cell into what the database holds; None when it cannot be."""
        return _typing(self.field)

    def called(self, text: str) -> str | None:
        """Return what stands in a cell as a name, whatever the field holds; None for no name."""
        try:
            name: str | None = _NAME.deserialize(text)
        except ValidationError:
            return None
        return name

    def names_of(self, record: Any) -> set[str]:
        """Return all that a record is called by."""
        names = (getattr(record, name) for name in (self.key, *self.else_by))
        return {str(record), *map(str, names)}


@dataclass(frozen=True, kw_only=True)
class PlannedField:
    """A field and the cells it is read from."""

    field: Described
    source: str | None
    """The column or columns as the file calls them; None when every row gets the same."""
    read: Callable[[Cells], Any]
    """Return the value, or None for nothing; refuses with `Unfit` what cannot be read."""
    places: tuple[int, ...] = ()
    """The positions of its columns."""
    finder: Finder | None = None
    """For a reference: how the record is found that the cell names."""

    @property
    def key(self) -> str:
        """What the field is called where it is written."""
        return self.field.key

    @property
    def label(self) -> Text:
        """What people call the field."""
        return self.field.about.label

    @cached_property
    def typed(self) -> Typing:
        """Turn a value of the field into what the database holds; None when it cannot be."""
        return _typing(self.field)


@dataclass(frozen=True, kw_only=True)
class PlannedLines:
    """The lines of a document: from the document's own rows, or from those of a second file."""

    name: str
    model: type[Any]
    fields: tuple[PlannedField, ...]
    table: Table | None = None
    ours: tuple[int, ...] = ()
    theirs: tuple[int, ...] = ()
    """Columns of both files that must agree, by position."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything an import does, with nothing left to find out but the rows."""

    resource: type[Resource]
    table: Table
    fields: tuple[PlannedField, ...]
    key: tuple[PlannedField, ...]
    existing: Existing
    repeated: Repeated
    group_by: tuple[int, ...]
    lines: tuple[PlannedLines, ...]
    ignored: tuple[str, ...]
    """Columns of the file that nothing is read from."""


def _typing(field: Described) -> Typing:
    value = value_of(field, for_filter=True)

    def typed(given: Any) -> Any:
        try:
            return value.deserialize(given)
        except ValidationError:
            return None

    return typed
