"""What a walk that goes on recalls of the rows it took before: which keys they had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bumen.exchange.drafts import Draft
from bumen.exchange.lookups import key_of
from bumen.exchange.mapping import Repeated
from bumen.exchange.plan import Plan
from bumen.exchange.report import ImportReport
from bumen.exchange.yielding import shown_keys


class Recalling:
    """Knows the keys of rows that were taken before the walk was broken off.

    Without it, a row that repeats one of them would meet a record of its own file as if that had
    been there before.
    """

    def __init__(self, plan: Plan, *, report: ImportReport) -> None:
        self._plan = plan
        self._report = report
        self.is_first_of_many = plan.repeated is Repeated.FIRST
        """Whether the first row of a key that can be saved counts: else `Repeats` knows of them."""
        self._keys: set[tuple[Any, ...]] = set()

    def learn(self, drafts: Iterable[Draft]) -> None:
        """Recall the keys of drafts by which somebody is there now, whom whoever imports sees.

        All others were refused, and a later row may say what they said.
        """
        if self.is_first_of_many:
            fitting = [draft for draft in drafts if not draft.problems]
            self._keys |= shown_keys(fitting, plan=self._plan)

    def left(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """Return the drafts that repeat no earlier row; the others are skipped."""
        if not self._keys:
            return drafts
        keys = [key_of(draft.values, fields=self._plan.key) for draft in drafts]
        left = [one for one, key in zip(drafts, keys, strict=True) if key not in self._keys]
        self._report.skipped += len(drafts) - len(left)
        return left
