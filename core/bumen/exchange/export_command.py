"""`bumen export`: a company's list into a file, from the command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import click

from bumen.exchange.errors import UnknownResource
from bumen.exchange.export import format_named, sheet_of
from bumen.i18n import language, speaking, translator
from bumen.listing import Condition, Listing
from bumen.model.describe import Kind, fields_of
from bumen.registry import Registry
from bumen.resource import Resource
from bumen.unit_of_work import UnitOfWork

_ = translator(__file__, "bumen")

_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Deployment(Protocol):
    """What the command needs of the host."""

    registry: Registry

    def unit_of_work(
        self, *, company: str | None, by: str | None, way: str
    ) -> AbstractContextManager[UnitOfWork]:
        """Do one thing for a company, by a person, wholly or not at all."""


@click.command("export")
@click.argument("resource")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--company", required=True, help="The company's code.")
@click.option(
    "--filter", "filters", multiple=True, help="field=value or field.op=value: total.ge=100."
)
@click.option("--columns", help="The columns, separated by commas; default: those of the list.")
@click.option("--search", default="", help="Words that must occur.")
@click.option("--sort", default="", help="A column, with - before it for downwards.")
@click.option("--user", help="The user name of who exports.")
@click.pass_obj
def export_command(
    host: Deployment,
    /,
    resource: str,
    file: Path,
    *,
    company: str,
    user: str | None,
    **asked: Any,
) -> None:
    """Export RESOURCE, such as base.customers, into FILE (.csv or .xlsx)."""
    kind, spoken = format_named(file.suffix.lower().lstrip(".")), language()
    with host.unit_of_work(company=company, by=user, way="export") as unit, speaking(spoken):
        found = _on(resource, host.registry, unit)
        sheet = sheet_of(found, _listing(found, **asked))
        unfinished = file.with_name(f"{file.name}.part")
        with unfinished.open("wb") as opened:
            count = kind.write(sheet, opened)
        unfinished.replace(file)
        click.echo(_("%(count)s rows written to %(file)s.", count=count, file=str(file)))


def _on(key: str, registry: Registry, unit: UnitOfWork) -> type[Resource]:
    on = {name: one for name, one in registry.resources.items() if one.plugin() in unit.on}
    if key not in on:
        raise UnknownResource(key, known=list(on))
    return on[key]


def _listing(
    resource: type[Resource], *, filters: Sequence[str], columns: str | None, search: str, sort: str
) -> Listing:
    named = [name.strip() for name in (columns or "").split(",") if name.strip()]
    return Listing(
        conditions=tuple(_conditions(resource, filters)),
        search=search,
        order=sort or resource.order,
        columns=tuple(named or resource.columns),
        archived=True,
    )


def _conditions(resource: type[Resource], typed: Sequence[str]) -> Iterator[Condition]:
    """Read filters; of a field that is named more than once, any of the values will do."""
    known = fields_of(resource.model).values()
    kinds = {name: one.kind for one in known for name in (one.name, one.key)}
    found: dict[str, list[str]] = defaultdict(list)
    for one in typed:
        name, equals, value = one.partition("=")
        if not equals:
            raise click.BadParameter(str(_("A filter is written as field=value.")))
        found[name.strip()].append(value)
    for name, texts in found.items():
        field, _dot, operator = name.partition(".")
        is_truth = kinds.get(field) is Kind.FLAG or operator == "empty"
        values = [_TRUTHS.get(one.casefold(), one) if is_truth else one for one in texts]
        usual = "ct" if kinds.get(field) in _TEXTS else "eq"
        if len(values) == 1:
            yield Condition(field=field, operator=operator or usual, value=values[0])
        else:
            several = "ct" if usual == "ct" else "in"
            yield Condition(field=field, operator=operator or several, value=values)
