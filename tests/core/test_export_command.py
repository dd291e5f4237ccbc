"""`bumen export` writes a company's list into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bumen import CurrentCompany, create_record
from bumen.errors import BusinessError, Malformed, NotFound
from bumen.exchange.errors import UnknownResource
from bumen.exchange.export_command import export_command
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from tests.core.importing import DEPOT

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def company(host: Host) -> CurrentCompany:
    """A company whose people read English, with three growers."""
    made = make_company(host, code="TW01", plugins=["depot"], locale="en")
    make_administrator(host, "admin", company=made.code)
    growers = host.registry.resources["depot.growers"]
    with host.unit_of_work(company="TW01", by="admin") as unit:
        for code, name in (("A", "Ann"), ("B", "Bob"), ("C", "Cat")):
            create_record(growers, {"code": code, "name": name}, by=unit.user)
    return made


@pytest.fixture
def run(host: Host, company: CurrentCompany) -> Run:
    """The command."""

    def command(file: Path, *options: str, resource: str = "depot.growers") -> Result:
        asked = [resource, str(file), "--company", "TW01", *options]
        return CliRunner().invoke(export_command, asked, obj=host)

    return command


def lines(file: Path) -> list[str]:
    """Return the lines of a CSV file, its mark left out."""
    return file.read_text("utf-8-sig").splitlines()


def test_a_list_is_written_with_the_columns_filters_and_order_asked_for(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "growers.csv"

    result = run(file, "--columns", "code, name", "--filter", "code.ge=B", "--sort", "-code")

    assert (result.exit_code, result.output) == (0, f"2 rows written to {file}.\n")
    assert lines(file) == ["Code,Name", "C,Cat", "B,Bob"]


def test_of_one_field_any_of_the_values_will_do(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "growers.csv"

    run(file, "--filter", "code=A", "--filter", "code=C", "--columns", "code", "--sort", "code")

    assert lines(file) == ["Code", "A", "C"]


def test_a_workbook_is_written_where_the_file_is_called_so(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "growers.xlsx"

    assert run(file, "--search", "Bob", "--user", "admin").exit_code == 0
    assert file.read_bytes()[:2] == b"PK"


def test_what_cannot_be_written_leaves_no_file_and_keeps_the_one_there(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "growers.csv"
    file.write_text("kept")

    assert isinstance(run(tmp_path / "growers.doc").exception, Malformed)
    assert isinstance(run(file, resource="depot.nope").exception, UnknownResource)
    assert isinstance(run(file, "--columns", "nope").exception, Malformed)
    assert isinstance(run(file, "--filter", "nope=1").exception, Malformed)
    assert isinstance(run(file, "--user", "nobody").exception, NotFound | BusinessError)
    assert run(file, "--filter", "nope").exit_code == 2
    assert file.read_text() == "kept"
    assert [one.name for one in tmp_path.iterdir()] == ["growers.csv"]
