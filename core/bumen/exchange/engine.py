"""Importing: rows become records through the same door as a person's form.

Rows are taken in chunks. What a chunk's cells refer to is looked up in one statement for each
field; then the chunk is tried as a whole in one savepoint, and only when that fails row by row,
each in a savepoint of its own. A row whose record refers to another of the same file waits until
that one is there. Nothing is committed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bumen.exchange.binding import bind
from bumen.exchange.drafts import Draft, Drafting, Named
from bumen.exchange.errors import NotImportable, UnknownResource
from bumen.exchange.guessing import guessed_mapping
from bumen.exchange.lookups import Lookups
from bumen.exchange.mapping import Existing, Mapping
from bumen.exchange.placing import problem_at
from bumen.exchange.plan import Plan
from bumen.exchange.reading import read_table
from bumen.exchange.report import ImportReport, RowProblem
from bumen.exchange.saving import Saving
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.registry import Registry
from bumen.resource import Resource
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")

CHUNK = 200
"""Rows that are looked up and tried together."""


def import_file(
    resource_key: str,
    path: Path | str,
    *,
    registry: Registry,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    only_good: bool = False,
    by: User | None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> ImportReport:
    """Import a file into a resource of the current company, inside the caller's unit of work.

    Without a mapping, columns are matched to fields by name or label. One bad row refuses the
    whole file, unless `only_good` takes the others. `dry_run` tries everything and saves nothing.
    What is wrong with the file or the mapping as a whole is raised, what is wrong with rows is in
    the report.
    """
    resource = _on(resource_key, registry)
    table = read_table(
        path,
        encoding=encoding or (mapping.encoding if mapping else None),
        delimiter=delimiter or (mapping.delimiter if mapping else None),
        sheet=sheet or (mapping.sheet if mapping else None),
    )
    mapping = mapping or guessed_mapping(resource, table=table)
    _check_allowed(resource, mapping)
    plan = bind(mapping, resource=resource, table=table, registry=registry, zone=_zone())
    report = _begun(plan)
    report.dry_run = dry_run
    _take(plan, report, only_good=only_good, by=by)
    report.sort(table.header)
    return report


def _take(plan: Plan, report: ImportReport, *, only_good: bool, by: User | None) -> None:
    """Try every row, and keep what was made where the report may be saved."""
    try:
        with current().attempt():
            _Import(plan, report=report, by=by).run()
            report.saved = not report.dry_run and (only_good or not report.problems)
            if not report.saved:
                raise _Undo
    except _Undo:
        pass


class _Undo(Exception):
    """Everything was tried, and nothing is to be kept."""


class _Import:
    """One walk through a file."""

    def __init__(self, plan: Plan, *, report: ImportReport, by: User | None) -> None:
        self._plan = plan
        self._report = report
        self._lookups = Lookups()
        self._saving = Saving(plan, lookups=self._lookups, report=report, by=by)
        self._waiting: dict[tuple[str, Any], list[Draft]] = {}
        model = plan.resource.model
        of_lines = (one for lines in plan.lines for one in lines.fields)
        finders = [one.finder for one in (*plan.fields, *of_lines)]
        self._own = [one for one in finders if one is not None and one.model is model]

    def run(self) -> None:
        """Take every row; what still waits at the end waits for something that is not there."""
        drafting = Drafting(self._plan)
        rows = drafting.drafts()
        while chunk := list(islice(rows, CHUNK)):
            self._lookups.forget()
            while chunk:
                chunk = self._released(self._saving.save(self._ready(chunk)))
        for draft in [draft for drafts in self._waiting.values() for draft in drafts]:
            self._resolve(draft, may_wait=False)
            self._saving.refuse(draft)
        for problem in drafting.left_over():
            self._report.note(problem)

    def _ready(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Fill in what the drafts refer to; return those that can be saved now."""
        self._lookups.find([named for draft in drafts for named in draft.named])
        ready = []
        for draft in drafts:
            waits_for = self._resolve(draft, may_wait=True)
            if draft.problems:
                self._saving.refuse(draft)
            elif waits_for is not None:
                self._waiting.setdefault(waits_for, []).append(draft)
            else:
                ready.append(draft)
        return ready

    def _resolve(self, draft: Draft, *, may_wait: bool) -> tuple[str, Any] | None:
        """Put ids in place of names; return what the draft must wait for, if anything."""
        waits_for = None
        for named in draft.named:
            found = self._lookups.named(named.finder, named.text)
            if len(found) == 1:
                named.values[named.key] = found[0].id
            elif not found and may_wait and named.finder.model is self._plan.resource.model:
                waits_for = (named.finder.key, named.finder.typed(named.text))
            else:
                draft.problems[named.place] = self._unresolved(draft, named, many=bool(found))
        return waits_for

    def _unresolved(self, draft: Draft, named: Named, *, many: bool) -> RowProblem:
        label, text = named.finder.label, named.text
        if many:
            reason = _("More than one has “%(text)s” as %(label)s.", text=text, label=label)
        else:
            reason = _("None has “%(text)s” as %(label)s.", text=text, label=label)
        return problem_at(named.place, plan=self._plan, draft=draft, reason=reason)

    def _released(self, records: Sequence[Any]) -> list[Draft]:
        """Return the drafts that have waited for these records."""
        released: list[Draft] = []
        for finder in self._own if self._waiting else ():
            for record in records:
                for name in (self._lookups.learn(finder, record), str(record)):
                    released += self._waiting.pop((finder.key, name), [])
        return released


def _begun(plan: Plan) -> ImportReport:
    return ImportReport(
        resource=plan.resource.key(),
        file=plan.table.name,
        ignored_columns=plan.ignored,
        encoding=plan.table.encoding,
        delimiter=plan.table.delimiter,
        sheet=plan.table.sheet,
    )


def _on(key: str, registry: Registry) -> type[Resource]:
    on = {name: one for name, one in registry.resources.items() if one.plugin() in current().on}
    if key not in on:
        raise UnknownResource(key, known=list(on))
    return on[key]


def _check_allowed(resource: type[Resource], mapping: Mapping) -> None:
    needed = {"create", "change"} if mapping.existing is Existing.UPDATE else {"create"}
    if not needed <= resource.can:
        raise NotImportable(resource.title)


def _zone() -> ZoneInfo:
    company = current().company
    return ZoneInfo(company.timezone if company else "UTC")
