"""A file can come again: what is there already is skipped, updated or refused, as is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.exchange.errors import MappingIsWrong
from bumen.host import Host
from bumen.registry import Candidate
from tests.core.importing import DEPOT, Importing, told
from tests.plugins.depot.models import Crate, Grower

FIELDS = '[fields]\ncode = "code"\nname = "name"\nacres = "acres"\n'


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def importing(host: Host, company: CurrentCompany, tmp_path: Path) -> Importing:
    """Files imported into TW01, where Ann is known already."""
    importing = Importing(host, tmp_path)
    importing.take("depot.growers", "code,name,acres\nA,Ann,7\n")
    return importing


def growers(host: Host) -> list[tuple[str, str, int | None]]:
    """Return code, name and acres of all growers."""
    with host.unit_of_work(company="TW01"):
        found = session().scalars(select(Grower).order_by(Grower.code))
        return [(grower.code, grower.name, grower.acres) for grower in found]


def test_known_records_can_be_left_as_they_are(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,acres\nA,Anna,\nB,Bob,1\n",
        f'key = "code"\nexisting = "skip"\n{FIELDS}',
    )

    assert (report.skipped, report.created, report.updated) == (1, 1, 0)
    assert growers(importing.host) == [("A", "Ann", 7), ("B", "Bob", 1)]


def test_known_records_can_be_updated_and_what_is_empty_is_emptied(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,acres\nA,Anna,\nB,Bob,1\n",
        f'key = "code"\nexisting = "update"\n{FIELDS}',
    )

    assert (report.skipped, report.created, report.updated) == (0, 1, 1)
    assert growers(importing.host) == [("A", "Anna", None), ("B", "Bob", 1)]


def test_known_records_are_refused_unless_something_else_is_said(importing: Importing) -> None:
    report = importing.take(
        "depot.growers", "code,name,acres\nA,Anna,\nB,Bob,1\n", f'key = "code"\n{FIELDS}'
    )

    assert told(report) == [(2, "Code", "code", "A record with this value is there already.")]
    assert growers(importing.host) == [("A", "Ann", 7)]


@pytest.mark.parametrize("existing", ["skip", "update", "refuse"])
def test_two_rows_of_one_key_are_never_taken(importing: Importing, existing: str) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,acres\nB,Bob,1\nC,Cat,1\nB,Ben,2\n",
        f'key = "code"\nexisting = "{existing}"\n{FIELDS}',
        only_good=True,
    )

    assert told(report) == [(4, "Code", "code", "Row 2 already says the same here.")]
    assert growers(importing.host) == [("A", "Ann", 7), ("B", "Bob", 1), ("C", "Cat", 1)]


REPEATED = f'key = "code"\nexisting = "skip"\nrepeated = "first"\n{FIELDS}'


def test_of_rows_that_repeat_a_key_the_first_can_count(importing: Importing) -> None:
    rows = "".join(f"{code},{code} {n},{n}\n" for n in range(150) for code in ("A", "B", "C"))

    report = importing.take("depot.growers", f"code,name,acres\n{rows}", REPEATED)

    assert (report.created, report.skipped, told(report)) == (2, 448, [])
    assert growers(importing.host) == [("A", "Ann", 7), ("B", "B 0", 0), ("C", "C 0", 0)]


def test_a_repeated_row_counts_when_those_before_it_cannot_be_saved(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,acres\nB,,1\nB,Bob,many\nB,Ben,2\nB,Bill,3\n",
        REPEATED,
        only_good=True,
    )

    assert [(row, field) for row, field, *_rest in told(report)] == [(2, "Name"), (3, "Acres")]
    assert (report.created, report.skipped, report.refused) == (1, 1, 2)
    assert growers(importing.host) == [("A", "Ann", 7), ("B", "Ben", 2)]


def test_repeated_rows_need_a_key(importing: Importing) -> None:
    with pytest.raises(MappingIsWrong) as wrong:
        importing.take("depot.growers", "code,name\nB,Bob\n", f'repeated = "first"\n{FIELDS}')

    assert "key" in wrong.value.fields


def test_a_key_that_fits_several_records_is_refused(importing: Importing) -> None:
    importing.take("depot.growers", "code,name\nB,Ann\n")

    report = importing.take(
        "depot.growers",
        "code,name,acres\nX,Ann,1\n",
        f'key = "name"\nexisting = "update"\n{FIELDS}',
    )

    said = "More than one record is there that this could be."
    assert told(report) == [(2, "Name", "name", said)]


def test_a_key_may_have_several_parts_and_refer_to_others(importing: Importing) -> None:
    mapping = (
        'key = ["reference", "grower_id"]\nexisting = "update"\n'
        '[fields]\nreference = "r"\ngrower_id = {column = "g", by = "code"}\nfragile = "f"\n'
    )
    importing.take("depot.crates", "r,g,f\nX,A,no\n", mapping)

    report = importing.take("depot.crates", "r,g,f\nX,A,yes\nY,A,no\n", mapping)

    assert (report.updated, report.created, told(report)) == (1, 1, [])
    with importing.host.unit_of_work(company="TW01"):
        found = session().scalars(select(Crate).order_by(Crate.reference))
        assert [(crate.reference, crate.fragile) for crate in found] == [("X", True), ("Y", False)]


def test_an_update_keeps_what_must_not_be_empty(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,acres\nA,,9\nB,Bob,1\n",
        f'key = "code"\nexisting = "update"\n{FIELDS}',
        only_good=True,
    )

    assert (report.refused, report.created) == (0, 1)
    assert growers(importing.host) == [("A", "Ann", 9), ("B", "Bob", 1)]


def test_an_update_out_of_limits_is_told_and_leaves_the_record_alone(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,acres\nA,Anna,-9\nB,Bob,1\n",
        f'key = "code"\nexisting = "update"\n{FIELDS}',
        only_good=True,
    )

    assert told(report) == [(2, "Acres", "acres", "At least 0.")]
    assert growers(importing.host) == [("A", "Ann", 7), ("B", "Bob", 1)]
