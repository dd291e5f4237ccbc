"""What would come of the first rows of a file: the fields of records, as they are understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bumen.errors import BusinessError
from bumen.exchange import Table
from bumen.exchange.drafts import Draft, Drafting
from bumen.exchange.lookups import Lookups
from bumen.exchange.plan import Plan, PlannedField
from bumen.formats import EMPTY, Formats, formats_here
from bumen.i18n import Text, translator
from bumen.importing.files import table_of
from bumen.importing.planning import plan_for
from bumen.imports import Import
from bumen.model.describe import Kind
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

FORESEEN = 5
MOST_COUNTED = 20_000
_LONG = 1_000
"""So many rows take seconds."""
_NUMBERS = frozenset({Kind.NUMBER, Kind.DECIMAL})


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """The first records as they would be: what their fields are called, and the values by row."""

    columns: Sequence[tuple[Text, bool]]
    """What each is called, and whether it holds numbers."""
    rows: Sequence[tuple[int, Sequence[str]]]


def foreseen(kept: Import) -> Foreseen | None:
    """Return what would come of the first rows; None where the file cannot be read any more."""
    try:
        with table_of(kept) as table:
            plan = plan_for(kept, table)
            drafts = list(islice(Drafting(plan).drafts(), FORESEEN))
    except BusinessError:
        return None
    lookups = Lookups()
    lookups.find([named for draft in drafts for named in draft.named])
    shown = [one for one in plan.fields if not one.field.about.secret]
    return Foreseen(
        columns=_columns(plan, shown),
        rows=[(one.row, _values(one, plan, shown, lookups)) for one in drafts],
    )


def counted(table: Table) -> int:
    """Return how many rows there are; where there are very many, nobody counts them all."""
    return sum(1 for _row in islice(table.rows(), MOST_COUNTED + 1))


def rows_said(every: int, *, shown: int) -> Text:
    """Say how many of so many rows are shown."""
    if every > MOST_COUNTED:
        most = f"{MOST_COUNTED:,}"
        return _("The first %(shown)s of more than %(every)s rows", shown=shown, every=most)
    if every > shown:
        return _("The first %(shown)s of %(every)s rows", shown=shown, every=f"{every:,}")
    return _("Rows of the file: %(every)s", every=every)


def holds_up(every: int) -> bool:
    """Whether others feel that so many rows are imported at once: SQLite has one writer."""
    return every > _LONG and bool(session().get_bind().dialect.name == "sqlite")


def _columns(plan: Plan, shown: Sequence[PlannedField]) -> list[tuple[Text, bool]]:
    titles = {kind.name: kind.title for kind in plan.resource.lines}
    fields = [(one.label, one.field.kind in _NUMBERS) for one in shown]
    return [*fields, *((titles[one.name], True) for one in plan.lines)]


def _values(draft: Draft, plan: Plan, shown: Sequence[PlannedField], lookups: Lookups) -> list[str]:
    formats = formats_here()
    found: dict[str, Any] = {}
    for named in draft.named:
        records = lookups.named(named.finder, named.text)
        found[named.place] = records[0] if len(records) == 1 else None
    texts = [_text(one, draft, found, formats) for one in shown]
    return [*texts, *(str(len(draft.line_rows.get(one.name, ()))) for one in plan.lines)]


def _text(planned: PlannedField, draft: Draft, found: dict[str, Any], formats: Formats) -> str:
    if planned.key in draft.problems:
        return EMPTY
    if planned.key in found:
        return formats.value(planned.field, found[planned.key])
    return formats.value(planned.field, planned.typed(draft.values.get(planned.key)))
