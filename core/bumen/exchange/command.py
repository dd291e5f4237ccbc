"""`bumen import`: a file into a company, from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import click

from bumen.exchange.engine import import_file
from bumen.exchange.mapping_file import read_mapping
from bumen.exchange.report import ImportReport, RowProblem
from bumen.i18n import Text, language, speaking, translator
from bumen.registry import Registry
from bumen.unit_of_work import UnitOfWork

_ = translator(__file__, "bumen")


class Deployment(Protocol):
    """What the command needs of the host."""

    registry: Registry

    def unit_of_work(
        self, *, company: str | None, by: str | None, way: str
    ) -> AbstractContextManager[UnitOfWork]:
        """Do one thing for a company, by a person, wholly or not at all."""


@click.command("import")
@click.argument("resource")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--company", required=True, help="The company's code.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="The mapping (TOML).")
@click.option("--dry-run", is_flag=True, help="Try everything, save nothing.")
@click.option("--only-good", is_flag=True, help="Take the good rows when there are bad ones.")
@click.option("--user", help="The user name of who imports.")
@click.option("--encoding", help="When the one that was found out is wrong: cp950, gb18030, …")
@click.option("--delimiter", help="When the one that was found out is wrong.")
@click.option("--sheet", help="The sheet of a workbook; default: the first one people see.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def import_command(
    host: Deployment,
    /,
    resource: str,
    file: Path,
    *,
    company: str,
    user: str | None,
    map_file: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Import FILE (CSV, XLSX, ODS, XLS) into RESOURCE, such as base.customers.

    Without --map, columns are matched to fields by their names or labels in any language. One bad
    row refuses the whole file, unless --only-good is given. The status is 1 when a row was refused.
    """
    mapping = read_mapping(map_file) if map_file else None
    spoken = language()
    with host.unit_of_work(company=company, by=user, way="import") as unit, speaking(spoken):
        report = import_file(
            resource, file, registry=host.registry, mapping=mapping, by=unit.user, **options
        )
        shown = _as_json(report) if as_json else "\n".join(map(str, _as_text(report)))
    click.echo(shown)
    if report.problems:
        raise SystemExit(1)


def _as_json(report: ImportReport) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False, indent=2)


def _as_text(report: ImportReport) -> Iterator[Text | str]:
    for problem in report.problems:
        yield _line(problem)
    if report.further_problems:
        yield _.plural("%(num)s more problem.", "%(num)s more problems.", report.further_problems)
    if report.ignored_columns:
        yield _(
            "Left out, because they belong to no field: %(names)s.",
            names=str(_(", ")).join(report.ignored_columns),
        )
    yield _(
        "%(created)s created, %(updated)s changed, %(skipped)s skipped, %(refused)s refused.",
        created=report.created,
        updated=report.updated,
        skipped=report.skipped,
        refused=report.refused,
    )
    if report.dry_run:
        yield _("This was a trial: nothing was saved.")
    elif not report.saved:
        yield _("Nothing was saved, because of the refused rows.")


def _line(problem: RowProblem) -> Text:
    named = {"file": problem.file, "row": problem.row, "reason": problem.reason}
    if problem.field is None:
        return _("%(file)s, row %(row)s: %(reason)s", **named)
    if problem.column is None:
        return _("%(file)s, row %(row)s, %(field)s: %(reason)s", field=problem.field, **named)
    return _(
        "%(file)s, row %(row)s, %(field)s (column %(column)s): %(reason)s",
        field=problem.field,
        column=problem.column,
        **named,
    )
