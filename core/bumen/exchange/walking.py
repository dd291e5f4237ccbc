"""A walk through a file: chunk by chunk, rows become records through the same door as a form.

What a chunk's cells refer to is looked up in one statement for each field; then the chunk is tried
as a whole in one savepoint, and only when that fails row by row, each in a savepoint of its own. A
row whose record refers to another of the same file waits until that one is there. A walk that ended
half-way goes on where it had got. Nothing is committed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bumen.exchange.drafts import Draft, Drafting, Named
from bumen.exchange.lookups import Lookups
from bumen.exchange.namesakes import Namesakes
from bumen.exchange.placing import problem_at
from bumen.exchange.plan import Finder, Plan
from bumen.exchange.recalling import Recalling
from bumen.exchange.repeats import Repeats
from bumen.exchange.report import ImportReport, RowProblem
from bumen.exchange.saving import Saving
from bumen.exchange.yielding import refuse_unseen
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.model.describe import fields_of

_ = translator(__file__, "bumen")

CHUNK = 200
"""Rows that are looked up and tried together."""


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How far a walk has got: the last row it took, and those before it that still wait."""

    row: int = 0
    waiting: tuple[int, ...] = ()
    freed: tuple[int, ...] = ()
    """Rows that could not change what is there already: a later row may say what they said."""

    @classmethod
    def from_json(cls, kept: dict[str, Any] | None) -> Reached:
        """Return how far a walk had got, as it was kept; the beginning where nothing was."""
        told = kept or {}
        rows = {name: tuple(told.get(name, ())) for name in ("waiting", "freed")}
        return cls(row=told.get("row", 0), **rows)

    def to_json(self) -> dict[str, Any]:
        """Return what can be kept of it."""
        return {"row": self.row, "waiting": [*self.waiting], "freed": [*self.freed]}


