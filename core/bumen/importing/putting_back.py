"""Putting back some of the records that an import made or changed, all of them at once.

Only when that is refused they are put back one by one, each in a savepoint of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, delete, inspect, select
from sqlalchemy.orm import selectinload

from bumen.documents.history.values import document_of
from bumen.documents.linked import latest_work
from bumen.errors import BusinessError
from bumen.i18n import Text, translator
from bumen.imports import ImportedRecord
from bumen.model.accounts import User
from bumen.model.describe import fields_of
from bumen.records import NoLongerOpen, change_records, delete_records, let_delete, referred_to
from bumen.records.constraints import StillUsed
from bumen.resource import Resource
from bumen.unit_of_work import current, session
from bumen.visibility import seen, whole_of

_ = translator(__file__, "bumen")

Reasons = list[tuple[str, Text | str]]
"""What could not be put back: what each is called, and why."""
Values = dict[str, Any]
AT_ITS_MAKING = timedelta(minutes=1)
"""What is added to a record so soon is its department's own, which adds it to every new one."""
_NOT_SEEN = _("It is not there any more, or not yours to change.")
_CHANGED_SINCE = _("It has been changed since it was imported.")
_ADDED_TO = _("A file, a comment, an activity or a tag has been added to it since.")
_VEILED = _("What it said before was not written down, because it is confidential.")
_NOT_YOURS = _("Some of what was imported is not yours to change.")
_NOT_DELETED = _("Records of this kind are not deleted.")


class _OnlyAsked(Exception):
    """It was only asked whether something may be done; what was done for it is undone."""


