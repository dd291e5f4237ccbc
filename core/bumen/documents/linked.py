"""What hangs on a record of any kind: files, comments, activities, requests for approval.

It names its record by the resource's key and the id, never by a foreign key: the department of
the record may be off, or not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from bumen.model import CompanyModel
from bumen.resource import Resource
from bumen.unit_of_work import session

LONGEST_KEY = 120


class Linked(CompanyModel):
    """What hangs on a record; it goes with the record, and with the department it belongs to.

    Each model has an index of `resource` and `record_id` first: `index("resource", "record_id")`.
    """

    __abstract__ = True

    resource: Mapped[str] = mapped_column(String(LONGEST_KEY))
    record_id: Mapped[int]


def linked_models() -> Iterator[type[Linked]]:
    """Yield every model of what hangs on records."""
    for model in Linked.__subclasses__():
        if "__tablename__" in model.__dict__:
            yield model


def let_go(resource: type[Resource], record: Any) -> None:
    """Delete what hangs on a record that is deleted."""
    for model in linked_models():
        theirs = (model.resource == resource.key(), model.record_id == record.id)
        session().execute(delete(model).where(*theirs))
