"""Values as a history keeps them: plain JSON, references by id and as they were called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapper, load_only

from bumen.company.isolation import CompanySession
from bumen.model import OF_EVERY_RECORD, CompanyModel, Model
from bumen.model.describe import Kind, fields_of
from bumen.remember import remembered
from bumen.values import ExactDecimal

POSITION = "position"
"""Where a line stands among those of its document."""
MACHINERY = OF_EVERY_RECORD | {"company_id", POSITION}
"""What every record has and no history tells: it would say the same of every change."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """A told column is one whose changes are kept; `name` is the field it belongs to.

    Of a veiled one it is only kept that it has changed.
    """

    key: str
    name: str
    target: type[Any] | None = None
    is_veiled: bool = False
    exact: ExactDecimal | None = None


@dataclass(frozen=True, kw_only=True)
class Named:
    """A record that was referred to; `label` where it is known what it was called."""

    target: type[Any]
    ident: int
    label: str | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentOf:
    """Where the lines of a model belong: the document's model, and what it calls them."""

    model: type[CompanyModel]
    lines: str
    column: str


Labels = dict[tuple[type[Any], int], str | None]
"""What records are called, as long as none of them changes."""


class Veiled:
    """A value that stays unsaid."""


VEILED = Veiled()


@remembered
def told_columns(model: type[Any]) -> tuple[Told, ...]:
    """Return the columns of a model whose changes are kept."""
    fields = {field.key: field for field in fields_of(model).values()}
    lines = document_of(model)
    found = []
    without = MACHINERY | ({lines.column} if lines else set())
    columns = inspect(model).columns
    for key in dict.fromkeys([*fields, *columns.keys()]):
        if key in without:
            continue
        field, type_ = fields.get(key), columns[key].type
        veiled = field is not None and (field.about.secret or field.kind is Kind.PICTURE)
        name, target = (field.name, field.target) if field else (key, None)
        exact = type_ if isinstance(type_, ExactDecimal) else None
        found.append(Told(key, name, target, veiled, exact))
    return tuple(found)


@remembered
def line_named_by(model: type[Any]) -> Told | None:
    """Return the column that tells a line from others: the first field of its declaration."""
    told = {one.key: one for one in told_columns(model) if not one.is_veiled}
    return next((told[one.key] for one in fields_of(model).values() if one.key in told), None)


@remembered
def document_of(model: type[Any]) -> DocumentOf | None:
    """Return the document that records of a model are lines of; None for what is no line."""
    for relation in inspect(model).relationships:
        for theirs in relation.mapper.relationships:
            is_line = theirs.info.get("lines") and theirs.back_populates == relation.key
            if is_line and theirs.mapper.class_ is model:
                document = relation.mapper.class_
                return DocumentOf(model=document, lines=theirs.key, column=f"{relation.key}_id")
    return None


def told_value(
    column: Told, value: Any, *, record: Any = None, labels: Labels | None = None
) -> Any:
    """Return a value as it is kept; a reference waits for its name: see `named`."""
    if value is None:
        return None
    if column.is_veiled:
        return VEILED
    if column.target is not None:
        other = record.__dict__.get(column.name) if record is not None else None
        same = other is not None and other.id == value
        label = _label_of(other, {} if labels is None else labels) if same else None
        return Named(target=column.target, ident=value, label=label)
    if column.exact is not None:
        return f"{column.exact.checked(value):f}"
    return plain(value)


def _label_of(record: Any, labels: Labels) -> str | None:
    """Return what a record is called; of one that many refer to, it is worked out once."""
    key = (type(record), record.id)
    if key not in labels:
        labels[key] = label_of(record)
    return labels[key]


def label_of(record: Any) -> str | None:
    """Return what a record is called, if that is known without asking the database."""
    there = record.__dict__
    known = all(name in there for name in type(record).named_by)
    if not known:
        return None
    if _has_own_words(type(record)) and inspect(record).unloaded - {*_relations(type(record))}:
        return None
    return str(record)


def called(model: type[Any], row: Mapping[str, Any]) -> str | None:
    """Return what the record of a row is called, where its columns alone tell it."""
    if _has_own_words(model) or not set(model.named_by) <= row.keys():
        return None
    parts = (row[name] for name in model.named_by)
    return " ".join(str(part) for part in parts if part not in (None, "")) or None


def _has_own_words(model: type[Any]) -> bool:
    """Whether a model says itself what its records are called, by whatever it reads for that."""
    said: Any = model.__str__
    return said is not Model.__str__


@remembered
def _relations(model: type[Any]) -> tuple[str, ...]:
    return tuple(inspect(model).relationships.keys())


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def named(session: CompanySession, waiting: Iterable[Named]) -> dict[Named, str]:
    """Return what records are called: as it is known, else asked for all at once."""
    labels: dict[Named, str] = {}
    unknown: dict[type[Any], set[int]] = {}
    for one in waiting:
        label = one.label
        if label is None:
            there = session.identity_map.get(_key(one))
            label = label_of(there) if there is not None else None
        if label is None:
            unknown.setdefault(one.target, set()).add(one.ident)
        else:
            labels[one] = label
    for target, idents in unknown.items():
        for ident, label in _asked(session, target, sorted(idents)):
            labels[Named(target=target, ident=ident)] = label
    return labels


def _key(one: Named) -> Any:
    mapper: Mapper[Any] = inspect(one.target)
    return mapper.identity_key_from_primary_key((one.ident,))


def _asked(session: CompanySession, target: type[Any], idents: list[int]) -> Any:
    columns = inspect(target).columns
    plain = not _has_own_words(target) and all(name in columns for name in target.named_by)
    names = [getattr(target, name) for name in target.named_by]
    options = [load_only(target.id, target.company_id, *names)] if plain else []
    for start in range(0, len(idents), _AT_ONCE):
        some = target.id.in_(idents[start : start + _AT_ONCE])
        for record in session.scalars(select(target).where(some).options(*options)):
            yield record.id, str(record)
