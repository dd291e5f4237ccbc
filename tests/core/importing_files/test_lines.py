"""Documents with lines, templates that are read back, mappings as files, and what is let go."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bumen.exchange import mapping_from, read_table
from bumen.exchange.guessing import guessed
from bumen.importing import steps
from bumen.importing.blank import write_blank
from bumen.importing.keeping import as_toml
from bumen.importing.tidying import TIDY
from bumen.imports import Import, Stage
from bumen.jobs import start
from bumen.unit_of_work import moment, session
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard
from tests.plugins.depot.models import Crate, CrateLine

GROWERS = "code,name\nG1,Ada\n"
LINES = """reference,grower,fruit,pieces,price
C1,G1,Apple,3,1.50
C1,G1,Pear,2,2
C2,G1,Plum,9,0.1
"""
AGAIN = """reference,grower,fruit,pieces,price
C1,G1,Quince,1,9
"""


def lines(wizard: Wizard) -> list[tuple[str, str, int]]:
    """Return what is in which crate."""
    query = select(Crate.reference, CrateLine.fruit, CrateLine.pieces).join(CrateLine.crate)
    with wizard.host.unit_of_work(company="TW01"):
        return sorted(tuple(row) for row in session().execute(query))


def test_rows_that_agree_make_one_record_with_lines(wizard: Wizard) -> None:
    wizard.through("depot.growers", GROWERS)

    ident = wizard.through("depot.crates", LINES)

    assert (wizard.counts(ident)[0], wizard.kept(ident).lines) == (2, 3)
    assert lines(wizard) == [("C1", "Apple", 3), ("C1", "Pear", 2), ("C2", "Plum", 9)]
    wizard.do(steps.undo, ident)
    assert lines(wizard) == []


def test_lines_that_an_import_replaced_are_put_back(wizard: Wizard) -> None:
    wizard.through("depot.growers", GROWERS)
    wizard.through("depot.crates", LINES)
    before = lines(wizard)
    mapping = dict(wizard.kept(2).mapping or {}, key=["reference"], existing="update")
    ident = wizard.through("depot.crates", AGAIN, mapping=mapping)
    assert ("C1", "Quince", 1) in lines(wizard)

    wizard.do(steps.undo, ident)

    assert wizard.kept(ident).stage is Stage.UNDONE
    assert lines(wizard) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("key", ["depot.growers", "depot.crates"])
def test_every_heading_of_a_template_is_recognised(
    wizard: Wizard, tmp_path: Path, kind: str, key: str
) -> None:
    resource, content = wizard.host.registry.resources[key], BytesIO()
    with wizard.host.unit_of_work(company="TW01", by="admin"):
        write_blank(resource, kind, content)
    path = tmp_path / f"template.{kind}"
    path.write_bytes(content.getvalue())

    table = read_table(path)
    found = guessed(resource, table) or {}

    matched = list(found["fields"]) + list(
        found.get("lines", {}).get("lines", {}).get("fields", ())
    )
    written = [name for name in resource.written() if name != "secret"]
    of_lines = [name for one in resource.lines for name in one.fields]
    assert sorted(matched) == sorted([*written, *of_lines])
    assert len(table.header) == len(matched)


def test_a_mapping_is_the_same_after_it_was_a_file() -> None:
    content = {
        "resource": "depot.crates",
        "null": ["NULL", ""],
        "key": ["reference"],
        "existing": "skip",
        "group_by": ['say "when"'],
        "fields": {
            "reference": {"column": "編號\t\\"},
            "weight": {"column": "w", "decimal": ",", "default": 1.5},
            "fragile": {"column": "f", "choices": {"1": True, "no way": False}},
        },
        "lines": {"lines": {"fields": {"fruit": {"constant": "Apple"}}}},
    }

    again = tomllib.loads(as_toml(content))

    assert again == content
    assert mapping_from(again, name="a") == mapping_from(content, name="a")


def test_files_are_let_go_after_a_week_and_unfinished_imports_with_them(wizard: Wizard) -> None:
    done, begun = wizard.through("depot.growers", GROWERS), wizard.begin("depot.growers", GROWERS)
    with wizard.host.unit_of_work(company="TW01") as unit:
        unit.session.execute(update(Import).values(created_at=moment() - timedelta(days=8)))
    fresh = wizard.begin("depot.growers", GROWERS)
    with wizard.host.unit_of_work(company="TW01"):
        start(TIDY)
    work_off(wizard.host)

    with wizard.host.unit_of_work(company="TW01"):
        left = list(session().scalars(select(Import.id)))
    assert begun not in left
    assert sorted(left) == [done, fresh]
    assert wizard.kept(done).stored_as is None
    assert list(wizard.host.departments.files.names()) == [wizard.kept(fresh).stored_as]
