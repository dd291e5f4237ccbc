"""`bumen search`: making anew what the search knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

import click

from bumen.database import Database
from bumen.search.building import ALL, Built, rebuild
from bumen.search.declared import Indexed
from bumen.unit_of_work import UnitOfWork, company_now


class Departments(Protocol):
    """The departments, as far as the search knows them."""

    @property
    def indexed(self) -> Indexed:
        """The fields of each model that the search knows."""


class House(Protocol):
    """The host, as far as the search knows it."""

    @property
    def database(self) -> Database:
        """The database of the deployment."""

    @property
    def departments(self) -> Departments:
        """The departments of the deployment."""

    def unit_of_work(self, *, company: str | None = None) -> AbstractContextManager[UnitOfWork]:
        """Do one thing for a company (its code)."""


@click.group()
def search() -> None:
    """The search: what it knows of the records."""


@search.command("rebuild")
@click.option("--company", metavar="CODE", help="One company only.")
@click.pass_obj
def rebuild_command(house: House, company: str | None) -> None:
    """Make anew what the search knows, while people work.

    It may be stopped at any time; started again, it goes on where it was.
    """
    company_id = ALL
    if company is not None:
        with house.unit_of_work(company=company):
            company_id = company_now().id
    built = rebuild(house.database, house.departments.indexed, company_id=company_id)
    for kind, records in totals(built).items():
        click.echo(f"{kind}: {records}")


def totals(parts: Iterable[Built]) -> Counter[str]:
    """Build all parts, and return how many records there were of each kind."""
    found: Counter[str] = Counter()
    for part in parts:
        found[part.kind] += part.records
    return found
