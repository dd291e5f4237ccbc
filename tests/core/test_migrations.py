"""Revisions run once, wherever they are started, and make what the models say."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

import bumen
from bumen.database import Database
from bumen.migrations import (
    DatabaseIsNewer,
    ReferencesAreBroken,
    drift,
    pending,
    revise,
    upgrade,
)
from bumen.migrations.branches import host_branch
from bumen.places import host_folder
from bumen.registry import Registry
from tests.core import parcels

AS_IT_WAS_GUARDED = """
    CREATE FUNCTION core_regulation_clause_no_update() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RETURN NEW; END'
"""
"""Before one function did for all, each table and deed had one of its own."""
FUNCTIONS = "SELECT proname FROM pg_proc WHERE proname LIKE 'core_regulation%'"


@pytest.fixture
def bare_host() -> Registry:
    return Registry.load([])


def test_an_empty_database_gets_the_tables_of_the_host(
    empty: Database, bare_host: Registry
) -> None:
    applied = upgrade(empty, bare_host)

    assert [one.plugin for one in applied] == ["core"] * len(applied)
    assert drift(empty, bare_host, "core") == []


def test_whoever_compares_tables_has_all_models_of_the_host_loaded() -> None:
    sources = (path.read_text() for path in Path(bumen.__file__).parent.rglob("*.py"))
    named = {
        table for source in sources for table in re.findall(r'__tablename__ = "(core_\w+)"', source)
    }

    program = "from bumen.migrations.host_tables import metadata; print(*metadata.tables)"
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True).split()

    assert {table for table in loaded if table.startswith("core_")} == named


def test_what_waits_for_a_mail_or_is_late_has_an_index_of_its_own(
    empty: Database, bare_host: Registry
) -> None:
    upgrade(empty, bare_host)

    for table, name in (
        ("core_notice", "ix_core_notice_unmailed"),
        ("core_approval_request", "ix_core_approval_request_late"),
    ):
        [index] = [one for one in inspect(empty.engine).get_indexes(table) if one["name"] == name]
        assert index["dialect_options"][f"{empty.engine.dialect.name}_where"] is not None


def test_a_second_upgrade_finds_nothing_to_do(empty: Database, bare_host: Registry) -> None:
    upgrade(empty, bare_host)

    assert upgrade(empty, bare_host) == []
    assert pending(empty, bare_host) == {}


def test_what_is_behind_is_named_before_it_is_upgraded(
    empty: Database, bare_host: Registry
) -> None:
    behind = pending(empty, bare_host)

    applied = upgrade(empty, bare_host)

    assert behind == {"core": [one.revision for one in applied]}


def test_two_processes_that_upgrade_an_empty_database_share_the_work(
    empty_database: str, bare_host: Registry
) -> None:
    program = textwrap.dedent(f"""
        from bumen.database import Database
        from bumen.migrations import upgrade
        from bumen.registry import Registry
        registry = Registry.load([])
        print("ready", flush=True)
        input()
        print(len(upgrade(Database({empty_database!r}), registry)))
    """)
    processes = [_ready(program), _ready(program)]

    said = _let_go(processes)

    assert sorted(said) == ["0", str(len(_host_revisions()))]


def test_a_plugin_that_was_taken_away_is_skipped_and_keeps_its_tables(
    empty: Database, package: Path, bare_host: Registry
) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)
    upgrade(empty, registry)

    assert upgrade(empty, bare_host) == []
    assert pending(empty, bare_host) == {}
    assert "parcels_parcel" in parcels.tables(empty)


def test_only_the_named_plugins_are_upgraded(empty: Database, package: Path) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)

    upgrade(empty, registry, plugins=[])

    assert pending(empty, registry) == {"parcels": ["0001"]}


def test_a_database_that_is_ahead_of_the_code_is_not_touched_but_served(
    empty: Database, package: Path
) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)
    upgrade(empty, registry)
    parcels.run(empty, "UPDATE alembic_version_parcels SET version_num = '0007'")

    with pytest.raises(DatabaseIsNewer, match="0007"):
        upgrade(empty, registry)
    assert pending(empty, registry) == {}


def test_a_revision_that_fails_half_way_leaves_nothing_behind(
    empty: Database, package: Path
) -> None:
    registry = parcels.load(package, parcels.FIRST)
    written = revise("parcels", "The first parcels", registry)
    written.write_text(
        written.read_text().replace("\n\ndef downgrade", "    1 / 0\n\n\ndef downgrade")
    )

    with pytest.raises(ZeroDivisionError):
        upgrade(empty, registry)

    assert not {table for table in parcels.tables(empty) if table.startswith("parcels_")}
    assert "parcels" in pending(empty, registry)


def test_later_revisions_stand_before_one_that_fails_where_each_commits_by_itself(
    empty: Database, package: Path
) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)
    upgrade(empty, registry)
    revise("parcels", "All is well", registry, empty=True)
    written = revise("parcels", "All is not well", registry, empty=True)
    written.write_text(written.read_text().replace("pass", "1 / 0"))

    with pytest.raises(ZeroDivisionError):
        upgrade(empty, registry)

    together = empty.engine.dialect.name == "sqlite"
    assert pending(empty, registry) == {"parcels": ["0002", "0003"] if together else ["0003"]}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_revision_after_which_references_lead_nowhere_is_refused(
    empty: Database, package: Path
) -> None:
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)
    upgrade(empty, registry)
    parcels.run(empty, parcels.ROWS)
    written = revise("parcels", "Depots are closed", registry, empty=True)
    written.write_text(
        written.read_text().replace("pass", 'op.execute("DELETE FROM parcels_depot")')
    )

    with pytest.raises(ReferencesAreBroken, match="parcels_parcel"):
        upgrade(empty, registry)

    assert parcels.rows(empty, "SELECT code FROM parcels_depot") == [("N",)]


def test_the_host_goes_back_before_regulations_and_comes_again(
    empty: Database, bare_host: Registry
) -> None:
    upgrade(empty, bare_host)
    if empty.engine.dialect.name == "postgresql":
        with empty.engine.begin() as connection:
            connection.execute(text(AS_IT_WAS_GUARDED))

    parcels.go_back(empty, host_branch(), to="0009")

    assert not {table for table in parcels.tables(empty) if table.startswith("core_regulation")}
    if empty.engine.dialect.name == "postgresql":
        assert parcels.rows(empty, FUNCTIONS) == []
    upgrade(empty, bare_host)
    assert drift(empty, bare_host, "core") == []


@pytest.mark.parametrize("to", ["0012", "0011"])
def test_the_host_goes_back_before_departments_and_invitations_and_comes_again(
    empty: Database, bare_host: Registry, to: str
) -> None:
    upgrade(empty, bare_host)

    parcels.go_back(empty, host_branch(), to=to)

    assert ("core_invitation" in parcels.tables(empty)) == (to == "0012")
    columns = {one["name"] for one in inspect(empty.engine).get_columns("core_approval_rule")}
    assert not columns & {"department_id", "region_id"}
    upgrade(empty, bare_host)
    assert drift(empty, bare_host, "core") == []


def test_drift_names_what_is_in_no_model(empty: Database, bare_host: Registry) -> None:
    upgrade(empty, bare_host)
    parcels.run(empty, "CREATE TABLE core_forgotten (id INTEGER); DROP TABLE core_outbox")

    assert drift(empty, bare_host, "core") == [
        "core_forgotten: in no model",
        "core_outbox: missing in the database",
    ]


def _host_revisions() -> list[Path]:
    return list((host_folder("migrations") / "versions").glob("*.py"))


def _ready(program: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _let_go(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]