class Piece:
    """Some of what an import has done, the last first, with the records as they are now."""

    def __init__(
        self, resource: type[Resource], some: Sequence[ImportedRecord], *, import_id: int
    ) -> None:
        self._resource, self._some, self._import_id = resource, some, import_id
        model, idents = resource.model, [one.record_id for one in some]
        theirs = model.id.in_(idents)
        lines = [selectinload(getattr(model, one.name)) for one in resource.lines]
        query = select(model).options(*lines).where(theirs)
        self._records = {one.id: one for one in session().scalars(query)}
        self._shown = set(self._records)
        if limits := seen(resource):
            self._shown = set(session().scalars(select(model.id).where(theirs, *limits)))

    def objections(self, *, by: User | None) -> Reasons:
        """Return which of them cannot be put back as things are, and why; nothing is changed."""
        found: dict[int, BusinessError] = {}
        for one in self._there():
            try:
                self._check(one)
            except BusinessError as refusal:
                found[one.id] = refusal
        made = [one for one in self._there() if one.made and one.id not in found]
        found |= self._kept_by_others(made)
        found |= self._not_to_go([one for one in made if one.id not in found], by=by)
        return [self._told(one, found[one.id]) for one in self._some if one.id in found]

    def put_back(self, *, by: User | None) -> Reasons:
        """Put back what can be, and forget that it was imported; return what could not be."""
        found: dict[int, BusinessError] = {}
        try:
            with current().attempt():
                self._all_back(self._there(), by=by)
        except BusinessError:
            found = self._one_by_one(by=by)
        back = [one.id for one in self._some if one.id not in found]
        session().execute(delete(ImportedRecord).where(ImportedRecord.id.in_(back)))
        return [self._told(one, found[one.id]) for one in self._some if one.id in found]

    def _one_by_one(self, *, by: User | None) -> dict[int, BusinessError]:
        found = {}
        for one in self._there():
            try:
                with current().attempt():
                    self._all_back([one], by=by)
            except BusinessError as refusal:
                found[one.id] = refusal
        return found

    def _there(self) -> list[ImportedRecord]:
        """Return what is to be put back: what was made and is gone already is as it was."""
        return [one for one in self._some if not (one.made and one.record_id not in self._records)]

    def _all_back(self, some: Sequence[ImportedRecord], *, by: User | None) -> None:
        records = {one.id: self._check(one) for one in some}
        changed = [(records[one.id], self._before(one)) for one in some if not one.made]
        made = [records[one.id] for one in some if one.made]
        if changed:
            change_records(self._resource, changed, by=by)
        if made:
            delete_records(self._resource, made, by=by)

    def _check(self, one: ImportedRecord) -> Any:
        """Return the record; refuses one that is not as it was imported, or not to be touched."""
        record = self._records.get(one.record_id)
        if record is None or record.id not in self._shown:
            raise BusinessError(_NOT_SEEN)
        if record.version != one.version:
            raise BusinessError(_CHANGED_SINCE)
        if one.made and record.id in self._added_to:
            raise BusinessError(_ADDED_TO)
        if not self._resource.is_open(record):
            raise NoLongerOpen(record)
        if one.made and "delete" not in self._resource.can:
            raise BusinessError(_NOT_DELETED)
        self._before(one)
        return record

    @cached_property
    def _added_to(self) -> set[int]:
        """Which of the records people have added something to, since the import made them."""
        made = {one.id: one.created_at + AT_ITS_MAKING for one in self._records.values()}
        found = set()
        for query in latest_work(self._resource.key(), made.keys()):
            found |= {ident for ident, last in session().execute(query) if last > made[ident]}
        return found

    def _kept_by_others(self, made: Sequence[ImportedRecord]) -> dict[int, BusinessError]:
        """Return which are referred to by anything but what this import has made or changed."""
        if not made:
            return {}
        idents = [one.record_id for one in made]
        used = referred_to(self._resource.model, idents, spared=self._is_of_import)
        return {one.id: StillUsed() for one in made if one.record_id in used}

    def _is_of_import(self, other: Any) -> ColumnElement[bool] | None:
        """Return the condition that another record is of this import, or a line of one that is."""
        model = inspect(other).mapper.class_
        column, owner = other.id, document_of(model)
        if owner is not None and owner.model is self._resource.model:
            column = getattr(other, owner.column)
        elif model is not self._resource.model:
            return None
        noted = select(ImportedRecord.record_id).where(
            ImportedRecord.import_id == self._import_id, ImportedRecord.record_id == column
        )
        return noted.exists()

    def _not_to_go(
        self, made: Sequence[ImportedRecord], *, by: User | None
    ) -> dict[int, BusinessError]:
        """Ask the department whether what was made may go; what it does for that is undone."""
        if self._resource.on_delete is None or not made:
            return {}
        try:
            with current().attempt():
                let_delete(self._resource, [self._records[one.record_id] for one in made], by=by)
                raise _OnlyAsked
        except _OnlyAsked:
            return {}
        except BusinessError as refusal:
            if len(made) == 1:
                return {made[0].id: refusal}
        half = len(made) // 2
        return self._not_to_go(made[:half], by=by) | self._not_to_go(made[half:], by=by)

    def _before(self, one: ImportedRecord) -> Values:
        """Return what a changed record said before, as people write it."""
        if one.made:
            return {}
        known = fields_of(self._resource.model)
        written = {known[name].key for name in self._resource.written()}
        everybodys = {known[name].key for name in whole_of(self._resource).written()}
        if (everybodys - written) & set(one.before or ()):
            raise BusinessError(_NOT_YOURS)
        fields = {k: _open(v) for k, v in (one.before or {}).items() if k in written}
        return {**fields, **self._lines(one)}

    def _lines(self, one: ImportedRecord) -> Values:
        """Return the lines as they were: those that were there, and those that were dropped."""
        found, record = {}, self._records[one.record_id]
        declared = {lines.name: lines for lines in self._resource.lines}
        for name, told in (one.lines or {}).items():
            if name not in declared:
                raise BusinessError(_NOT_YOURS)
            fields = fields_of(declared[name].model)
            written = {fields[field].key for field in declared[name].fields}
            stay = [line.id for line in getattr(record, name) if line.id not in told["made"]]
            kept = [{"id": ident, **told["changed"].get(str(ident), {})} for ident in stay]
            found[name] = [_line(line, written) for line in (*kept, *told["dropped"])]
        return found

    def _told(self, one: ImportedRecord, refusal: BusinessError) -> tuple[str, Text | str]:
        is_shown = one.record_id in self._shown
        label = str(self._records[one.record_id]) if is_shown else f"#{one.record_id}"
        return label, refusal.message


def _line(told: Values, written: set[str]) -> Values:
    return {k: _open(v) for k, v in told.items() if k == "id" or k in written}


def _open(value: Any) -> Any:
    if isinstance(value, dict):
        raise BusinessError(_VEILED)
    return value
