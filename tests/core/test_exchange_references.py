"""Cells name other records by their keys, rows of the same file included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from bumen import CurrentCompany, session
from bumen.exchange.walking import CHUNK
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_company, make_member
from tests.core.importing import DEPOT, Importing, told
from tests.plugins.depot.models import Crate, Grower

GROWERS = "code,name\nA,Ann\nB,Bob\nC,Bob\n"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def importing(host: Host, company: CurrentCompany, tmp_path: Path) -> Importing:
    """Files imported into TW01."""
    return Importing(host, tmp_path)


@pytest.fixture
def statements(host: Host) -> Iterator[list[str]]:
    """The statements that are sent to the database, as they come."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        sent.append(statement)

    engine: Engine = host.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def chiefs(host: Host) -> dict[str, str | None]:
    """Return who works for whom, by their codes."""
    with host.unit_of_work(company="TW01"):
        return {
            grower.code: grower.chief.code if grower.chief else None
            for grower in session().scalars(select(Grower))
        }


def test_a_reference_is_found_by_what_names_the_other_record(importing: Importing) -> None:
    importing.take("depot.growers", GROWERS)

    report = importing.take("depot.crates", "reference,grower\nX,A\n")

    assert told(report) == []
    with importing.host.unit_of_work(company="TW01"):
        assert session().scalars(select(Crate)).one().grower.name == "Ann"


def test_a_reference_is_found_by_the_key_the_mapping_names(importing: Importing) -> None:
    importing.take("depot.growers", GROWERS)
    by_name = '[fields]\nreference = "r"\ngrower_id = {column = "who", by = "name"}\n'

    report = importing.take("depot.crates", "r,who\nX,Ann\nY,Bob\nZ,Cat\n", by_name)

    assert told(report) == [
        (3, "Grower", "who", "More than one has “Bob” as Name."),
        (4, "Grower", "who", "There is no Grower with “Cat” as Name."),
    ]


def test_a_column_called_like_the_id_holds_ids(importing: Importing) -> None:
    importing.take("depot.growers", GROWERS)
    with importing.host.unit_of_work(company="TW01"):
        known = session().scalars(select(Grower.id).where(Grower.code == "B")).one()

    report = importing.take(
        "depot.crates", f"reference,grower_id\nX,{known}\nY,99999\nZ,B\nV,{2**70}\n", only_good=True
    )

    assert report.created == 1
    assert [(row, field) for row, field, _column, _reason in told(report)] == [
        (3, "Grower"),
        (4, "Grower"),
        (5, "Grower"),
    ]


def test_another_companys_record_does_not_exist_here(importing: Importing, host: Host) -> None:
    make_company(host, code="CN01", plugins=["depot"])
    make_member(host, "admin", company="CN01")
    importing.take("depot.growers", GROWERS, company="CN01")
    with host.unit_of_work(company="CN01"):
        foreign = session().scalars(select(Grower.id).where(Grower.code == "A")).one()

    by_code = importing.take("depot.crates", "reference,grower\nX,A\n")
    by_id = importing.take("depot.crates", f"reference,grower_id\nX,{foreign}\n")

    assert told(by_code) == [
        (2, "Grower", "grower", "There is no Grower with “A” as Code or Name.")
    ]
    assert told(by_id) == [
        (2, "Grower", "grower_id", f"There is no Grower with “{foreign}” as Id.")
    ]


def test_many_references_cost_one_statement_a_chunk(
    importing: Importing, statements: list[str]
) -> None:
    names = [f"G{number}" for number in range(150)]
    importing.take("depot.growers", "code,name\n" + "".join(f"{name},x\n" for name in names))
    statements.clear()

    importing.take("depot.crates", "reference,grower\n" + "".join(f"C-{n},{n}\n" for n in names))

    read = [one for one in statements if one.startswith("SELECT") and "FROM depot_" in one]
    assert len(read) == 1


def test_where_no_code_fits_one_is_found_by_name(importing: Importing) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\nB,Bob\nC,Bob\n")

    report = importing.take(
        "depot.crates", "reference,grower\n1,B\n2,Ann\n3,Bob\n4,Cleo\n", only_good=True
    )

    assert told(report) == [
        (4, "Grower", "grower", "More than one has “Bob” as Code or Name."),
        (5, "Grower", "grower", "There is no Grower with “Cleo” as Code or Name."),
    ]
    only_codes = '[fields]\nreference = "r"\ngrower_id = {column = "who", by = "code"}\n'
    assert importing.take("depot.crates", "r,who\n9,Ann\n", only_codes).created == 0


def test_a_row_waits_for_the_row_it_refers_to(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,chief,partner\nA,Ann,B,C\nB,Bob,D,\nC,Cat,,D\nD,Dan,,\nE,Eva,A,A\n",
    )

    assert (report.created, told(report)) == (5, [])
    assert chiefs(importing.host) == {"A": "B", "B": "D", "C": None, "D": None, "E": "A"}


def test_a_long_chain_of_rows_in_the_wrong_order_is_taken(importing: Importing) -> None:
    rows = [f"G{number},x,G{number + 1}" for number in range(450)]

    report = importing.take("depot.growers", "\n".join(["code,name,chief", *rows, "G450,x,"]))

    assert (report.created, told(report)) == (451, [])


