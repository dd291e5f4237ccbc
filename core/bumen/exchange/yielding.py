"""Rows that mean records which whoever imports does not see: they are left alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bumen.exchange.drafts import Draft
from bumen.exchange.lookups import existing_records, key_of
from bumen.exchange.mapping import Existing
from bumen.exchange.placing import problem_at
from bumen.exchange.plan import Plan
from bumen.exchange.report import ImportReport
from bumen.i18n import translator
from bumen.unit_of_work import session
from bumen.visibility import seen

_ = translator(__file__, "bumen")


def refuse_unseen(drafts: Sequence[Draft], *, plan: Plan, report: ImportReport) -> Sequence[Draft]:
    """Return the drafts that change nothing hidden from whoever imports; refuse the others."""
    limits = seen(plan.resource) if plan.key and plan.existing is Existing.UPDATE else []
    if not limits:
        return drafts
    model = plan.resource.model
    keys = {draft.row: key_of(draft.values, fields=plan.key) for draft in drafts}
    there = existing_records({key for key in keys.values() if key}, model=model, fields=plan.key)
    idents = [record.id for records in there.values() for record in records]
    shown = set(session().scalars(select(model.id).where(model.id.in_(idents), *limits)))
    left = []
    for draft in drafts:
        if all(record.id in shown for record in there.get(keys[draft.row] or (), ())):
            left.append(draft)
            continue
        reason = _("A record with this value is there already, and is not yours to change.")
        key = plan.key[0].key
        report.note(problem_at(key, plan=plan, draft=draft, reason=reason))
        report.refused += 1
    return left
