"""Where in the file a refusal belongs: its row, and the column its field was read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bumen.errors import BusinessError
from bumen.exchange.drafts import Draft
from bumen.exchange.plan import Plan, PlannedField
from bumen.exchange.report import RowProblem
from bumen.i18n import Text
from bumen.model.describe import fields_of


def explained(refusal: BusinessError, *, plan: Plan, draft: Draft) -> dict[str, RowProblem]:
    """Turn a refusal into problems of the draft's rows, by their place in the record."""
    if not refusal.fields:
        return {"": problem_at("", plan=plan, draft=draft, reason=refusal.message)}
    return {
        place: problem_at(place, plan=plan, draft=draft, reason=reasons[0])
        for place, reasons in refusal.fields.items()
    }


def in_order(draft: Draft, *, plan: Plan) -> list[RowProblem]:
    """Return the problems of a draft in the order of the file's columns, row by row."""
    places = {column: place for place, column in enumerate(plan.table.header)}
    return sorted(
        draft.problems.values(),
        key=lambda one: (
            one.file != plan.table.name,
            one.row,
            places.get(one.column or "", len(places) if one.field else -1),
        ),
    )


def problem_at(place: str, *, plan: Plan, draft: Draft, reason: Text | str) -> RowProblem:
    """Return the problem of a field (`name`, `lines.0.quantity`), or of the whole row ("")."""
    head, *rest = place.split(".")
    for lines in plan.lines:
        if lines.name == head and rest and rest[0].isdigit():
            rows = draft.line_rows[head]
            file = lines.table.name if lines.table else plan.table.name
            key = rest[1] if len(rest) > 1 else ""
            return _problem(lines.model, lines.fields, key, rows[int(rest[0])], file, reason)
    return _problem(plan.resource.model, plan.fields, head, draft.row, plan.table.name, reason)


def _problem(
    model: type[Any],
    fields: Sequence[PlannedField],
    key: str,
    row: int,
    file: str,
    reason: Text | str,
) -> RowProblem:
    planned = {name: one for one in fields for name in (one.field.name, one.key)}.get(key)
    known = {name: one for one in fields_of(model).values() for name in (one.name, one.key)}
    return RowProblem(
        row=row,
        file=file,
        field=known[key].about.label if key in known else None,
        column=planned.source if planned else None,
        reason=reason,
    )
