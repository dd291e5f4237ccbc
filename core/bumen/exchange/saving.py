"""Saving the drafts of a chunk: all in one savepoint, and one by one only when that fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bumen.errors import BusinessError, InvalidInput
from bumen.exchange.drafts import Draft
from bumen.exchange.lookups import Lookups, Records, existing_records, key_of
from bumen.exchange.mapping import Existing
from bumen.exchange.placing import explained, problem_at
from bumen.exchange.plan import Plan
from bumen.exchange.report import ImportReport, RowProblem
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.records import change_record, create_record, create_records
from bumen.schema import loaded, write_schema
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")

Work = tuple[Draft, Any]
"""A draft, and the record it changes; None when it makes one."""


class Saving:
    """Makes or changes the records of drafts, and keeps the report."""

    def __init__(
        self, plan: Plan, *, lookups: Lookups, report: ImportReport, by: User | None
    ) -> None:
        self._plan = plan
        self._lookups = lookups
        self._report = report
        self._by = by
        self._seen: dict[tuple[Any, ...], int] = {}

    def save(self, drafts: Sequence[Draft]) -> list[Any]:
        """Save what can be saved, refuse the rest; return the records, as saved."""
        work = self._decided(drafts)
        try:
            with current().attempt():
                records = self._saved_at_once(work)
        except BusinessError:
            return self._one_by_one(work)
        for draft, record in work:
            self._count(draft, record)
        return records

    def refuse(self, draft: Draft) -> None:
        """Report a draft that cannot be saved, with all else that is wrong with it."""
        try:
            loaded(write_schema(self._plan.resource), _given(draft.values))
        except InvalidInput as refusal:
            known = {*draft.problems, *(named.place for named in draft.named)}
            others = explained(refusal, plan=self._plan, draft=draft)
            draft.problems |= {place: one for place, one in others.items() if place not in known}
        self._note(draft)

    def _decided(self, drafts: Sequence[Draft]) -> list[Work]:
        """Sort out what is there already, and what stands in the file twice."""
        keys = [key_of(draft.values, fields=self._plan.key) for draft in drafts]
        there = self._there({key for key in keys if key is not None})
        work: list[Work] = []
        for draft, key in zip(drafts, keys, strict=True):
            found = there.get(key, []) if key is not None else []
            problem = self._twice(draft, key) or self._clash(found)
            if problem is not None:
                draft.problems["key"] = self._at_key(draft, problem)
                self._note(draft)
            elif found and self._plan.existing is Existing.SKIP:
                self._report.skipped += 1
            else:
                work.append((draft, found[0] if found else None))
        return work

    def _there(self, keys: set[tuple[Any, ...]]) -> Records:
        if not keys:
            return {}
        return existing_records(keys, model=self._plan.resource.model, fields=self._plan.key)

    def _twice(self, draft: Draft, key: tuple[Any, ...] | None) -> Text | None:
        first = draft.row if key is None else self._seen.setdefault(key, draft.row)
        if first == draft.row:
            return None
        return _("Row %(row)s already says the same here.", row=first)

    def _clash(self, found: list[Any]) -> Text | None:
        if len(found) > 1:
            return _("More than one record is there that this could be.")
        if found and self._plan.existing is Existing.REFUSE:
            return _("A record with this value is there already.")
        return None

    def _at_key(self, draft: Draft, reason: Text) -> RowProblem:
        return problem_at(self._plan.key[0].key, plan=self._plan, draft=draft, reason=reason)

    def _one_by_one(self, work: Sequence[Work]) -> list[Any]:
        """Save each in a savepoint of its own, so that a bad one takes nothing with it."""
        records = []
        for draft, record in work:
            try:
                with current().attempt():
                    records.append(self._saved(draft, record))
            except BusinessError as refusal:
                draft.problems = explained(refusal, plan=self._plan, draft=draft)
                self._note(draft)
            else:
                self._count(draft, record)
        return records

    def _saved_at_once(self, work: Sequence[Work]) -> list[Any]:
        """Make all new records with one write, then change the others; return them in order."""
        new = [_given(draft.values) for draft, record in work if record is None]
        known = self._lookups.known
        made = iter(create_records(self._plan.resource, new, by=self._by, known=known))
        return [
            next(made) if record is None else self._saved(draft, record) for draft, record in work
        ]

    def _saved(self, draft: Draft, record: Any) -> Any:
        resource, known = self._plan.resource, self._lookups.known
        if record is None:
            values = _given(draft.values)
            return create_record(resource, values, by=self._by, known=known)
        values = self._changed(draft.values)
        version = record.version
        return change_record(resource, record, values, by=self._by, version=version, known=known)

    def _changed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Empty what the file leaves empty, where the field may be."""
        may_be_empty = {one.key for one in self._plan.fields if one.field.nullable}
        return {k: v for k, v in values.items() if v is not None or k in may_be_empty}

    def _count(self, draft: Draft, record: Any) -> None:
        self._report.lines += sum(map(len, draft.line_rows.values()))
        if record is None:
            self._report.created += 1
        else:
            self._report.updated += 1

    def _note(self, draft: Draft) -> None:
        for problem in draft.problems.values():
            self._report.note(problem)
        self._report.refused += 1


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, so that defaults come in."""
    given = {key: value for key, value in values.items() if value is not None}
    for key, value in given.items():
        if isinstance(value, list):
            given[key] = [_given(line) for line in value]
    return given
