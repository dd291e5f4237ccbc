"""Which rows name a record that is there already, and which say what another row has said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bumen.exchange.asking import Asking
from bumen.exchange.drafts import Draft
from bumen.exchange.lookups import Records, existing_records, key_of
from bumen.exchange.mapping import Existing, Repeated
from bumen.exchange.placing import in_order, problem_at
from bumen.exchange.plan import Plan
from bumen.exchange.report import ImportReport
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

Key = tuple[Any, ...]


@dataclass(kw_only=True, slots=True)
class Work:
    """A draft that is to be saved, and the record it changes; None when it makes one.

    `given` are its values once they are checked.
    """

    draft: Draft
    record: Any
    given: dict[str, Any] | None = None


class Recognition:
    """Knows the records of drafts by the key of a plan; keeps the report of what is left out."""

    def __init__(self, plan: Plan, *, report: ImportReport, asking: Asking) -> None:
        self._plan = plan
        self._report = report
        self._asking = asking
        self._is_first_of_many = plan.repeated is Repeated.FIRST
        self._seen: set[Key] = set()

    def apart(self, drafts: Sequence[Draft]) -> tuple[Sequence[Draft], Sequence[Draft]]:
        """Part the first of each key from those that repeat it, where the first counts."""
        if not self._is_first_of_many:
            return drafts, []
        firsts: dict[Key | int, Draft] = {}
        repeated = []
        for draft in drafts:
            key = self._key(draft)
            if key in self._seen:
                self._report.skipped += 1
            elif firsts.setdefault(key or draft.row, draft) is not draft:
                repeated.append(draft)
        return list(firsts.values()), repeated

    def to_do(self, drafts: Sequence[Draft]) -> list[Work]:
        """Return what is to be saved; the others are skipped, or refused with the reason."""
        keys = [self._key(draft) for draft in drafts]
        there = self._there({key for key in keys if key is not None})
        work = []
        for draft, key in zip(drafts, keys, strict=True):
            found = [] if key is None else there.get(key, [])
            if key is not None and self._is_first_of_many:
                self._seen.add(key)
            problem = self._problem(found)
            if problem is not None:
                self._refuse(draft, problem)
            elif found and self._plan.existing is Existing.SKIP:
                self._report.skipped += 1
            else:
                work.append(Work(draft=draft, record=found[0] if found else None))
        return work

    def forget(self, draft: Draft) -> bool:
        """Let a later row say what this one could not, where the first that can be saved counts.

        Whether it does.
        """
        key = self._key(draft)
        if key is None or not self._is_first_of_many:
            return False
        self._seen.discard(key)
        return True

    def _key(self, draft: Draft) -> Key | None:
        return key_of(draft.values, fields=self._plan.key)

    def _there(self, keys: set[Key]) -> Records:
        if not keys:
            return {}
        return existing_records(keys, model=self._plan.resource.model, fields=self._plan.key)

    def _problem(self, found: list[Any]) -> Text | None:
        """Say what is wrong with the records found."""
        if len(found) > 1:
            return _("More than one record is there that this could be.")
        if found and self._plan.existing is Existing.REFUSE:
            return _("A record with this value is there already.")
        return None

    def _refuse(self, draft: Draft, reason: Text) -> None:
        key = self._plan.key[0].key
        draft.problems[key] = problem_at(key, plan=self._plan, draft=draft, reason=reason)
        if self._plan.existing is Existing.REFUSE:
            self._asking.complete_one(draft, record=None)
        self._report.refuse(in_order(draft, plan=self._plan))
