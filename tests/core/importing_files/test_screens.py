"""The pages of imports: from a file to its records, each for whoever may, in their company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.activation.service import switch
from bumen.importing import steps
from bumen.imports import Stage
from bumen.testing.makers import make_administrator, make_company, make_user
from bumen.testing.people import signed_in
from bumen.unit_of_work import session
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard, held
from tests.core.web.conftest import statements
from tests.core.workbooks_by_hand import ods, ods_row
from tests.plugins.depot.models import Grower

__all__ = ["statements"]

TEXT = "代碼,name,since\nG1,Ada,115/11/21\nG2,,\n"


@pytest.fixture
def browser(app: Flask, wizard: Wizard) -> FlaskClient:
    """The browser of an administrator who reads English."""
    return signed_in(app, wizard.host, "admin", language="en")


def sent(text: str | bytes, name: str = "table.csv", **more: Any) -> dict[str, Any]:
    """Return a form with a file."""
    content = text.encode() if isinstance(text, str) else text
    return {"resource": "depot.growers", "file": (BytesIO(content), name), **more}


def begun(browser: FlaskClient, text: str | bytes = TEXT, name: str = "table.csv") -> str:
    """Upload a file; return the address of its import."""
    answer = browser.post("/imports/new", data=sent(text, name))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_a_file_goes_through_all_steps_on_its_pages(wizard: Wizard, browser: FlaskClient) -> None:
    place = begun(browser, "code,name,since\nG1,Ada,115/11/21\nG2,,\n")
    assert "Which column becomes which field?" in browser.get(place).text

    chosen = {"to.0": "code", "to.1": "name", "to.2": "since", "existing": "refuse", "check": "1"}
    assert browser.post(f"{place}/match", data=chosen).status_code == 303
    assert 'hx-trigger="every 1s"' in browser.get(place).text
    work_off(wizard.host)
    checked = browser.get(place).text
    assert "Import the good rows" in checked
    assert "This field is required." in checked

    browser.post(f"{place}/take", data={"rows": "good"})
    work_off(wizard.host)
    assert wizard.growers() == {"G1": "Ada"}
    assert "G1 Ada" in browser.get(f"{place}/records").text

    browser.post(f"{place}/undo")
    work_off(wizard.host)
    assert wizard.growers() == {}
    assert "What this import had made is gone" in browser.get(place).text


def test_an_open_document_goes_through_all_steps(
    wizard: Wizard, browser: FlaskClient, tmp_path: Path
) -> None:
    rows = ods_row("代碼", "name", "since") + ods_row("G1", "阿達", "115/11/21")
    place = begun(browser, ods(tmp_path / "t.ods", rows).read_bytes(), "growers.ods")
    assert "阿達" in browser.get(place).text

    chosen = {"to.0": "code", "to.1": "name", "to.2": "since", "existing": "refuse", "check": "1"}
    assert browser.post(f"{place}/match", data=chosen).status_code == 303
    work_off(wizard.host)
    browser.post(f"{place}/take", data={"rows": "all"})
    work_off(wizard.host)

    assert wizard.growers() == {"G1": "阿達"}
    with wizard.working():
        assert session().scalars(select(Grower.since)).all() == [date(2026, 11, 21)]


def test_columns_that_become_the_same_field_are_refused(browser: FlaskClient) -> None:
    place = begun(browser, "code,name,also\nG1,Ada,Eve\n")

    answer = browser.post(f"{place}/match", data={"to.0": "code", "to.1": "name", "to.2": "name"})

    assert answer.status_code == 422
    assert "Another column becomes this field already." in answer.text


def test_a_file_that_is_none_is_refused_where_it_was_chosen(browser: FlaskClient) -> None:
    answer = browser.post("/imports/new", data=sent(b"%PDF-1.7", "table.csv"))

    assert answer.status_code == 422
    assert "is not a table but a PDF document" in answer.text


def test_another_encoding_is_named(wizard: Wizard, browser: FlaskClient) -> None:
    place = begun(browser, "code,name\nG1,測試\n".encode("cp950"))

    browser.post(f"{place}/reading", data={"encoding": "cp950", "delimiter": ","})

    assert wizard.kept(int(place.rpartition("/")[2])).encoding == "cp950"
    assert "測試" in browser.get(place).text


def test_problems_and_templates_and_mappings_are_taken_along(
    wizard: Wizard, browser: FlaskClient
) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,\n")
    wizard.do(steps.check, ident)
    place = f"/imports/{ident}"

    problems = browser.get(f"{place}/problems.csv").data.decode("utf-8-sig").splitlines()
    mapping = browser.get(f"{place}/mapping.toml").text
    template = browser.get("/imports/template?resource=depot.growers&format=csv").data

    assert problems[1].split(",")[:4] == ["2", "Name", "name", "This field is required."]
    assert 'name = {column = "name"}' in mapping
    assert template.startswith("\ufeffCode,Name,Known since".encode())
    assert browser.get(f"{place}/file").data == b"code,name\nG1,\n"


def test_a_mapping_is_kept_and_used_again(browser: FlaskClient) -> None:
    place = begun(browser, "x,y\nG1,Ada\n")
    browser.post(f"{place}/match", data={"to.0": "code", "to.1": "name", "existing": "refuse"})
    assert browser.post(f"{place}/mapping/keep", data={"name": "From X"}).status_code == 303
    kept = browser.get("/imports/new?resource=depot.growers").text
    assert "From X" in kept

    again = begun(browser, "x,y\nG2,Ben\n")
    assert browser.post(f"{again}/mapping", data={"use": "1"}).status_code == 303
    assert 'value="code" data-kind="text" selected>' in browser.get(again).text
    toml = (BytesIO(browser.get(f"{place}/mapping.toml").data), "map.toml")
    assert browser.post(f"{again}/mapping", data={"mapping": toml}).status_code == 303


def test_imports_are_seen_by_who_began_them_and_administrators(
    app: Flask, wizard: Wizard, browser: FlaskClient
) -> None:
    place = begun(browser)
    make_user(wizard.host, "clerk", company="TW01")
    make_company(wizard.host, code="CN01", plugins=("depot",))
    make_administrator(wizard.host, "ben", company="CN01")
    ben, clerk = (signed_in(app, wizard.host, name) for name in ("ben", "clerk"))

    for address in (place, f"{place}/file", f"{place}/records", f"{place}/problems.csv"):
        assert ben.get(address).status_code == 404
        assert clerk.get(address).status_code == 404
    for deed in ("match", "reading", "take", "undo", "back", "go_on", "mapping"):
        assert ben.post(f"{place}/{deed}").status_code == 404
    assert clerk.get("/imports/new?resource=depot.growers").status_code == 403
    assert clerk.post("/imports/new", data=sent(TEXT)).status_code == 403
    assert browser.get("/imports/new?resource=depot.inspections").status_code == 422


def test_of_a_department_that_is_off_nothing_is_left(wizard: Wizard, browser: FlaskClient) -> None:
    place = begun(browser)
    switch(wizard.host, company="TW01", name="depot", enabled=False, by="admin", reason="x")

    assert browser.get(place).status_code == 404
    assert browser.get("/imports/new?resource=depot.growers").status_code == 404
    assert browser.get(f"/api/v1/core{place}").status_code == 404
    assert "table.csv" not in browser.get("/imports/").text


def test_without_the_token_of_our_pages_nothing_is_done(browser: FlaskClient) -> None:
    place = begun(browser)
    del browser.environ_base["HTTP_X_CSRFTOKEN"]

    assert browser.post(f"{place}/match", data={"to.0": "code"}).status_code == 400
    assert browser.post("/imports/new", data=sent(TEXT)).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/imports/?before=x",
        "/imports/?resource=nobody.knows",
        "/imports/99999999999999999999",
        "/imports/new",
        "/imports/template?resource=depot.growers&format=doc",
        "/imports/1?row=x&after=1",
        "/imports/1/records?before=-1",
    ],
)
def test_bad_addresses_are_refused(wizard: Wizard, browser: FlaskClient, address: str) -> None:
    wizard.do(steps.check, wizard.begin("depot.growers", "code,name\nG1,\n"))

    assert browser.get(address).status_code in (400, 404)


def test_lists_ask_as_often_for_many_imports_as_for_one(
    wizard: Wizard, browser: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    counts = []
    for _time in range(2):
        wizard.through("depot.growers", f"code,name\nA{_time},Ada\nB{_time},Ben\n")
        browser.get("/imports/")
        for address in ("/imports/?resource=depot.growers", "/imports/1/records", "/imports/1"):
            statements()
            browser.get(address)
            counts.append(len(statements()))

    assert counts[:3] == counts[3:]
    assert max(counts) <= 10


def test_an_import_that_was_cancelled_is_gone_on_with(wizard: Wizard, browser: FlaskClient) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,Ada\n")
    wizard.do(steps.check, ident)
    with wizard.host.unit_of_work(company="TW01", by="admin"):
        run = steps.take(held(ident), only_good=False)
    browser.post(f"/jobs/{run.id}/cancel")

    assert "Go on" in browser.get(f"/imports/{ident}").text
    browser.post(f"/imports/{ident}/go_on")
    work_off(wizard.host)

    assert wizard.kept(ident).stage is Stage.DONE
    assert wizard.growers() == {"G1": "Ada"}
