"""`bumen import` takes a file into a company and tells what it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from bumen import CurrentCompany, session
from bumen.errors import NotFound
from bumen.exchange.command import import_command
from bumen.exchange.errors import MappingIsWrong
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from tests.core.importing import DEPOT
from tests.plugins.depot.models import Grower

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def company(host: Host) -> CurrentCompany:
    """A company whose people read English."""
    made = make_company(host, code="TW01", plugins=["depot"], locale="en")
    make_administrator(host, "admin", company=made.code)
    return made


@pytest.fixture
def run(host: Host, company: CurrentCompany, tmp_path: Path) -> Run:
    """The command, on a file with these bytes."""

    def command(content: str | bytes, *options: str, company: str = "TW01") -> Result:
        path = tmp_path / "growers.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        asked = ["depot.growers", str(path), "--company", company, *options]
        return CliRunner().invoke(import_command, asked, obj=host)

    return command


def number(host: Host) -> int | None:
    """Return how many growers there are."""
    with host.unit_of_work(company="TW01"):
        return session().scalar(select(func.count(Grower.id)))


def test_a_file_is_imported_by_the_person_named(run: Run, host: Host) -> None:
    result = run("code,name,fax\nA,Ann,1\nB,Bob,2\n", "--user", "admin")

    assert (result.exit_code, number(host)) == (0, 2)
    assert result.output.splitlines() == [
        "Left out, because they belong to no field: fax.",
        "2 created, 0 changed, 0 skipped, 0 refused.",
    ]
    with host.unit_of_work(company="TW01"):
        assert session().scalars(select(Grower.created_by_id)).first() is not None


def test_refused_rows_are_listed_and_nothing_is_saved(run: Run, host: Host) -> None:
    result = run("code,name\nA,Ann\nb,Bob\n")

    assert (result.exit_code, number(host)) == (1, 0)
    assert result.output.splitlines() == [
        "growers.csv, row 3, Code (column code): This does not have the right form.",
        "1 created, 0 changed, 0 skipped, 1 refused.",
        "Nothing was saved, because of the refused rows.",
    ]


def test_good_rows_can_be_taken(run: Run, host: Host) -> None:
    result = run("code,name\nA,Ann\nb,Bob\n", "--only-good")

    assert (result.exit_code, number(host)) == (1, 1)


def test_a_trial_saves_nothing(run: Run, host: Host) -> None:
    result = run("code,name\nA,Ann\n", "--dry-run")

    assert (result.exit_code, number(host)) == (0, 0)
    assert result.output.splitlines()[-1] == "This was a trial: nothing was saved."


def test_a_program_gets_the_report_as_json(run: Run) -> None:
    result = run("code,name\nA,Ann\nB,\n", "--json")

    told = json.loads(result.stdout)
    assert (told["created"], told["refused"], told["saved"]) == (1, 1, False)
    assert told["problems"] == [
        {
            "file": "growers.csv",
            "row": 3,
            "field": "Name",
            "column": "name",
            "reason": "This field is required.",
        }
    ]


def test_a_mapping_and_an_encoding_can_be_given(run: Run, host: Host, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text('resource = "depot.growers"\n[fields]\ncode = "代碼"\nname = "名稱"\n')

    result = run("代碼;名稱\nA;王\n".encode("cp950"), "--map", str(mapping), "--encoding", "big5")

    assert (result.exit_code, number(host)) == (0, 1)


def test_what_is_wrong_as_a_whole_is_raised_for_the_command_group(run: Run, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text("resource = 1\n")

    assert isinstance(run("code\nA\n", "--map", str(mapping)).exception, MappingIsWrong)
    assert isinstance(run("code\nA\n", company="XX99").exception, NotFound)
