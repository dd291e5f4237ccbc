"""Imports through the API: a file is sent, looked at, imported and taken back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.testing.people import signed_in
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard

API = "/api/v1/core/imports"
TOML = """
resource = "depot.growers"
[fields]
code = "nr"
name = {column = "called"}
"""


@pytest.fixture
def program(app: Flask, wizard: Wizard) -> FlaskClient:
    """A program that works as an administrator."""
    return signed_in(app, wizard.host, "admin", language="en")


def sent(text: str, **more: Any) -> dict[str, Any]:
    """Return a form with a file."""
    return {
        "resource": "depot.growers",
        "file": (BytesIO(text.encode()), "growers.csv"),
        **more,
    }


def test_a_file_is_checked_imported_and_taken_back(wizard: Wizard, program: FlaskClient) -> None:
    made = program.post(f"{API}/", data=sent("nr,called\nG1,Ada\nG2,\n", mapping=TOML))
    place = f"{API}/{made.json['id']}"
    assert (made.status_code, made.json["result"]["stage"]) == (201, "checking")
    work_off(wizard.host)
    told = program.get(place).json["result"]
    assert (told["stage"], told["created"], told["refused"]) == ("checked", 1, 1)
    assert program.get(f"{place}/problems").json["result"] == [
        {
            "row": 3,
            "file": "growers.csv",
            "field": "Name",
            "column": "called",
            "reason": "This field is required.",
        }
    ]
    assert program.post(f"{place}/run").status_code == 422
    assert program.post(f"{place}/run", json={"only_good": True}).status_code == 200
    work_off(wizard.host)
    assert wizard.growers() == {"G1": "Ada"}

    assert program.post(f"{place}/undo").json["result"]["stage"] == "undoing"
    work_off(wizard.host)
    assert program.get(place).json["result"]["stage"] == "undone"
    assert [one["stage"] for one in program.get(f"{API}/").json["result"]] == ["undone"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"resource": "depot.growers"}, 422),
        ({"resource": "nobody.knows", "file": "x"}, 404),
        ({"resource": "depot.growers", "file": "x", "mapping": "what ="}, 422),
        ({"resource": "depot.growers", "file": "x", "mapping": 'resource = "a"\n[fields]'}, 422),
        ({"resource": "depot.growers", "file": "x", "encoding": "klingon"}, 422),
        ({"resource": "depot.growers", "file": "x"}, 422),
    ],
)
def test_what_cannot_be_imported_is_refused(
    wizard: Wizard, program: FlaskClient, form: dict[str, Any], status: int
) -> None:
    if "file" in form:
        form = form | {"file": (BytesIO(b"nothing,known\n1,2\n"), "t.csv")}

    answer = program.post(f"{API}/", data=form)

    assert answer.status_code == status, answer.text
    assert program.get(f"{API}/").json["count"] == 0


def test_somebody_unknown_imports_nothing(app: Flask, wizard: Wizard) -> None:
    assert app.test_client().get(f"{API}/").status_code == 401
    assert app.test_client().post(f"{API}/", data=sent("a")).status_code in (400, 401)


WRONG = {"resource": "depot.growers", "fields": {"code": "gone"}}
RIGHT = {"resource": "depot.growers", "fields": {"code": "nr", "name": "name"}}


def guessed(program: FlaskClient) -> str:
    """Send a file of which the columns are only guessed; return where its import is."""
    content = "nr;name\nG1;測試\n".encode("cp950")
    form = {"resource": "depot.growers", "file": (BytesIO(content), "g.csv"), "check": "0"}
    made = program.post(f"{API}/", data=form)
    assert made.json["result"]["stage"] == "mapping"
    assert made.json["result"]["mapping"]["fields"] == {"name": {"column": "name"}}
    return f"{API}/{made.json['id']}"


def test_a_program_looks_at_what_was_guessed_and_corrects_it(
    wizard: Wizard, program: FlaskClient
) -> None:
    place = guessed(program)
    right = {"encoding": "cp950", "delimiter": ";", "mapping": RIGHT}
    assert program.put(place, json=right).status_code == 200
    assert program.post(f"{place}/check").json["result"]["stage"] == "checking"
    work_off(wizard.host)
    assert program.put(place, json={"mapping": RIGHT}).json["result"]["stage"] == "mapping"
    program.post(f"{place}/check")
    work_off(wizard.host)
    program.post(f"{place}/run")
    work_off(wizard.host)

    assert wizard.growers() == {"G1": "測試"}
    assert program.put(place, json=right).status_code == 409


@pytest.mark.parametrize("wrong", [{"mapping": WRONG}, {"mapping": "x"}, {"encoding": 7}])
def test_what_cannot_be_corrected_so_is_refused(
    wizard: Wizard, program: FlaskClient, wrong: dict[str, Any]
) -> None:
    place = guessed(program)

    assert program.put(place, json=wrong).status_code == 422

    assert program.get(place).json["result"]["mapping"]["fields"] == {"name": {"column": "name"}}


@pytest.mark.parametrize(
    "reading",
    [
        {"encoding": "x" * 60},
        {"delimiter": "x" * 20},
        {"sheet": "x" * 300},
    ],
)
def test_how_a_file_is_read_is_said_in_few_words(
    wizard: Wizard, program: FlaskClient, reading: dict[str, str]
) -> None:
    answer = program.post(f"{API}/", data=sent("nr,called\n", mapping=TOML, **reading))

    assert answer.status_code == 422, answer.text
    assert list(answer.json["error"]["fields"]) == [*reading]
    ident = wizard.begin("depot.growers", "code,name\nG1,Ada\n")
    assert program.put(f"{API}/{ident}", json=reading).status_code == 422
    assert program.post(f"/imports/{ident}/reading", data=reading).status_code == 422


def test_a_mapping_file_says_how_the_file_is_read(wizard: Wizard, program: FlaskClient) -> None:
    mapping = TOML.replace("[fields]", 'delimiter = "|"\nencoding = "cp950"\n[fields]')
    content = BytesIO("nr|called\nG1|測試\n".encode("cp950"))

    form = {"resource": "depot.growers", "file": (content, "g.csv"), "mapping": mapping}
    made = program.post(f"{API}/", data=form)
    work_off(wizard.host)
    program.post(f"{API}/{made.json['id']}/run")
    work_off(wizard.host)

    assert wizard.growers() == {"G1": "測試"}
    other = wizard.begin("depot.growers", "x,y\n")
    toml = (BytesIO(mapping.encode()), "map.toml")
    program.post(f"/imports/{other}/mapping", data={"mapping": toml})
    assert wizard.kept(other).delimiter is None, "a mapping that does not fit changes nothing"
