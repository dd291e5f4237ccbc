"""A mapping says what to do with a file, and every mistake in it is named with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.exchange import mapping_from, read_mapping
from bumen.exchange.errors import FileIsMissing, MappingIsWrong
from bumen.exchange.mapping import Existing
from bumen.host import Host
from bumen.registry import Candidate
from tests.core.importing import DEPOT, Importing, told
from tests.plugins.depot.models import Crate, Grower, Rating


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The depot alone."""
    return DEPOT


@pytest.fixture
def importing(host: Host, company: CurrentCompany, tmp_path: Path) -> Importing:
    """Files imported into TW01."""
    return Importing(host, tmp_path)


def mistakes(refusal: pytest.ExceptionInfo[MappingIsWrong]) -> dict[str, list[str]]:
    """Return what is wrong, by place."""
    return {place: [str(text) for text in texts] for place, texts in refusal.value.fields.items()}


def test_a_mapping_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "growers.toml"
    path.write_text(
        'resource = "depot.growers"\nnull = ["-"]\nkey = "code"\nexisting = "skip"\n'
        '[fields]\ncode = "Nr"\nacres = {column = "ha", decimal = ","}\n',
        encoding="utf-8-sig",
    )

    mapping = read_mapping(path)

    assert (mapping.resource, mapping.key, mapping.existing) == (
        "depot.growers",
        ("code",),
        Existing.SKIP,
    )
    assert mapping.null == {"", "-"}
    assert [(one.target, one.column, one.thousands) for one in mapping.fields] == [
        ("code", "Nr", ","),
        ("acres", "ha", "."),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("resource = ", "end of document"), ("\n\na = 1\na = 2\n", "line 4"), ("\ud7ff", "line 1")],
)
def test_a_file_that_is_no_toml_is_refused_with_the_line(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(MappingIsWrong, match=said):
        read_mapping(path)


def test_a_missing_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileIsMissing):
        read_mapping(tmp_path / "nothing.toml")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "resource": ({"resource": None}, "This setting is missing."),
    "existing": ({"existing": "replace"}, "This must be one of: “skip”, “update”, “refuse”."),
    "null": ({"null": [1]}, 'This must be a list of texts, such as ["a", "b"].'),
    "encoding": ({"encoding": 5}, "This must be a text in quotation marks."),
    "fields": ({"fields": "all"}, 'This must be a table, such as {"a" = "b"}.'),
    "fields.name": ({"fields": {"name": 5}}, 'This must be a table, such as {"a" = "b"}.'),
    "fields.a": (
        {"fields": {"a": {"column": "x", "constant": 1}}},
        "Say exactly one of “column”, “template” and “constant”.",
    ),
    "fields.a.fraction": (
        {"fields": {"a": {"column": "x", "fraction": 1}}},
        "This must be true or false.",
    ),
    "fields.a.constant": (
        {"fields": {"a": {"constant": [1]}}},
        "This must be a text, a number, or true or false.",
    ),
    "fields.a.thousands": (
        {"fields": {"a": {"column": "x", "thousands": "."}}},
        "This cannot be the decimal sign as well.",
    ),
    "fields.a.dates": (
        {"fields": {"a": {"column": "x", "dates": ["%d.%m"]}}},
        "“%d.%m” is no format of dates. Say “iso”, “roc”, or one such as “%d.%m.%Y”.",
    ),
    "fields.a.choices": (
        {"fields": {"a": {"column": "x", "choices": {"1": []}}}},
        'This must be a table, such as {"a" = "b"}.',
    ),
    "lines.lines.file": (
        {"lines": {"lines": {"file": "../x.csv", "match": {"a": "a"}, "fields": {"a": "b"}}}},
        "Name a file that lies beside the first one, without a folder.",
    ),
    "lines.lines.match": (
        {"lines": {"lines": {"file": "x.csv", "fields": {"a": "b"}}}},
        "A second file needs “match”, and only a second file does.",
    ),
    "lines.lines.fields": (
        {"lines": {"lines": {}}},
        "Say here which column becomes which field.",
    ),
}


@pytest.mark.parametrize("place", WRONG)
def test_a_mistake_is_named_with_its_place(place: str) -> None:
    change, said = WRONG[place]
    content = {"resource": "depot.growers", "fields": {"code": "code"}} | change
    written = {key: value for key, value in content.items() if value is not None}

    with pytest.raises(MappingIsWrong) as refusal:
        mapping_from(written, name="map.toml")
    assert mistakes(refusal) == {place: [said]}


