"""Lines from a second file, as the command takes them: on screen, through the API, and let go."""

from __future__ import annotations

import tomllib
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.importing import steps
from bumen.importing.second import add_lines_file
from bumen.imports import Stage
from bumen.testing.people import signed_in
from bumen.unit_of_work import session
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard
from tests.plugins.depot.models import Crate, CrateLine

GROWERS = "code,name\nG1,Ada\n"
HEADS = "reference,grower\nC1,G1\nC2,G1\n"
LINES = (
    "reference;fruit;pieces;price;reduction\nC1;Apple;3;1,50;0.15\nC1;Pear;2;2;0\nC9;Fig;1;1;0\n"
)
TOML = """
resource = "depot.crates"
[fields]
reference = "reference"
grower_id = {column = "grower", by = "code"}
[lines.lines]
file = "lines.csv"
match = {reference = "reference"}
[lines.lines.fields]
fruit = "fruit"
pieces = "pieces"
price = {column = "price", decimal = ","}
reduction = {column = "reduction", fraction = true}
"""


@pytest.fixture
def browser(app: Flask, wizard: Wizard) -> FlaskClient:
    """The browser of an administrator who reads English; there is one grower."""
    wizard.through("depot.growers", GROWERS)
    return signed_in(app, wizard.host, "admin", language="en")


def packed(wizard: Wizard) -> list[tuple[str, str, str, str]]:
    """Return what is in which crate, at which price and reduction."""
    query = select(Crate.reference, CrateLine.fruit, CrateLine.price, CrateLine.reduction)
    with wizard.host.unit_of_work(company="TW01"):
        rows = session().execute(query.join(CrateLine.crate)).all()
    return sorted((one[0], one[1], f"{one[2]:.2f}", f"{one[3]:.0f}") for one in rows)


def sent(**files: str) -> dict[str, Any]:
    """Return a form with the crates and other files beside them."""
    beside = {name: (BytesIO(text.encode()), f"{name}.csv") for name, text in files.items()}
    heads = (BytesIO(HEADS.encode()), "crates.csv")
    return {"resource": "depot.crates", "file": heads, **beside}


def test_lines_are_matched_on_the_page_and_imported(wizard: Wizard, browser: FlaskClient) -> None:
    place = browser.post("/imports/new", data=sent()).headers["Location"]
    lines = {"file": (BytesIO(LINES.encode()), "lines.csv")}
    assert browser.post(f"{place}/lines/lines/add", data=lines).status_code == 303
    shown = browser.get(place).text
    assert "Columns of lines.csv" in shown
    assert 'value="lines.fruit" data-kind="text" selected>' in shown

    chosen = {
        "to.0": "reference",
        "to.1": "grower",
        "check": "1",
        **{f"lines/to.{n}": f"lines.{name}" for n, name in enumerate(NAMES, 1)},
        "lines/number.3": ",.",
        "lines/fraction.4": "1",
        "lines/theirs": "reference",
        "lines/ours": "reference",
    }
    assert browser.post(f"{place}/match", data=chosen).status_code == 303
    work_off(wizard.host)
    checked = browser.get(place).text
    assert "No row of crates.csv belongs to this one." in checked
    assert 'data-label="File">lines.csv' in checked

    browser.post(f"{place}/take", data={"rows": "good"})
    work_off(wizard.host)
    assert packed(wizard) == [("C1", "Apple", "1.50", "15"), ("C1", "Pear", "2.00", "0")]


NAMES = ("fruit", "pieces", "price", "reduction")


def test_the_file_with_the_lines_comes_along_at_once(wizard: Wizard, browser: FlaskClient) -> None:
    form = sent() | {"beside": (BytesIO(LINES.encode()), "crates.csv")}

    place = browser.post("/imports/new", data=form).headers["Location"]

    mapping = wizard.kept(int(place.rpartition("/")[2])).mapping or {}
    assert mapping["lines"]["lines"]["file"] == "2-crates.csv"
    assert mapping["lines"]["lines"]["match"] == {"reference": "reference"}
    assert [*mapping["lines"]["lines"]["fields"]] == [*NAMES]


