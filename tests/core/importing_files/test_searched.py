"""What an import makes is found at once, by what it says now; what is undone no longer."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.importing import steps
from bumen.testing.people import signed_in
from tests.core.importing_files.conftest import Wizard

FIRST = "code,name\nG1,臺灣果園\nG2,花蓮農場\n"
SECOND = "code,name\nG1,太平洋果園\nG3,屏東農場\n"
UPDATE = {
    "resource": "depot.growers",
    "key": ["code"],
    "existing": "update",
    "fields": {"code": "code", "name": "name"},
}


@pytest.fixture
def admin(app: Flask, wizard: Wizard) -> FlaskClient:
    """The browser of an administrator."""
    return signed_in(app, wizard.host, "admin")


def found(admin: FlaskClient, words: str) -> list[str]:
    """Return what the search finds, and a list narrowed by the same words."""
    everywhere = admin.get("/api/v1/core/search/", query_string={"q": words}).json["result"]
    labels = [one["label"] for group in everywhere for one in group["records"]]
    asked = {"q": json.dumps({"search": words})}
    listed = admin.get("/api/v1/depot/growers/", query_string=asked).json["result"]
    assert sorted(f"{one['code']} {one['name']}" for one in listed) == sorted(labels)
    return labels


@pytest.mark.parametrize("only_good", [False, True], ids=["all rows", "good rows"])
def test_what_was_imported_is_found_until_it_is_undone(
    wizard: Wizard, admin: FlaskClient, only_good: bool
) -> None:
    ident = wizard.begin("depot.growers", FIRST)
    wizard.do(steps.check, ident)
    assert found(admin, "台湾") == []

    wizard.do(steps.take, ident, only_good=only_good)
    assert found(admin, "台湾") == ["G1 臺灣果園"]
    assert found(admin, "農場") == ["G2 花蓮農場"]

    wizard.do(steps.undo, ident)
    assert found(admin, "台湾") == found(admin, "農場") == []


def test_what_an_import_changed_is_found_by_what_it_says_now(
    wizard: Wizard, admin: FlaskClient
) -> None:
    wizard.through("depot.growers", FIRST)

    ident = wizard.through("depot.growers", SECOND, mapping=UPDATE)
    assert found(admin, "台湾") == []
    assert found(admin, "果园") == ["G1 太平洋果園"]
    assert sorted(found(admin, "農場")) == ["G2 花蓮農場", "G3 屏東農場"]

    wizard.do(steps.undo, ident)
    assert found(admin, "台湾") == found(admin, "果园") == ["G1 臺灣果園"]
    assert found(admin, "太平洋") == []
    assert found(admin, "農場") == ["G2 花蓮農場"]