def test_all_mistakes_are_told_at_once_and_unknown_settings_are_mistakes() -> None:
    content = {"resource": 1, "feilds": {}, "fields": {"a": {"column": "x", "formats": "iso"}}}

    with pytest.raises(MappingIsWrong) as refusal:
        mapping_from(content, name="map.toml")
    assert sorted(mistakes(refusal)) == ["feilds", "fields.a.formats", "resource"]
    assert str(refusal.value).startswith("The mapping map.toml has mistakes.\n")


ILL_FITTING = """
key = ["nane"]
group_by = "x"
[fields]
code = "Code"
nmae = "name"
id = "code"
name = {column = "name", by = "code"}
since = {constant = "never"}
rating = {constant = "good"}
acres = {column = "name", fraction = true, dates = ["iso"]}
chief_id = {column = "chief", resource = "depot.crates", by = "secret"}
[lines.lines.fields]
fruit = "name"
"""


def test_what_the_resource_or_the_file_does_not_have_is_named(importing: Importing) -> None:
    with pytest.raises(MappingIsWrong) as refusal:
        importing.take("depot.growers", "code,name,chief\n", ILL_FITTING)

    found = mistakes(refusal)
    said = "table.csv has no column “Code”. Its columns are: code, name, chief."
    assert found["fields.code"] == [said]
    assert found["fields.nmae"] == ["There is no “nmae” here. Is “name” meant?"]
    assert found["fields.since"] == ["“never” is not a date that can be read."]
    assert found["fields.rating"] == ["“good” is none of: fine, plain."]
    settings = ["acres.dates", "acres.fraction", "chief_id.by", "chief_id.resource", "name.by"]
    fields = ["code", "id", "nmae", "rating", "since", *settings]
    wrong = [*(f"fields.{name}" for name in fields), "group_by", "key", "lines.lines"]
    assert sorted(found) == sorted(wrong)


def test_a_mapping_for_something_else_is_refused(importing: Importing) -> None:
    mapping = mapping_from(
        {"resource": "depot.crates", "fields": {"reference": "r"}}, name="map.toml"
    )

    with pytest.raises(MappingIsWrong) as refusal:
        importing.take("depot.growers", "r\n1\n", written=mapping)
    assert mistakes(refusal) == {"resource": ["This is a mapping for “depot.crates”."]}


def test_skipping_needs_a_key(importing: Importing) -> None:
    with pytest.raises(MappingIsWrong) as refusal:
        importing.take(
            "depot.growers", "code,name\n", 'existing = "skip"\n[fields]\ncode = "code"\n'
        )
    assert list(mistakes(refusal)) == ["key"]


def test_columns_are_joined_replaced_and_filled_up(importing: Importing) -> None:
    report = importing.take(
        "depot.growers",
        "nr,first,last,town,quality\n1,Ann,Lee,York,1\n2,,Bob,,2\n3,Cat,,Rome,NULL\n",
        'null = ["NULL"]\n[fields]\ncode = {template = "G-{nr}"}\n'
        'name = {template = "{first} {last}, {town}"}\nacres = {constant = 3}\n'
        'rating = {column = "quality", choices = {1 = "fine", 2 = "plain"}, default = "plain"}\n'
        'since = {column = "first", choices = {Ann = "2020-01-31", Cat = "115/11/21"}}\n',
    )

    assert told(report) == []
    with importing.host.unit_of_work(company="TW01"):
        found = session().scalars(select(Grower).order_by(Grower.code)).all()
        assert [(one.code, one.name, one.acres, one.rating, str(one.since)) for one in found] == [
            ("G-1", "Ann Lee, York", 3, Rating.FINE, "2020-01-31"),
            ("G-2", "Bob", 3, Rating.PLAIN, "None"),
            ("G-3", "Cat, Rome", 3, Rating.PLAIN, "2026-11-21"),
        ]


def test_truths_are_read_in_three_languages(importing: Importing) -> None:
    importing.take("depot.growers", "code,name\nA,Ann\n")
    words = ["yes", "No", "TRUE", "0", "是", "否", ""]
    text = "".join(f"{number},A,{word}\n" for number, word in enumerate(words))

    report = importing.take(
        "depot.crates", f"reference,grower,fragile\n{text}X,A,perhaps\n", only_good=True
    )

    assert told(report) == [(9, "Fragile", "fragile", "“perhaps” is neither yes nor no.")]
    with importing.host.unit_of_work(company="TW01"):
        found = session().scalars(select(Crate.fragile).order_by(Crate.reference)).all()
        assert found == [True, False, True, False, True, False, False]
