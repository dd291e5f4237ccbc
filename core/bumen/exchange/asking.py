"""All else that is wrong with rows that are refused anyway, so that nobody corrects in rounds.

What could be read is checked by its fields' rules; then the department is asked, with what fits,
again and again without what it has refused. Nothing of that stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bumen.errors import BusinessError, InvalidInput
from bumen.exchange.drafts import Draft, given
from bumen.exchange.lookups import Lookups, existing_records, key_of
from bumen.exchange.mapping import Existing
from bumen.exchange.placing import explained, problem_at
from bumen.exchange.plan import Plan
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.model.describe import Kind, fields_of
from bumen.records import refusal_of, seen_when_new
from bumen.resource import Resource
from bumen.schema import loaded, write_schema
from bumen.visibility import as_seen, seen

_ = translator(__file__, "bumen")

_TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_STAND_IN = "–"
_MOST_TIMES = 8
"""So often a department is asked about one row."""


class Asking:
    """Finds what else is wrong with drafts that cannot be saved."""

    def __init__(self, plan: Plan, *, lookups: Lookups, by: User | None) -> None:
        self._plan = plan
        self._lookups = lookups
        self._by = by

    def complete(self, drafts: Sequence[Draft]) -> None:
        """Note on drafts that are refused what else is wrong with them."""
        keys = {one.row: key_of(one.values, fields=self._plan.key) for one in drafts}
        there = self._there({key for key in keys.values() if key is not None})
        for draft in drafts:
            records = there.get(keys[draft.row], [])
            if records and self._plan.existing is Existing.REFUSE:
                self._note_there(draft)
            elif keys[draft.row] is not None or not self._plan.key:
                self.complete_one(draft, record=self._changed(records))
            else:
                self._check(draft, self.seen(None), record=None)

    def complete_one(self, draft: Draft, *, record: Any) -> None:
        """Note on one draft what else is wrong with it; `record` is what it was to change."""
        resource = self.seen(record)
        self._check(draft, resource, record=record)
        self.ask_further(draft, resource, record=record)

    def ask_further(self, draft: Draft, resource: type[Resource], *, record: Any) -> None:
        """Note what else the department has to say of a draft whose fields have been checked."""
        values = self._fitting(draft, resource)
        if values is not None:
            self._ask(draft, resource, values, record=record)

    def _there(self, keys: set[tuple[Any, ...]]) -> dict[Any, list[Any]]:
        if not keys:
            return {}
        return existing_records(keys, model=self._plan.resource.model, fields=self._plan.key)

    def _changed(self, records: list[Any]) -> Any:
        """Return the record that a row is to change, where whoever imports sees them all."""
        changes = self._plan.existing is Existing.UPDATE and not seen(self._plan.resource)
        return records[0] if changes and len(records) == 1 else None

    def _note_there(self, draft: Draft) -> None:
        place = self._plan.key[0].key
        said = _("A record with this value is there already.")
        problem = problem_at(place, plan=self._plan, draft=draft, reason=said)
        draft.problems.setdefault(place, problem)
        self.complete_one(draft, record=None)

    def seen(self, record: Any) -> type[Resource]:
        """Return what is imported as whoever imports meets it, in a record or in a new one."""
        resource = self._plan.resource
        return seen_when_new(resource) if record is None else as_seen(resource, record)

    def _check(self, draft: Draft, resource: type[Resource], *, record: Any) -> None:
        """Note what the rules of its fields say to what could be read."""
        try:
            loaded(write_schema(resource), given(draft.values), partial=record is not None)
        except InvalidInput as refusal:
            self._add(draft, refusal, but={one.place for one in draft.named})

    def _fitting(self, draft: Draft, resource: type[Resource]) -> dict[str, Any] | None:
        """Return what fits, typed; None where the department cannot be asked with it."""
        wrong = {place.partition(".")[0] for place in draft.problems}
        if "" in wrong or wrong & {lines.name for lines in self._plan.lines}:
            return None
        values = given(draft.values)
        while values:
            try:
                fitting = loaded(write_schema(resource), values, partial=True)
                self._lookups.known.find(resource, fitting)
            except InvalidInput as refusal:
                self._add(draft, refusal)
                left = {key: one for key, one in values.items() if key not in refusal.fields}
                values = left if len(left) < len(values) else {}
            else:
                return fitting
        return None

    def _ask(
        self, draft: Draft, resource: type[Resource], values: dict[str, Any], *, record: Any
    ) -> None:
        """Ask the department until it has nothing more to say of what is given."""
        known = self._lookups.known
        for _time in range(_MOST_TIMES):
            stand_ins = {} if record is not None else _stand_ins(resource, values)
            if stand_ins is None:
                return
            refusal = refusal_of(
                resource, values | stand_ins, by=self._by, known=known, record=record
            )
            if refusal is None or not self._is_meant(refusal, values, stand_ins):
                return
            self._add(draft, refusal)
            for place in refusal.fields or [*values]:
                values.pop(place, None)

    def _is_meant(
        self, refusal: BusinessError, values: dict[str, Any], stand_ins: dict[str, Any]
    ) -> bool:
        """Whether a refusal is about what the row says, not about what is left out of it."""
        if not refusal.fields:
            return not stand_ins
        return all(place in values for place in refusal.fields)

    def _add(self, draft: Draft, refusal: BusinessError, *, but: Iterable[str] = ()) -> None:
        known = {*draft.problems, *but}
        others = explained(refusal, plan=self._plan, draft=draft)
        draft.problems |= {place: one for place, one in others.items() if place not in known}


def _stand_ins(resource: type[Resource], values: dict[str, Any]) -> dict[str, Any] | None:
    """Return texts for what must be given and is not; None where no text would do."""
    known = fields_of(resource.model)
    must = (known[name] for name in resource.written() if known[name].required)
    missing = [one for one in must if one.key not in values]
    if not all(one.kind in _TEXTS for one in missing):
        return None
    return {one.key: _STAND_IN for one in missing}
