"""`bumen plugins`: which departments a company has on, and switching them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bumen.activation.house import House
from bumen.activation.overview import Department, departments
from bumen.activation.plan import Plan
from bumen.activation.purge import purge
from bumen.activation.service import plan, switch
from bumen.activation.survey import Touched, TouchedPlugin, survey
from bumen.company.models import Company
from bumen.company.service import company_called
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

_company = click.option("--company", required=True, metavar="CODE", help="The company's code.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_reason = click.option("--reason", default="", help="Why; kept in the history.")
_by = click.option("--by", metavar="USER", help="Who; kept in the history.")


@click.group()
def plugins() -> None:
    """Departments: list them, switch them on and off for a company, purge their records."""


@plugins.command("list")
@click.option("--company", metavar="CODE", help="One company only.")
@_json
@click.pass_obj
def list_command(house: House, company: str | None, *, as_json: bool) -> None:
    """List the departments, and their state in each company."""
    behind = house.pending()
    with house.unit_of_work() as unit:
        found = {
            one.code: departments(
                unit.session, registry=house.registry, company_id=one.id, behind=behind
            )
            for one in _companies(unit.session, company)
        }
    if as_json:
        _print_json({code: [one.to_json() for one in rows] for code, rows in found.items()})
        return
    for code, rows in found.items():
        click.echo(code)
        for department in rows:
            click.echo(f"  {_line(department)}")


@plugins.command("plan")
@click.argument("name")
@_company
@click.option("--off", is_flag=True, help="Plan switching it off instead of on.")
@_json
@click.pass_obj
def plan_command(house: House, name: str, company: str, *, off: bool, as_json: bool) -> None:
    """Show what switching NAME would do; change nothing."""
    due, touched = _look(house, name, company=company, enabled=not off)
    if as_json:
        _print_json({"plan": due.to_json(), "touched": touched.to_json()})
    else:
        _print_plan(due, touched)


@plugins.command("enable")
@click.argument("name")
@_company
@_reason
@_by
@click.pass_obj
def enable_command(house: House, name: str, company: str, reason: str, by: str | None) -> None:
    """Switch NAME on for a company, with all it requires."""
    done = switch(house, company=company, name=name, enabled=True, reason=reason, by=by)
    _print_done(done)


@plugins.command("disable")
@click.argument("name")
@_company
@click.option("--yes", is_flag=True, help="Do not ask.")
@_reason
@_by
@click.pass_obj
def disable_command(
    house: House, name: str, company: str, reason: str, by: str | None, *, yes: bool
) -> None:
    """Switch NAME off for a company, with all that depends on it; records are kept."""
    due, touched = _look(house, name, company=company, enabled=False)
    if due.touched and not yes:
        _print_plan(due, touched)
        click.confirm(str(_("Switch off?")), abort=True)
    done = switch(house, company=company, name=name, enabled=False, reason=reason, by=by, seen=due)
    _print_done(done)


@plugins.command("purge")
@click.argument("name")
@_company
@click.option(
    "--export",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The new zip file that all rows are written to first.",
)
@click.option("--confirm", required=True, metavar="NAME", help="The name once more.")
@_reason
@_by
@click.pass_obj
def purge_command(
    house: House,
    name: str,
    company: str,
    export: Path,
    confirm: str,
    reason: str,
    by: str | None,
) -> None:
    """Export, then delete all records of NAME in a company. It must be off."""
    done = purge(
        house, company=company, name=name, export=export, confirm=confirm, reason=reason, by=by
    )
    for table, rows in done.rows.items():
        click.echo(f"{table}: {rows}")
    click.echo(_("Exported to %(file)s, then deleted.", file=done.file))


def _look(house: House, name: str, *, company: str, enabled: bool) -> tuple[Plan, Touched]:
    with house.unit_of_work() as unit:
        company_id = company_called(unit.session, company).id
        due = plan(
            unit.session,
            registry=house.registry,
            company_id=company_id,
            name=name,
            enabled=enabled,
        )
    return due, survey(house, company_id=company_id, plan=due)


def _companies(session: Session, code: str | None) -> Iterable[Company]:
    if code is not None:
        return [company_called(session, code)]
    return session.scalars(select(Company).order_by(Company.code)).all()


def _line(department: Department) -> str:
    parts = [department.name.ljust(16), str(department.state.label), department.version]
    if department.reason:
        parts.append(str(department.reason))
    return "  ".join(part for part in parts if part)


def _print_plan(due: Plan, touched: Touched) -> None:
    if not due.touched:
        click.echo(_("Nothing to do."))
    for plugin in touched.plugins:
        if plugin.name in due.turn_on:
            click.echo(_("%(name)s goes on.", name=plugin.name))
        else:
            click.echo(_("%(name)s goes off.", name=plugin.name))
        for line in _holdings(plugin):
            click.echo(f"  {line}")


def _holdings(plugin: TouchedPlugin) -> Iterator[Text | str]:
    """Tell what a plugin holds: its records, what is open of them, and who works there."""
    yield from map(str, plugin.records)
    for count in plugin.open_documents:
        yield _("Open: %(count)s", count=count)
    if plugin.open_runs:
        yield _("Background work still open: %(num)s", num=plugin.open_runs)
    if plugin.schedules:
        yield _("What starts by itself: %(num)s", num=plugin.schedules)
    if plugin.users:
        yield _.plural("%(num)s user", "%(num)s users", plugin.users)


def _print_done(done: Plan) -> None:
    if not done.touched:
        click.echo(_("Nothing to do."))
    for name in done.turn_on:
        click.echo(_("%(name)s is on.", name=name))
    for name in done.turn_off:
        click.echo(_("%(name)s is off.", name=name))


def _print_json(answer: Any) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
