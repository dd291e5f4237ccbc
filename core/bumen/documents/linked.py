"""What hangs on a record of any kind: files, comments, activities, requests for approval.

It names its record by the resource's key and the id, never by a foreign key: the department of
the record may be off, or not installed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Select, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.i18n import Text
from bumen.model import CompanyModel, Model
from bumen.notices.models import Notice
from bumen.resource import Resource
from bumen.unit_of_work import session

LONGEST_KEY = 120
LONGEST_PLUGIN = 40


class Linked(CompanyModel):
    """What hangs on a record; it goes with the record, and with the department it belongs to.

    Each model has an index of `resource` and `record_id` first: `index("resource", "record_id")`.
    """

    __abstract__ = True
    in_history = False
    told: ClassVar[Text | None] = None
    """What the history of its record calls it as it comes and goes: a file, a tag."""
    is_work: ClassVar[bool] = False
    """Whether it is what people have added: a record is not taken back over it."""

    resource: Mapped[str] = mapped_column(String(LONGEST_KEY))
    record_id: Mapped[int]

    @classmethod
    def before_leaving(cls, *theirs: ColumnElement[bool]) -> None:
        """Take leave of what lies outside the database, before these rows are deleted at once."""


class OfResource(CompanyModel):
    """What a company has decided about a resource; it goes when the department is purged."""

    __abstract__ = True

    resource: Mapped[str] = mapped_column(String(LONGEST_KEY))


class OfDepartment(Model):
    """What the host keeps for a department in a company; it goes when the department is purged."""

    __abstract__ = True

    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    plugin: Mapped[str] = mapped_column(String(LONGEST_PLUGIN))

    @classmethod
    def before_leaving(cls, company_id: int, *, plugin: str) -> None:
        """Hear that a department's data is deleted in a company; the rows themselves go anyway."""


def department_models() -> Iterator[type[OfDepartment]]:
    """Yield every model of what is kept for departments."""
    yield from (one for one in OfDepartment.__subclasses__() if "__tablename__" in vars(one))


def decided_models() -> Iterator[type[OfResource]]:
    """Yield every model of what companies decide about resources."""
    yield from (model for model in OfResource.__subclasses__() if "__tablename__" in vars(model))


def linked_models() -> Iterator[type[Linked] | type[Notice]]:
    """Yield every model of what hangs on records; notices lie below and only look like one."""
    yield Notice
    for model in Linked.__subclasses__():
        if "__tablename__" in model.__dict__:
            yield model


def latest_work(resource: str, record_ids: Collection[int]) -> Iterator[Select[int, datetime]]:
    """Yield, for each kind of what people add to records, to which of these, and when last."""
    for model in linked_models():
        if issubclass(model, Linked) and model.is_work:
            theirs = (model.resource == resource, model.record_id.in_(record_ids))
            last = func.max(model.changed_at)
            yield select(model.record_id, last).where(*theirs).group_by(model.record_id)


def let_go(resource: type[Resource], records: Iterable[Any]) -> None:
    """Delete what hangs on records that are deleted; the records themselves wait to be written."""
    idents = [record.id for record in records]
    with session().no_autoflush:
        for model in linked_models():
            theirs = (model.resource == resource.key(), model.record_id.in_(idents))
            if issubclass(model, Linked):
                model.before_leaving(*theirs)
            session().execute(delete(model).where(*theirs))
