"""Importing a file as a whole: what is needed for it is put together, and kept or undone."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from zoneinfo import ZoneInfo

from bumen.exchange.binding import bind
from bumen.exchange.errors import NotImportable, UnknownResource
from bumen.exchange.guessing import guessed_mapping
from bumen.exchange.mapping import Existing, Mapping
from bumen.exchange.plan import Plan
from bumen.exchange.reading import Table, read_table
from bumen.exchange.report import MOST_PROBLEMS, ImportReport
from bumen.exchange.walking import Walk
from bumen.model.accounts import User
from bumen.registry import Registry
from bumen.resource import Resource
from bumen.unit_of_work import current


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
    plan = plan_of(mapping, resource=resource, table=table, registry=registry)
    report = report_of(plan)
    report.dry_run = dry_run
    _take(plan, report, only_good=only_good, by=by)
    report.sort(table.header)
    return report


def _take(plan: Plan, report: ImportReport, *, only_good: bool, by: User | None) -> None:
    """Try every row, and keep what was made where the report may be saved."""
    try:
        with current().attempt():
            deque(Walk(plan, report=report, by=by).steps(), maxlen=0)
            report.saved = not report.dry_run and (only_good or not report.problems)
            if not report.saved:
                raise _Undo
    except _Undo:
        pass


def plan_of(
    mapping: Mapping, *, resource: type[Resource], table: Table, registry: Registry
) -> Plan:
    """Lay a mapping on a resource and a file; refuses what cannot be done with either."""
    _check_allowed(resource, mapping)
    return bind(mapping, resource=resource, table=table, registry=registry, zone=_zone())


def report_of(plan: Plan, *, most: int = MOST_PROBLEMS) -> ImportReport:
    """Return the report of an import that is about to begin; it keeps so many problems."""
    return ImportReport(
        most=most,
        resource=plan.resource.key(),
        file=plan.table.name,
        ignored_columns=plan.ignored,
        encoding=plan.table.encoding,
        delimiter=plan.table.delimiter,
        sheet=plan.table.sheet,
    )


class _Undo(Exception):
    """Everything was tried, and nothing is to be kept."""


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