def test_rows_that_wait_for_nobody_or_for_each_other_are_named(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "code,name,chief\nA,Ann,B\nB,Bob,A\nC,Cat,Zoe\nD,Dan,D\nE,Eva,\n",
        only_good=True,
    )

    assert told(report) == [
        (2, "Chief", "chief", "There is no Chief with “B” as Code or Name."),
        (3, "Chief", "chief", "There is no Chief with “A” as Code or Name."),
        (4, "Chief", "chief", "There is no Chief with “Zoe” as Code or Name."),
        (5, "Chief", "chief", "There is no Chief with “D” as Code or Name."),
    ]
    assert chiefs(importing.host) == {"E": None}


@pytest.mark.parametrize("between", [0, CHUNK], ids=["one chunk", "two chunks"])
@pytest.mark.parametrize("turned", [False, True], ids=["below", "above"])
def test_a_row_is_found_by_its_name_wherever_it_stands_in_its_file(
    importing: Importing, between: int, turned: bool
) -> None:
    rows = ["A,Ann,", *(f"F{number},x," for number in range(between)), "B,Bob,Ann", "C,Cat,B Bob"]
    rows = rows[::-1] if turned else rows

    report = importing.take("depot.growers", "\n".join(["code,name,chief", *rows]))

    assert (told(report), report.created) == ([], between + 3)
    found = chiefs(importing.host)
    assert (found["A"], found["B"], found["C"]) == (None, "A", "B")


@pytest.mark.parametrize("between", [0, CHUNK], ids=["one chunk", "three chunks"])
def test_a_name_that_two_rows_of_the_file_have_is_nobodys(
    importing: Importing, between: int
) -> None:
    fill = [f"F{number},x," for number in range(between)]
    more = [f"E{number},x," for number in range(between)]
    rows = ["A,Ann,", *fill, "D,Dan,A Ann", "C,Cat,Ann", *more, "B,Ann,"]

    report = importing.take("depot.growers", "\n".join(["code,name,chief", *rows]), only_good=True)

    assert told(report) == [
        (between + 4, "Chief", "chief", "More than one has “Ann” as Code or Name.")
    ]
    assert chiefs(importing.host)["D"] == "A"


def test_a_row_without_a_code_counts_among_those_of_its_name(importing: Importing) -> None:
    text = "code,name,chief\nA,Ann,\n,Ann,\nC,Cat,Ann\nD,Dan,Cat\n"

    report = importing.take("depot.growers", text, only_good=True)

    assert told(report) == [
        (3, "Code", "code", "This field is required."),
        (4, "Chief", "chief", "More than one has “Ann” as Code or Name."),
        (5, "Chief", "chief", "There is no Chief with “Cat” as Code or Name."),
    ]


@pytest.mark.parametrize("between", [0, CHUNK], ids=["one chunk", "two chunks"])
def test_a_name_of_somebody_there_and_of_a_row_is_nobodys(
    importing: Importing, between: int
) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\n")
    fill = "".join(f"F{number},x,\n" for number in range(between))

    report = importing.take(
        "depot.growers", f"code,name,chief\nC,Cat,Ann\n{fill}B,Ann,\nD,Dan,Ann", only_good=True
    )

    reason = "More than one has “Ann” as Code or Name."
    assert told(report) == [
        (2, "Chief", "chief", reason),
        (between + 4, "Chief", "chief", reason),
    ]


@pytest.mark.parametrize("between", [0, CHUNK], ids=["one chunk", "two chunks"])
def test_who_is_called_otherwise_by_the_file_is_not_found_by_the_old_name(
    importing: Importing, between: int
) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\nB,Bob\n")
    fill = "".join(f"F{number},x,\n" for number in range(between))
    update = 'key = ["code"]\nexisting = "update"\n'
    columns = 'code = "code"\nname = "name"\nchief = "chief"\n'

    report = importing.take(
        "depot.growers",
        f"code,name,chief\nB,Bob,Ann\nA,Eve,\n{fill}C,Cat,Ann\n",
        f"{update}[fields]\n{columns}",
        only_good=True,
    )

    reason = "There is no Chief with “Ann” as Code or Name."
    assert told(report) == [
        (2, "Chief", "chief", reason),
        (between + 4, "Chief", "chief", reason),
    ]


def test_a_row_that_is_wrong_anyway_is_not_blamed_for_naming_a_later_one(
    importing: Importing,
) -> None:
    report = importing.take("depot.growers", "code,name,acres,chief\nA,Ann,many,B\nB,Bob,,\n")

    assert told(report) == [(2, "Acres", "acres", "“many” is not a number.")]


def test_who_refers_to_a_refused_row_is_refused_as_well(importing: Importing) -> None:
    report = importing.take(
        "depot.growers", "code,name,chief\nA,Ann,B\nB,Tybalt,\nC,Cat,\n", only_good=True
    )

    assert told(report) == [
        (2, "Chief", "chief", "There is no Chief with “B” as Code or Name."),
        (3, None, None, "Tybalt was sent away."),
    ]
    assert chiefs(importing.host) == {"C": None}
