"""Rows that say once more what an earlier row of the file has said: they are refused.

That counts whatever becomes of the earlier row: nobody wants the second of two rows taken without
a word because the first had a slip. Where the first that can be saved shall count, it is another
matter: `Recognition` and `Recalling` know of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import UniqueConstraint

from bumen.exchange.drafts import Draft
from bumen.exchange.lookups import key_of
from bumen.exchange.mapping import Repeated
from bumen.exchange.placing import problem_at
from bumen.exchange.plan import Plan, PlannedField
from bumen.i18n import translator

_ = translator(__file__, "bumen")

Fields = tuple[PlannedField, ...]


class Repeats:
    """Knows what no two rows may share: the key, and what no two records may."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        apart = {tuple(sorted(one.key for one in fields)): fields for fields in _apart(plan)}
        self._rows: list[tuple[Fields, dict[Any, int]]] = [(one, {}) for one in apart.values()]

    def learn(self, draft: Draft) -> None:
        """Recall a row of an earlier walk."""
        for fields, rows in self._rows:
            key = key_of(draft.values, fields=fields)
            if key is not None:
                rows[key] = min(draft.row, rows.get(key, draft.row))

    def find(self, draft: Draft) -> None:
        """Note on a draft which earlier row it repeats."""
        for fields, rows in self._rows:
            key = key_of(draft.values, fields=fields)
            first = draft.row if key is None else rows.setdefault(key, draft.row)
            if first != draft.row:
                said = _("Row %(row)s already says the same here.", row=first)
                place = fields[0].key
                problem = problem_at(place, plan=self._plan, draft=draft, reason=said)
                draft.problems.setdefault(place, problem)


def _apart(plan: Plan) -> Iterator[Fields]:
    """Yield the fields in which rows must differ."""
    if plan.repeated is Repeated.FIRST:
        return
    if plan.key:
        yield plan.key
    planned = {one.key: one for one in plan.fields}
    for constraint in plan.resource.model.__table__.constraints:
        if isinstance(constraint, UniqueConstraint):
            names = [column.key for column in constraint.columns if column.key != "company_id"]
            if names and all(name in planned for name in names):
                yield tuple(planned[name] for name in names)
