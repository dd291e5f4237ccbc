"""What a plugin says must always hold is asked by `bumen check`, whoever wrote to the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from bumen.checking import problems
from bumen.checks import Check
from bumen.host import Host
from bumen.registry import Candidate, Registry
from bumen.testing.declarations import problems_of_checks
from tests.core.box_office import PLUGINS, BoxOffice
from tickets.checks import CHECKS
from tickets.models import Ticket


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The tickets."""
    return PLUGINS


def test_a_row_that_breaks_a_check_of_a_plugin_is_named(host: Host) -> None:
    office = BoxOffice.opened(host)
    office.sell()
    second = office.sell()
    with host.database.engine.begin() as connection:
        early = update(Ticket).where(Ticket.number == second).values(sold_on=date(1999, 12, 31))
        connection.execute(early)
        ident = connection.scalar(select(Ticket.id).where(Ticket.number == second))

    found = [one for one in problems(host) if one.startswith("tickets_ticket")]

    assert found == [f"tickets_ticket: No ticket was sold before the house opened. Not so: {ident}"]


def test_checks_hold_in_a_database_written_through_the_house(host: Host) -> None:
    BoxOffice.opened(host).sell()

    assert list(problems(host)) == []


def test_conformance_names_checks_of_others_and_such_as_select_no_ids(registry: Registry) -> None:
    theirs = Check(table="core_user", sentence="x", broken=select(Ticket.id))
    other = Check(table="tickets_ticket", sentence="x", broken=select(Ticket.version))
    installed = registry.plugins["tickets"]
    careless = replace(installed.plugin, checks=(*CHECKS, theirs, other))

    assert list(problems_of_checks(replace(installed, plugin=careless))) == [
        "check of core_user: not a table of its own",
        "check of tickets_ticket: it does not select the ids of its rows",
    ]
