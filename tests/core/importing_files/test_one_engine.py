"""Screen, API and command make the same of one file: the same records, the same problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from bumen.exchange.command import import_command
from bumen.importing import steps
from bumen.importing.problems import MOST_KEPT
from bumen.imports import Import, Stage
from bumen.testing.people import signed_in
from bumen.unit_of_work import session
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard

TEXT = (
    "代碼,name,since,rating,acres\nG1,Ada,115/11/21,Fine fruit,7\nG2,,,,\nG1,Eve,,,x\nG4,Zoé,,,-1\n"
)
Found = tuple[dict[str, str], list[tuple[int, str, str]]]


def by_page(wizard: Wizard, app: Flask, path: Path) -> Found:
    """Import the good rows as a person does."""
    browser = signed_in(app, wizard.host, wizard.by, company=wizard.company.code)
    form = {"resource": "depot.growers", "file": (BytesIO(path.read_bytes()), path.name)}
    place = browser.post("/imports/new", data=form).headers["Location"]
    fields = ("code", "name", "since", "rating", "acres")
    chosen = {f"to.{number}": name for number, name in enumerate(fields)}
    browser.post(f"{place}/match", data=chosen | {"check": "1"})
    work_off(wizard.host)
    browser.post(f"{place}/take", data={"rows": "good"})
    work_off(wizard.host)
    return found(wizard, int(place.rpartition("/")[2]))


def by_program(wizard: Wizard, app: Flask, path: Path) -> Found:
    """Import the good rows as a program does."""
    program = signed_in(app, wizard.host, wizard.by, company=wizard.company.code)
    mapping = path.with_suffix(".toml").read_text(encoding="utf-8")
    file = (BytesIO(path.read_bytes()), path.name)
    form = {"resource": "depot.growers", "file": file, "mapping": mapping}
    ident = program.post("/api/v1/core/imports/", data=form).json["id"]
    work_off(wizard.host)
    program.post(f"/api/v1/core/imports/{ident}/run", json={"only_good": True})
    work_off(wizard.host)
    return found(wizard, ident)


def by_command(wizard: Wizard, _app: Flask, path: Path) -> Found:
    """Import the good rows as an administrator of the machine does."""
    asked = ["depot.growers", str(path), "--company", wizard.company.code, "--user", wizard.by]
    options = ["--map", str(path.with_suffix(".toml")), "--only-good", "--json"]
    said = CliRunner().invoke(import_command, [*asked, *options], obj=wizard.host)
    told = json.loads(said.output)
    problems = [(one["row"], one["column"], one["reason"]) for one in told["problems"]]
    return wizard.growers(), problems


def found(wizard: Wizard, ident: int) -> Found:
    """Return the growers, and what was wrong."""
    wrong = wizard.problems(ident)
    return wizard.growers(), [(one.row, one.column or "", one.reason["en"]) for one in wrong]


@pytest.mark.parametrize("way", [by_page, by_program, by_command])
def test_every_way_in_makes_the_same_of_a_file(
    wizard: Wizard, app: Flask, tmp_path: Path, way: Callable[[Wizard, Flask, Path], Found]
) -> None:
    path = tmp_path / "growers.csv"
    path.write_bytes(TEXT.encode("utf-16"))
    fields = [
        "code = '代碼'",
        *(f"{one} = '{one}'" for one in ("name", "since", "rating", "acres")),
    ]
    lines = ['resource = "depot.growers"', "[fields]", *fields]
    path.with_suffix(".toml").write_text("\n".join(lines), encoding="utf-8")

    growers, problems = way(wizard, app, path)

    assert growers == {"G1": "Ada"}
    assert problems == [
        (3, "name", "This field is required."),
        (4, "代碼", "Row 2 already says the same here."),
        (4, "acres", "“x” is not a number."),
        (5, "acres", "At least 0."),
    ]


def test_a_refused_import_has_created_nothing(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,Ada\nG2,Ben\n")
    wizard.do(steps.check, ident)
    wizard.through("depot.growers", "code,name\nG2,Zoe\n")
    wizard.do(steps.take, ident, only_good=False)

    kept = wizard.kept(ident)

    assert (kept.stage, kept.created, kept.updated) == (Stage.REFUSED, 0, 0)


def test_problems_that_were_only_counted_are_told(wizard: Wizard, app: Flask) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,\n")
    wizard.do(steps.check, ident)
    with wizard.working():
        session().get_one(Import, ident).problems = MOST_KEPT + 7
    browser = signed_in(app, wizard.host, "admin", language="en")

    assert "There are 7 further problems" in browser.get(f"/imports/{ident}").text
    assert "7 more problems." in browser.get(f"/imports/{ident}/problems.csv").text
    told = browser.get(f"/api/v1/core/imports/{ident}").json["result"]
    assert (told["problems"], told["problems_kept"]) == (MOST_KEPT + 7, MOST_KEPT)
