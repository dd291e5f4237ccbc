"""Saving the drafts of a chunk: all in one savepoint, and one by one only when that fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bumen.errors import BusinessError, InvalidInput
from bumen.exchange.asking import Asking
from bumen.exchange.drafts import Draft, given
from bumen.exchange.lookups import Lookups
from bumen.exchange.placing import explained, in_order
from bumen.exchange.plan import Plan
from bumen.exchange.recognizing import Recognition, Work
from bumen.exchange.report import ImportReport
from bumen.model.accounts import User
from bumen.records import change_record, checked_values, make_records, seen_when_new
from bumen.resource import Resource
from bumen.unit_of_work import current


class Saving:
    """Makes or changes the records of drafts, and keeps the report."""

    def __init__(
        self, plan: Plan, *, lookups: Lookups, report: ImportReport, by: User | None
    ) -> None:
        self._plan = plan
        self._lookups = lookups
        self._report = report
        self._by = by
        self._asking = Asking(plan, lookups=lookups, by=by)
        self._recognition = Recognition(plan, report=report, asking=self._asking)
        self.freed: list[int] = []
        """Rows that could not change what is there, and whose keys a later row may have."""

    def save(self, drafts: Sequence[Draft]) -> list[Any]:
        """Save what can be saved, refuse the rest; return the records, as saved.

        Of rows that repeat each other the first counts that can be saved, where that is asked.
        """
        records: list[Any] = []
        while drafts:
            drafts, repeated = self._recognition.apart(drafts)
            records += self._written(self._checked(self._recognition.to_do(drafts)))
            drafts = repeated
        return records

    def refuse(self, drafts: Sequence[Draft]) -> None:
        """Report drafts that cannot be saved, with all else that is wrong with them."""
        self._asking.complete(drafts)
        for draft in drafts:
            self._report.refuse(in_order(draft, plan=self._plan))

    def _checked(self, work: Iterable[Work]) -> list[Work]:
        """Check what is to be made, before anything is written; refuse what is wrong."""
        resource, known, good = seen_when_new(self._plan.resource), self._lookups.known, []
        for one in work:
            try:
                if one.record is None:
                    values = given(one.draft.values)
                    one.given = checked_values(resource, values, known=known)
            except InvalidInput as refusal:
                self._note(one, refusal, resource)
            else:
                good.append(one)
        return good

    def _written(self, work: Sequence[Work]) -> list[Any]:
        try:
            with current().attempt():
                records = self._saved_at_once(work)
        except BusinessError:
            return self._one_by_one(work)
        for one in work:
            self._count(one)
        return records

    def _saved_at_once(self, work: Sequence[Work]) -> list[Any]:
        """Make all new records with one write, then change the others; return them in order."""
        resource, known = self._plan.resource, self._lookups.known
        new = [one.given for one in work if one.given is not None]
        made = iter(make_records(resource, new, by=self._by, known=known))
        return [next(made) if one.given is not None else self._update(one) for one in work]

    def _one_by_one(self, work: Sequence[Work]) -> list[Any]:
        """Save each in a savepoint of its own, so that a bad one takes nothing with it."""
        records = []
        for one in work:
            try:
                with current().attempt():
                    records += self._saved_at_once([one])
            except BusinessError as refusal:
                self._note(one, refusal, self._asking.seen(one.record))
            else:
                self._count(one)
        return records

    def _update(self, work: Work) -> Any:
        resource, known, record = self._plan.resource, self._lookups.known, work.record
        values = self._changed(work.draft.values)
        version = record.version
        return change_record(resource, record, values, by=self._by, version=version, known=known)

    def _changed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Empty what the file leaves empty, where the field may be."""
        may_be_empty = {one.key for one in self._plan.fields if one.field.nullable}
        return {k: v for k, v in values.items() if v is not None or k in may_be_empty}

    def _count(self, work: Work) -> None:
        self._report.lines += sum(map(len, work.draft.line_rows.values()))
        if work.record is None:
            self._report.created += 1
        else:
            self._report.updated += 1

    def _note(self, work: Work, refusal: BusinessError, resource: type[Resource]) -> None:
        draft = work.draft
        draft.problems = explained(refusal, plan=self._plan, draft=draft)
        self._asking.ask_further(draft, resource, record=work.record)
        self._report.refuse(in_order(draft, plan=self._plan))
        if self._recognition.forget(draft) and work.record is not None:
            self.freed.append(draft.row)
