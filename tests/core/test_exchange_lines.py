"""Documents come with their lines: from a second file, or from several rows of the same one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen.registry import Candidate
from tests.core.importing import DEPOT, Importing, told
from tests.plugins.depot.models import Crate

HEAD = 'reference = "r"\ngrower_id = {column = "g", by = "code"}\n'
LINE_FIELDS = """
[lines.lines.fields]
fruit = "fruit"
pieces = "n"
price = {column = "price", decimal = ",", thousands = "."}
reduction = {column = "off", fraction = true}
"""
TWO_FILES = (
    f'[fields]\n{HEAD}[lines.lines]\nfile = "contents.csv"\nmatch = {{crate = "r"}}\n{LINE_FIELDS}'
)
ONE_FILE = f'group_by = "r"\n[fields]\n{HEAD}{LINE_FIELDS}'

Contents = dict[str, list[tuple[str, int, Decimal, Decimal | None]]]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def importing(host: Host, company: CurrentCompany, tmp_path: Path) -> Importing:
    """Files imported into TW01, where two growers are known."""
    importing = Importing(host, tmp_path)
    importing.take("depot.growers", "code,name\nA,Ann\nB,Bob\n")
    return importing


def contents(host: Host) -> Contents:
    """Return what is in the crates."""
    with host.unit_of_work(company="TW01"):
        return {
            crate.reference: [(o.fruit, o.pieces, o.price, o.reduction) for o in crate.lines]
            for crate in session().scalars(select(Crate))
        }


def test_lines_come_from_a_second_file(importing: Importing) -> None:
    importing.file(
        "contents.csv",
        'crate,fruit,n,price,off\n1,fig,3,"1.200,5",0.15\n2,nut,1,2,\n1,plum,2,"3,25",0\n',
    )

    report = importing.take("depot.crates", "r,g\n1,A\n2,B\n3,B\n", TWO_FILES)

    assert (report.created, report.lines, told(report)) == (3, 3, [])
    assert contents(importing.host) == {
        "1": [
            ("fig", 3, Decimal("1200.50"), Decimal(15)),
            ("plum", 2, Decimal("3.25"), Decimal(0)),
        ],
        "2": [("nut", 1, Decimal(2), None)],
        "3": [],
    }


def test_a_bad_line_refuses_its_document_and_is_named_in_its_file(importing: Importing) -> None:
    importing.file(
        "contents.csv", "crate,fruit,n,price,off\n1,fig,0,1,\n1,plum,2,x,1.5\n2,nut,1,2,\n"
    )

    report = importing.take("depot.crates", "r,g\n1,A\n2,B\n", TWO_FILES, only_good=True)

    assert {problem.file for problem in report.problems} == {"contents.csv"}
    assert told(report) == [
        (2, "Pieces", "n", "More than 0."),
        (3, "Price", "price", "“x” is not a number."),
        (3, "Reduction (%)", "off", "At most 100."),
    ]
    assert list(contents(importing.host)) == ["2"]


def test_a_line_that_belongs_to_no_document_is_a_problem(importing: Importing) -> None:
    importing.file("contents.csv", "crate,fruit,n,price,off\n1,fig,1,1,\n9,plum,2,2,\n")

    report = importing.take("depot.crates", "r,g\n1,A\n", TWO_FILES)

    assert told(report) == [(3, None, None, "No row of table.csv belongs to this one.")]
    assert contents(importing.host) == {}


def test_neighbouring_rows_make_one_document(importing: Importing) -> None:
    report = importing.take(
        "depot.crates",
        "r,g,fruit,n,price,off\n1,A,fig,3,1,0.5\n1,,plum,2,2,\n2,B,nut,1,3,\n2,B,,,,\n3,B,,,,\n",
        ONE_FILE,
    )

    assert (report.created, report.lines, told(report)) == (3, 3, [])
    assert contents(importing.host) == {
        "1": [("fig", 3, Decimal(1), Decimal(50)), ("plum", 2, Decimal(2), None)],
        "2": [("nut", 1, Decimal(3), None)],
        "3": [],
    }


def test_rows_of_one_document_must_not_contradict_each_other(importing: Importing) -> None:
    report = importing.take(
        "depot.crates", "r,g,fruit,n,price,off\n1,A,fig,3,1,\n1,B,plum,2,2,\n", ONE_FILE
    )

    said = "An earlier row says something else of the same record."
    assert told(report) == [(3, "Grower", "g", said)]


def test_rows_of_one_document_must_stand_together(importing: Importing) -> None:
    report = importing.take(
        "depot.crates",
        "r,g,fruit,n,price,off\n1,A,fig,3,1,\n2,A,nut,1,1,\n1,A,plum,2,2,\n",
        f'key = "reference"\n{ONE_FILE}',
    )

    assert told(report) == [(4, "Reference", "r", "Row 2 already says the same here.")]


def test_an_update_replaces_the_lines(importing: Importing) -> None:
    mapping = f'key = "reference"\nexisting = "update"\n{ONE_FILE}'
    importing.take("depot.crates", "r,g,fruit,n,price,off\n1,A,fig,3,1,\n1,A,nut,1,1,\n", mapping)

    report = importing.take("depot.crates", "r,g,fruit,n,price,off\n1,B,plum,2,2,\n", mapping)

    assert (report.updated, told(report)) == (1, [])
    assert contents(importing.host) == {"1": [("plum", 2, Decimal(2), None)]}


def test_a_row_may_be_a_document_with_one_line(importing: Importing) -> None:
    report = importing.take(
        "depot.crates",
        "r,g,fruit,n,price,off\n1,A,fig,3,1,\n2,B,nut,1,1,\n",
        f"[fields]\n{HEAD}{LINE_FIELDS}",
    )

    assert (report.created, report.lines) == (2, 2)