def test_programs_send_both_files_with_a_mapping(wizard: Wizard, browser: FlaskClient) -> None:
    form = sent() | {"mapping": TOML, "beside": (BytesIO(LINES.encode()), "lines.csv")}

    made = browser.post("/api/v1/core/imports/", data=form)

    assert made.status_code == 201, made.text
    work_off(wizard.host)
    place = f"/api/v1/core/imports/{made.json['id']}"
    problems = browser.get(f"{place}/problems").json["result"]
    assert [(one["file"], one["row"]) for one in problems] == [("lines.csv", 4)]
    browser.post(f"{place}/run", json={"only_good": True})
    work_off(wizard.host)
    assert packed(wizard) == [("C1", "Apple", "1.50", "15"), ("C1", "Pear", "2.00", "0")]


@pytest.mark.parametrize("only_good", [None, True], ids=["checked", "imported"])
def test_every_row_of_a_second_file_that_belongs_to_nobody_is_told(
    wizard: Wizard, only_good: bool | None
) -> None:
    wizard.through("depot.growers", GROWERS)
    strangers = [f"X{number};Fig;1;1;0" for number in range(1_500)]
    text = "\n".join([LINES.partition("C9")[0].rstrip(), *strangers]).encode()
    beside = [("lines.csv", BytesIO(text))]
    ident = wizard.begin("depot.crates", HEADS, mapping=tomllib.loads(TOML), beside=beside)

    wizard.do(steps.check, ident)
    if only_good:
        wizard.do(steps.take, ident, only_good=True)

    told = wizard.problems(ident)
    assert wizard.kept(ident).problems == len(told) == 1_500
    assert [one.row for one in told] == [*range(4, 1_504)]


def test_a_mapping_whose_second_file_is_missing_is_refused_and_says_so(
    wizard: Wizard, browser: FlaskClient
) -> None:
    answer = browser.post("/api/v1/core/imports/", data=sent() | {"mapping": TOML})

    assert answer.status_code == 422
    assert "lines.csv" in answer.json["error"]["message"]


def test_a_second_file_is_read_otherwise_and_let_go(wizard: Wizard, browser: FlaskClient) -> None:
    place = browser.post("/imports/new", data=sent()).headers["Location"]
    lines = {"file": (BytesIO("編號,fruit\nC1,蘋果\n".encode("cp950")), "lines.csv")}
    browser.post(f"{place}/lines/lines/add", data=lines)

    reading = {"encoding": "cp950", "delimiter": ","}
    assert browser.post(f"{place}/lines/lines/read", data=reading).status_code == 303
    assert "蘋果" in browser.get(place).text
    assert browser.post(f"{place}/lines/nothing/drop").status_code == 404
    assert browser.post(f"{place}/lines/lines/drop").status_code == 303

    ident = int(place.rpartition("/")[2])
    assert "lines" not in (wizard.kept(ident).mapping or {})
    assert wizard.kept(ident).stored_as in wizard.host.departments.files.names()
    assert len(list(wizard.host.departments.files.names())) == 2  # of the growers, and this one


@pytest.mark.parametrize("content", [b"%PDF-1.7", b""])
def test_a_second_file_that_is_no_table_is_refused(
    wizard: Wizard, browser: FlaskClient, content: bytes
) -> None:
    place = browser.post("/imports/new", data=sent()).headers["Location"]

    answer = browser.post(f"{place}/lines/lines/add", data={"file": (BytesIO(content), "x.csv")})

    assert answer.status_code == 422
    assert browser.post(f"{place}/lines/lines/add").status_code == 422
    assert len(list(wizard.host.departments.files.names())) == 2


def test_both_files_go_when_the_import_is_undone(wizard: Wizard, browser: FlaskClient) -> None:
    before = set(wizard.host.departments.files.names())
    good = LINES.rpartition("C9")[0].replace("1,50", "1.50").encode()
    ident = wizard.begin("depot.crates", HEADS)
    wizard.do(add_lines_file, ident, "lines", name="lines.csv", content=BytesIO(good))
    wizard.do(steps.match, ident, wizard.kept(ident).mapping)
    wizard.do(steps.check, ident)
    wizard.do(steps.take, ident, only_good=False)
    assert len(packed(wizard)) == 2

    wizard.do(steps.undo, ident)

    assert wizard.kept(ident).stage is Stage.UNDONE
    assert packed(wizard) == []
    assert set(wizard.host.departments.files.names()) == before
