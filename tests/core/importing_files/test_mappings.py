"""What people say of columns on the page, and mappings they keep, share and remove."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from bumen.errors import Forbidden
from bumen.importing import steps
from bumen.importing.errors import ColumnsAreUnmatched
from bumen.importing.keeping import drop_mapping, keep_mapping
from bumen.imports import KeptMapping
from bumen.testing.makers import make_administrator
from bumen.testing.people import signed_in
from bumen.unit_of_work import current
from bumen.web.importing.chosen import content_sent
from tests.core.importing_files.conftest import Wizard, held

HEADER = ["nr", "called", "how", "since", "size"]


def chosen(*, before: dict[str, Any] | None = None, **sent: str) -> dict[str, Any]:
    """Return the mapping of a form: `to_0="code"` stands for `to.0`."""
    form = MultiDict({name.replace("_", ".", 1): value for name, value in sent.items()})
    return content_sent(form, before=before, header=HEADER, seconds={})


def test_every_setting_of_a_column_is_on_the_page(wizard: Wizard, app: Flask) -> None:
    text = "code,name,rating,since,weight,reduction,grower\nG1,Ada,A,2026-01-01,1,1,1\n"
    browser = signed_in(app, wizard.host, "admin")
    ident = wizard.begin("depot.growers", text)

    page = browser.get(f"/imports/{ident}").text

    for name in ("default.0", "dates.3", "number.0", "fraction.0", "codes.2.fine", "null"):
        assert f'name="{name}"' in page
    for name in ("key", "existing", "repeated", "constant_field", "constant_value"):
        assert f'name="{name}"' in page


def test_codes_numbers_fractions_and_words_for_nothing_become_a_mapping() -> None:
    before = {"fields": {"rating": {"column": "how", "choices": {"x": "gone"}}}}

    found = chosen(
        before=before,
        to_2="rating",
        **{"codes_2.fine": "1， A、甲", "codes_2.plain": "2"},
        to_4="acres",
        number_4=".'",
        fraction_4="1",
        to_3="since",
        dates_3="roc | %d.%m.%Y",
        null="NULL, N/A",
    )

    assert found["fields"] == {
        "rating": {
            "column": "how",
            "choices": {"x": "gone", "1": "fine", "A": "fine", "甲": "fine", "2": "plain"},
        },
        "acres": {"column": "size", "decimal": ".", "thousands": "'", "fraction": True},
        "since": {"column": "since", "dates": ["roc", "%d.%m.%Y"]},
    }
    assert found["null"] == ["NULL", "N/A"]


def test_codes_of_another_field_are_let_go() -> None:
    before = {"fields": {"rating": {"column": "how", "choices": {"1": "fine"}}}}

    found = chosen(before=before, to_2="name", **{"codes_2.fine": "1"})

    assert found["fields"] == {"name": {"column": "how"}}


def test_a_file_with_codes_of_its_own_is_read_by_them(wizard: Wizard) -> None:
    fields = {"code": "code", "name": "name"}
    rating = {"column": "how", "choices": {"1": "fine"}}
    mapping = {"resource": "depot.growers", "null": ["-"], "fields": {**fields, "rating": rating}}

    ident = wizard.through(
        "depot.growers",
        "code,name,how\nG1,Ada,1\nG2,Ben,7\nG3,Cleo,-\n",
        mapping=mapping,
        only_good=True,
    )

    assert wizard.growers() == {"G1": "Ada", "G3": "Cleo"}
    assert [one.reason["en"] for one in wizard.problems(ident)] == ["“7” is none of: 1."]


@pytest.fixture
def kept(wizard: Wizard) -> int:
    """A mapping that the administrator keeps, and shares."""
    ident = wizard.begin("depot.growers", "x,y\nG1,Ada\n")
    with wizard.working():
        steps.match(held(ident), {"fields": {"code": "x", "name": "y"}})
        user = current().user
        found = [
            keep_mapping(held(ident), name="From X", shared=shared, by=user)
            for shared in (False, True)
        ]
        current().session.flush()
        assert found[0].id == found[1].id, "one's own of that name is written anew"
        return found[0].id


def test_a_kept_mapping_is_removed_by_whoever_keeps_it(
    wizard: Wizard, app: Flask, kept: int
) -> None:
    browser = signed_in(app, wizard.host, "admin")
    place, form = "/imports/new?resource=depot.growers", {"resource": "depot.growers"}
    assert f"/imports/mappings/{kept}/drop" in browser.get(place).text
    toml = browser.get(f"/imports/mappings/{kept}.toml?resource=depot.growers").text
    assert 'code = "x"' in toml

    assert browser.post(f"/imports/mappings/{kept}/drop", data=form).status_code == 303

    assert "From X" not in browser.get(place).text
    assert browser.post(f"/imports/mappings/{kept}/drop", data=form).status_code == 404


def test_others_use_a_shared_mapping_and_only_administrators_remove_it(
    wizard: Wizard, app: Flask, kept: int
) -> None:
    make_administrator(wizard.host, "second", company="TW01")
    second = Wizard(wizard.host, wizard.company, by="second")
    with second.working(), pytest.raises(Forbidden):
        mapping = current().session.get_one(KeptMapping, kept)
        drop_mapping(mapping, by=current().user, administers=False)

    browser = signed_in(app, wizard.host, "second", language="en")
    assert "From X (shared by admin)" in browser.get("/imports/new?resource=depot.growers").text
    place, form = f"/imports/mappings/{kept}/drop", {"resource": "depot.growers"}
    assert browser.post(place, data=form).status_code == 303


@pytest.mark.parametrize(
    ("resource", "header", "field", "by"),
    [
        ("depot.growers", "Grower code", "code", None),
        ("depot.crates", "Grower code", "grower", "code"),
        ("depot.crates", "Grower", "grower", None),
        ("depot.crates", "grower_id", "grower", "id"),
        ("depot.crates", "growerID", "grower", None),
        ("depot.crates", "ＲＥＦＥＲＥＮＣＥ", "reference", None),
        ("depot.growers", "Grower number", "code", None),
        ("depot.growers", "編號", "code", None),
        ("depot.crates", "GrowerNumber", "grower", "code"),
    ],
)
def test_a_column_is_known_by_what_it_belongs_to_as_well(
    wizard: Wizard, resource: str, header: str, field: str, by: str | None
) -> None:
    ident = wizard.begin(resource, f"{header}\n1\n")

    fields = (wizard.kept(ident).mapping or {})["fields"]

    assert fields == {field: {"column": header} | ({"by": by} if by else {})}


def test_columns_of_lines_are_matched_where_none_of_the_document_is(wizard: Wizard) -> None:
    ident = wizard.begin("depot.crates", "x,fruit\n1,Apple\n")

    mapping = wizard.kept(ident).mapping or {}

    assert mapping["lines"] == {"lines": {"fields": {"fruit": {"column": "fruit"}}}}
    with wizard.working(), pytest.raises(ColumnsAreUnmatched):
        steps.check(held(ident))
