"""`bumen access`: who may do what, and why somebody cannot see something."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import Any, Protocol

import click

from bumen.company.service import user_called
from bumen.errors import NotFound
from bumen.registry import Registry
from bumen.security.matrix import matrix_of
from bumen.security.why import Asked, Enquiry
from bumen.unit_of_work import session
from bumen.values import BIGGEST_ID


class House(Protocol):
    """The host, as far as these commands know it."""

    registry: Registry

    def unit_of_work(self, *, company: str | None) -> AbstractContextManager[Any]:
        """Do one thing for a company, wholly or not at all."""


@click.group()
def access() -> None:
    """Who may do what, and who sees what."""


@access.command("matrix")
@click.pass_obj
def matrix_command(house: House) -> None:
    """Print every action and every role that departments bring, as a table in Markdown."""
    click.echo(matrix_of(house.registry), nl=False)


@access.command("why")
@click.argument("person")
@click.argument("resource")
@click.argument("record", type=click.IntRange(min=1, max=BIGGEST_ID), required=False)
@click.option("--company", required=True, help="The company's code.")
@click.option("--field", default="", help="A field of the record or the list.")
@click.pass_obj
def why_command(
    house: House, person: str, resource: str, record: int | None, *, company: str, field: str
) -> None:
    """Say why PERSON sees RESOURCE, or one RECORD of it, or not; status 1 when not."""
    listed = house.registry.resources.get(resource)
    if listed is None:
        raise NotFound
    with house.unit_of_work(company=company):
        asked = Asked(
            person=user_called(session(), person), resource=listed, record_id=record, field=field
        )
        findings = Enquiry(house.registry, asked).findings()
        for one in findings:
            click.echo(f"{'yes' if one.is_open else 'NO '}  {one.said}")
    sys.exit(0 if findings[-1].is_open else 1)
