"""Rows that mean records which whoever imports does not see: they are left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from bumen.exchange.drafts import Draft
from bumen.exchange.lookups import Records, existing_records, key_of
from bumen.exchange.mapping import Existing
from bumen.exchange.placing import problem_at
from bumen.exchange.plan import Plan
from bumen.exchange.report import ImportReport
from bumen.i18n import translator
from bumen.unit_of_work import session
from bumen.visibility import seen

_ = translator(__file__, "bumen")


Key = tuple[Any, ...]


def refuse_unseen(drafts: Sequence[Draft], *, plan: Plan, report: ImportReport) -> Sequence[Draft]:
    """Return the drafts that change nothing hidden from whoever imports; refuse the others."""
    if not _limits(plan):
        return drafts
    keys = {draft.row: key_of(draft.values, fields=plan.key) for draft in drafts}
    hidden = _hidden(_there(keys.values(), plan), plan)
    left = []
    for draft in drafts:
        if keys[draft.row] not in hidden:
            left.append(draft)
            continue
        reason = _("A record with this value is there already, and is not yours to change.")
        key = plan.key[0].key
        report.note(problem_at(key, plan=plan, draft=draft, reason=reason))
        report.refused += 1
    return left


def shown_keys(drafts: Sequence[Draft], *, plan: Plan) -> set[Key]:
    """Return the keys of drafts by which something is there, but for what may not be changed."""
    there = _there((key_of(draft.values, fields=plan.key) for draft in drafts), plan)
    return {*there} - _hidden(there, plan)


def _limits(plan: Plan) -> list[ColumnElement[bool]]:
    """Return what whoever imports must not step over: what is changed must be seen."""
    return seen(plan.resource) if plan.key and plan.existing is Existing.UPDATE else []


def _there(keys: Iterable[Key | None], plan: Plan) -> Records:
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    return existing_records(wanted, model=plan.resource.model, fields=plan.key)


def _hidden(there: Records, plan: Plan) -> set[Key]:
    """Return the keys that mean anything hidden from whoever imports."""
    limits, model = _limits(plan), plan.resource.model
    if not limits:
        return set()
    idents = [record.id for records in there.values() for record in records]
    shown = set(session().scalars(select(model.id).where(model.id.in_(idents), *limits)))
    return {
        key for key, records in there.items() if any(record.id not in shown for record in records)
    }
