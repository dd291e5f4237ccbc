"""What the database refuses, said so that a person understands it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bumen.errors import BusinessError, Conflict, InvalidInput, StaleVersion
from bumen.i18n import Text, translator
from bumen.model import CompanyModel, metadata
from bumen.model.describe import fields_of
from bumen.resource import Resource

_ = translator(__file__, "bumen")

_SQLITE = re.compile(r"(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: (.*))?")


class StillUsed(Conflict):
    """The refusal to delete what others refer to."""

    def __init__(self) -> None:
        super().__init__(_("Other records refer to this one, so it cannot be deleted."))


class NotThereAnyMore(Conflict):
    """The refusal to refer to what has been deleted in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("A record this one refers to does not exist any more."))


@contextmanager
def explained(resource: type[Resource], *, deleting: bool = False) -> Iterator[None]:
    """Turn what the database refuses into a refusal people understand; faults stay faults."""
    try:
        yield
    except StaleDataError:
        raise StaleVersion from None
    except IntegrityError as error:
        raise _refusal(error, resource, deleting=deleting) from error
    except DataError as error:
        raise InvalidInput({"": [_("A value does not fit its field.")]}) from error


def _refusal(error: IntegrityError, resource: type[Resource], *, deleting: bool) -> BusinessError:
    kind, table, columns = _broken(error)
    if kind == "FOREIGN KEY":
        return StillUsed() if deleting else NotThereAnyMore()
    model = _model_of(table)
    last = columns[-1] if columns else ""
    where = last if model is resource.model or not last else ""
    return InvalidInput({where: [_sentence(kind, model, last)]})


def _sentence(kind: str, model: type[Any] | None, column: str) -> Text:
    labels = {f.key: f.about.label for f in fields_of(model).values()} if model else {}
    if column not in labels:
        return _("The values do not fit together.")
    if kind == "UNIQUE":
        return _("There is already a record with this value in “%(field)s”.", field=labels[column])
    if kind == "NOT NULL":
        return _("This field is required.")
    return _("This value is not allowed.")


def _broken(error: IntegrityError) -> tuple[str, str, list[str]]:
    """Return what sort of constraint was broken, and on which table and columns, where known."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return _broken_on_postgresql(diagnosis)
    matched = _SQLITE.search(str(error.orig))
    if matched is None:
        return "", "", []
    kind, detail = matched[1], matched[2] or ""
    if kind == "CHECK":
        return kind, *_by_constraint_name(detail)
    if detail.startswith("index "):
        return kind, *_by_constraint_name(detail.removeprefix("index ").strip("'"))
    places = [place.strip().split(".") for place in detail.split(",") if "." in place]
    return kind, (places[0][0] if places else ""), [place[1] for place in places]


def _broken_on_postgresql(diagnosis: Any) -> tuple[str, str, list[str]]:
    kinds = {"23505": "UNIQUE", "23502": "NOT NULL", "23514": "CHECK", "23503": "FOREIGN KEY"}
    kind = kinds.get(diagnosis.sqlstate, "")
    if kind == "NOT NULL":
        return kind, diagnosis.table_name or "", [diagnosis.column_name or ""]
    return kind, *_by_constraint_name(diagnosis.constraint_name or "")


def _by_constraint_name(name: str) -> tuple[str, list[str]]:
    for table in metadata.tables.values():
        for constraint in table.constraints:
            if constraint.name == name:
                return table.name, _columns(table, constraint, name)
        for index in table.indexes:
            if index.name == name:
                return table.name, [column.name for column in index.columns]
    return "", []


def _columns(table: Table, constraint: Any, name: str) -> list[str]:
    if isinstance(constraint, UniqueConstraint):
        return [column.name for column in constraint.columns]
    return [column.name for column in table.columns if f"_{column.name}" in name][-1:]


def _model_of(table: str) -> type[Any] | None:
    for mapper in CompanyModel.registry.mappers:
        if mapper.local_table is not None and mapper.local_table.name == table:
            found: type[Any] = mapper.class_
            return found
    return None
