"""What lists, forms, the API and imports need to know of a field, read off its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, MapperProperty, RelationshipProperty

from bumen import values
from bumen.model.fields import About
from bumen.remember import remembered


class Kind(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"
    PICTURE = "picture"


_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (values.ExactDecimal, Kind.DECIMAL),
    (values.UtcDateTime, Kind.MOMENT),
    (sa.LargeBinary, Kind.PICTURE),
    (sa.Enum, Kind.CHOICE),
    (sa.Boolean, Kind.FLAG),
    (sa.Date, Kind.DATE),
    (sa.Integer, Kind.NUMBER),
    (sa.Text, Kind.LONG_TEXT),
    (sa.String, Kind.TEXT),
)


@dataclass(frozen=True, kw_only=True)
class Described:
    """A field as it is declared; `name` is the attribute, `key` what the API calls it.

    They differ for references only: the attribute `customer` is written as `customer_id`.
    """

    name: str
    key: str
    kind: Kind
    about: About
    column: sa.Column[Any]
    target: type[Any] | None = None

    @property
    def required(self) -> bool:
        """Whether a value must be given when a record is made."""
        return not self.column.nullable and not self.has_default and not self.about.filled

    @property
    def has_default(self) -> bool:
        """Whether the field gets a value when none is given."""
        return self.column.default is not None or self.column.server_default is not None

    @property
    def nullable(self) -> bool:
        """Whether people may leave the field empty."""
        return bool(self.column.nullable) or self.about.filled

    @property
    def length(self) -> int | None:
        """The most characters a text may have; None for no limit or no text."""
        return getattr(self.column.type, "length", None) if self.kind is Kind.TEXT else None

    @property
    def choices(self) -> type[values.Choice] | None:
        """The codes a choice is made from."""
        return getattr(self.column.type, "enum_class", None)

    @property
    def scale(self) -> int | None:
        """The decimal places of a decimal."""
        return self.column.type.scale if isinstance(self.column.type, values.ExactDecimal) else None


@remembered
def fields_of(model: type[Any]) -> Mapping[str, Described]:
    """Return the described fields of a model by attribute name, in the order they are declared."""
    mapper: Mapper[Any] = sa.inspect(model)
    found = {}
    for name, column in mapper.columns.items():
        about = column.info.get("about")
        if about is None:
            continue
        reference = column.info.get("reference")
        found[reference or name] = _described(mapper, reference, name, column, about)
    order = _order(model)
    names = sorted(found, key=lambda name: order.get(name, len(order)))
    return MappingProxyType({name: found[name] for name in names})


def _order(model: type[Any]) -> dict[str, int]:
    """Return where each attribute is declared: the model's own first, what all have last."""
    declaring = [one for one in model.__mro__ if "__annotations__" in one.__dict__]
    own = [one for one in reversed(declaring) if not one.__module__.startswith("bumen.model")]
    names = [name for one in (*own, *declaring) for name in one.__annotations__]
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def naming_columns(model: type[Any]) -> list[Any]:
    """Return the columns that are loaded of a record to name it, and to say whose it is."""
    names = dict.fromkeys(("id", "company_id", *model.named_by))
    return [getattr(model, name) for name in names if hasattr(model, name)]


def described(model: type[Any], name: str) -> Described:
    """Return one field by its attribute name; KeyError when the model has no such field."""
    return fields_of(model)[name]


def lines_of(model: type[Any]) -> Mapping[str, type[Any]]:
    """Return the models of a document's lines by attribute name."""
    mapper: Mapper[Any] = sa.inspect(model)
    relations: dict[str, MapperProperty[Any]] = dict(mapper.relationships.items())
    return {
        name: relation.mapper.class_
        for name, relation in relations.items()
        if isinstance(relation, RelationshipProperty) and relation.info.get("lines")
    }


def _described(
    mapper: Mapper[Any], reference: str | None, key: str, column: sa.Column[Any], about: About
) -> Described:
    if reference:
        target = mapper.relationships[reference].mapper.class_
        return Described(
            name=reference, key=key, kind=Kind.REFERENCE, about=about, column=column, target=target
        )
    return Described(name=key, key=key, kind=kind_of(column.type), about=about, column=column)


def kind_of(type_: Any) -> Kind:
    """Return what sort of value a column type holds."""
    return next(kind for known, kind in _KINDS if isinstance(type_, known))


def beginning_of(model: type[Any]) -> values.Choice:
    """Return the state that records with a choice `state` begin in."""
    described = fields_of(model)["state"]
    default: values.Choice | None = getattr(described.column.default, "arg", None)
    return default or next(iter(described.choices or ()))
