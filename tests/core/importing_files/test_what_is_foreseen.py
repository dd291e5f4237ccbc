"""The pages say how much of a file they show, what its first rows become, and what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from xlsxwriter import Workbook

from bumen.exchange import read_table
from bumen.importing import steps
from bumen.jobs import JobRun
from bumen.testing.people import signed_in
from bumen.unit_of_work import session
from bumen.web.importing.foreseen import MOST_COUNTED, rows_said
from tests.core.importing_files.conftest import Wizard


@pytest.fixture
def browser(app: Flask, wizard: Wizard) -> FlaskClient:
    """The browser of an administrator who reads English."""
    return signed_in(app, wizard.host, "admin", language="en")


def test_the_page_says_how_many_of_how_many_rows_it_shows(
    wizard: Wizard, browser: FlaskClient
) -> None:
    rows = "".join(f"G{number},Grower\n" for number in range(1234))
    ident = wizard.begin("depot.growers", f"code,name\n{rows}")

    assert "The first 6 of 1,234 rows" in browser.get(f"/imports/{ident}").text
    assert str(rows_said(3, shown=3)) == "Rows of the file: 3"
    assert "more than 20,000" in str(rows_said(MOST_COUNTED + 1, shown=6))


def test_who_imports_many_rows_at_once_knows_whether_others_wait(
    wizard: Wizard, browser: FlaskClient
) -> None:
    few = wizard.begin("depot.growers", "code,name\nG1,Ada\n")
    rows = "".join(f"G{number},Grower\n" for number in range(1234))
    many = wizard.begin("depot.growers", f"code,name\n{rows}")
    told = "others wait when they save"
    assert told not in browser.get(f"/imports/{many}").text
    for ident in (few, many):
        wizard.do(steps.check, ident)

    assert told not in browser.get(f"/imports/{few}").text
    is_sqlite = wizard.host.database.engine.dialect.name == "sqlite"
    assert (told in browser.get(f"/imports/{many}").text) is is_sqlite


def test_a_check_shows_what_the_first_rows_become(wizard: Wizard, browser: FlaskClient) -> None:
    text = "code,name,since,rating,chief\nG1,Ada,115/11/21,Fine fruit,\nG2,Eve,soon,,G0\n"
    wizard.through("depot.growers", "code,name\nG0,Zoe\n")
    ident = wizard.begin("depot.growers", text)
    wizard.do(steps.check, ident)

    page = browser.get(f"/imports/{ident}").text.partition('id="foreseen"')[2]
    first, _between, second = page.partition('id="problems"')[0].partition("G2")

    assert "Nov 21, 2026" in first
    assert "Cannot be imported" in first  # the second row, before its code
    assert "soon" not in second
    assert "G0 Zoe" in second


def test_a_check_speaks_of_what_would_be(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,Ada\nG2,\n")
    wizard.do(steps.check, ident)

    run_id = wizard.kept(ident).run_id
    with wizard.working():
        run = session().get_one(JobRun, run_id)
        said = str((run.result or {}).get("en"))

    assert said == "Would create 1, change 0, skip 0; 1 cannot be imported."


def test_only_what_people_write_is_offered_to_find_a_reference_by(
    wizard: Wizard, browser: FlaskClient
) -> None:
    ident = wizard.begin("depot.crates", "reference,grower\nC1,G1\n")

    page = browser.get(f"/imports/{ident}").text
    ways = page.partition('name="by.1"')[2].partition("</select>")[0]

    assert 'value="code"' in ways
    assert 'value="name"' in ways
    assert not any(f'value="{name}"' in ways for name in ("id", "version", "company_id", "acres"))


def test_an_encoding_that_was_found_out_has_the_name_it_is_chosen_by(
    wizard: Wizard, browser: FlaskClient
) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,測試\n".encode("utf-8-sig"))

    page = browser.get(f"/imports/{ident}").text

    assert "Found out: UTF-8</option>" in page
    assert "utf-8-sig" not in page


def test_the_first_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    sheets = {
        "Notes": [["Please read the second sheet."], ["Thank you."]],
        "Table": [["code", "name"], ["G1", "Ada"]],
        "More": [["code", "name"], ["G2", "Eve"]],
    }
    with Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    assert read_table(path).sheet == "Table"
    assert read_table(path, sheet="Notes").sheet == "Notes"