class Walk:
    """One walk through a file; `reached` is where it goes on, and then how far it is."""

    def __init__(
        self, plan: Plan, *, report: ImportReport, by: User | None, reached: Reached | None = None
    ) -> None:
        self.reached = reached or Reached()
        self._plan = plan
        self._report = report
        self._lookups = Lookups()
        self._saving = Saving(plan, lookups=self._lookups, report=report, by=by)
        self._recalling = Recalling(plan, report=report)
        self._repeats = Repeats(plan)
        self._waiting: dict[tuple[str, str | None], list[Draft]] = {}
        model = plan.resource.model
        of_lines = (one for lines in plan.lines for one in lines.fields)
        finders = [one.finder for one in (*plan.fields, *of_lines)]
        self._own = [one for one in finders if one is not None and one.model is model]
        self._namesakes = Namesakes(plan, finders=self._own)

    def steps(self) -> Iterator[list[Any]]:
        """Take every row; yield after each chunk the records it has made or changed.

        What still waits at the end waits for something that is not there.
        """
        drafting = Drafting(self._plan)
        for chunk in self._chunks(drafting):
            self._lookups.forget()
            last = max(self.reached.row, *(draft.row for draft in chunk))
            records: list[Any] = []
            while chunk:
                saved = self._saving.save(self._ready(chunk))
                records += saved
                chunk = self._released(saved)
            waiting = tuple(sorted(draft.row for draft in self._left()))
            freed = tuple(sorted({*self.reached.freed, *self._saving.freed}))
            self.reached = Reached(row=last, waiting=waiting, freed=freed)
            yield records
        self._end(drafting)

    def _chunks(self, drafting: Drafting) -> Iterator[list[Draft]]:
        """Yield the rows chunk by chunk, and at last once more those that wait until then."""
        rows = self._rest(drafting.drafts())
        while chunk := list(islice(rows, CHUNK)):
            yield chunk
        if left := self._left():
            self._waiting.clear()
            yield left

    def _left(self) -> list[Draft]:
        return [draft for drafts in self._waiting.values() for draft in drafts]

    def _end(self, drafting: Drafting) -> None:
        left = self._left()
        for draft in left:
            self._resolve(draft, may_wait=False)
        self._saving.refuse(left)
        for problem in drafting.left_over():
            self._report.note(problem)

    def _rest(self, drafts: Iterator[Draft]) -> Iterator[Draft]:
        """Yield what is still to be taken; of what was taken before only the keys are recalled."""
        before, again = self.reached.row, frozenset(self.reached.waiting)
        freed = frozenset(self.reached.freed)
        waiting: list[Draft] = []
        known: list[Draft] = []
        for draft in drafts:
            if draft.row > before:
                self._recall(known)
                yield from _emptied(waiting)
                yield draft
            elif draft.row in again:
                self._repeats.learn(draft)
                waiting.append(draft)
            elif draft.row not in freed or not self._recalling.is_first_of_many:
                known.append(draft)
                if len(known) == CHUNK:
                    self._recall(known)
        self._recall(known)
        yield from _emptied(waiting)

    def _recall(self, drafts: list[Draft]) -> None:
        """Recall what was said in rows that were taken before."""
        if drafts:
            self._lookups.forget()
            self._lookups.find([named for draft in drafts for named in draft.named])
            for draft in drafts:
                self._resolve(draft, may_wait=False)
                self._repeats.learn(draft)
            self._recalling.learn(drafts)
        drafts.clear()

    def _ready(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """Fill in what the drafts refer to; return those that can be saved now."""
        self._lookups.find([named for draft in drafts for named in draft.named])
        ready, bad = [], []
        for draft in drafts:
            waits_for = self._resolve(draft, may_wait=True)
            self._repeats.find(draft)
            if waits_for is not None:
                self._waiting.setdefault(waits_for, []).append(draft)
            elif draft.problems:
                bad.append(draft)
            else:
                ready.append(draft)
        self._saving.refuse(bad)
        left = self._recalling.left(ready)
        return refuse_unseen(left, plan=self._plan, report=self._report)

    def _resolve(self, draft: Draft, *, may_wait: bool) -> tuple[str, str | None] | None:
        """Put ids in place of names; return what the draft must wait for, if anything."""
        waits_for = None
        for named in draft.named:
            found = self._found(named)
            if found is not None and len(found) == 1:
                named.values[named.key] = found[0].id
            elif found == [] and may_wait and named.finder.model is self._plan.resource.model:
                waits_for = (named.finder.key, named.finder.called(named.text))
            else:
                draft.problems[named.place] = self._unresolved(draft, named, many=found != [])
        return waits_for

    def _found(self, named: Named) -> Sequence[Any] | None:
        """Return whom a cell names; None where the file has several of that name."""
        there = self._lookups.named(named.finder, named.text)
        if named.finder.model is not self._plan.resource.model:
            return there
        if self._lookups.is_key(named.finder, named.text):
            return there
        return self._namesakes.meant(named.finder, named.text, there=there)

    def _unresolved(self, draft: Draft, named: Named, *, many: bool) -> RowProblem:
        problem = problem_at(named.place, plan=self._plan, draft=draft, reason="")
        label, text, field = _looked_at(named.finder), named.text, problem.field or ""
        if many:
            reason = _("More than one has “%(text)s” as %(label)s.", text=text, label=label)
        else:
            reason = _(
                "There is no %(field)s with “%(text)s” as %(label)s.",
                field=field,
                text=text,
                label=label,
            )
        return replace(problem, reason=reason)

    def _released(self, records: Sequence[Any]) -> list[Draft]:
        """Return the drafts that have waited for these records."""
        released: list[Draft] = []
        if records and self._own:
            self._lookups.forget_names(self._plan.resource.model)
        for finder in self._own if self._waiting else ():
            for name in {name for record in records for name in finder.names_of(record)}:
                released += self._waiting.pop((finder.key, name), [])
        return sorted(released, key=lambda draft: draft.row)


def _looked_at(finder: Finder) -> Text:
    """Name the fields that a record is found by."""
    known, said = fields_of(finder.model), finder.label
    for name in finder.else_by:
        said = _("%(some)s or %(other)s", some=said, other=known[name].about.label)
    return said


def _emptied(drafts: list[Draft]) -> list[Draft]:
    taken = drafts.copy()
    drafts.clear()
    return taken
