"""Checks and references change on tables that have rows, and no table is rebuilt for them."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bumen.database import Database
from bumen.migrations import RowsBreakRules, drift, pending, revise, upgrade
from bumen.migrations.branches import branch_of
from bumen.migrations.constraining import without_and_with
from tests.core import parcels

FOUND = parcels.FIRST.replace("    LOST =", """    FOUND = "found", _("Found")\n    LOST =""")
BOUND = FOUND.replace(
    "    stage: Mapped",
    """    bound: Mapped[Depot | None] = belongs_to(Depot, label=_("Bound for"))
    boxes: Mapped[int | None] = field(label=_("Boxes"), minimum=0)
    stage: Mapped""",
)
NO_LOST = parcels.FIRST.replace("""    LOST = "lost", _("Lost")\n""", "")
ROWS = f"{parcels.ROWS}; UPDATE parcels_depot SET busiest_id = 1"
NUMBERS = "SELECT number FROM parcels_parcel"
GUARD = """CREATE TRIGGER parcels_stay BEFORE DELETE ON parcels_parcel
    WHEN OLD.number = 'P1' BEGIN SELECT RAISE(ABORT, 'P1 stays'); END"""


@pytest.fixture
def filled(empty: Database, package: Path) -> Database:
    """A database with a parcel that its depot refers to, at the first revision."""
    registry = parcels.load(package, parcels.FIRST)
    revise("parcels", "The first parcels", registry)
    upgrade(empty, registry)
    parcels.run(empty, ROWS)
    return empty


def test_a_choice_that_is_added_needs_no_rebuilt_table(filled: Database, package: Path) -> None:
    registry = parcels.load(package, FOUND)
    written = revise("parcels", "Parcels are found again", registry).read_text()

    upgrade(filled, registry)

    assert "op.change_constraints(" in written
    assert "batch_alter_table" not in written
    assert drift(filled, registry, "parcels") == []
    parcels.run(filled, "UPDATE parcels_parcel SET stage = 'found'")
    _refuses(filled, "UPDATE parcels_parcel SET stage = 'eaten'")


def test_rows_that_refer_to_a_changed_table_survive(filled: Database, package: Path) -> None:
    registry = parcels.load(package, FOUND)
    revise("parcels", "Parcels are found again", registry)

    upgrade(filled, registry)

    assert parcels.rows(filled, "SELECT busiest_id FROM parcels_depot") == [(1,)]
    _refuses(filled, "DELETE FROM parcels_parcel")


def test_a_reference_can_be_added_to_a_table_with_rows(filled: Database, package: Path) -> None:
    registry = parcels.load(package, BOUND)
    written = revise("parcels", "Parcels are bound for a depot", registry).read_text()

    upgrade(filled, registry)

    assert "batch_alter_table" not in written
    assert drift(filled, registry, "parcels") == []
    parcels.run(filled, "UPDATE parcels_parcel SET bound_id = 1, boxes = 0")
    _refuses(filled, "UPDATE parcels_parcel SET bound_id = 2")
    _refuses(filled, "UPDATE parcels_parcel SET boxes = -1")


def test_what_was_changed_is_undone_step_by_step(filled: Database, package: Path) -> None:
    registry = parcels.load(package, BOUND)
    revise("parcels", "Parcels are bound for a depot", registry)
    upgrade(filled, registry)

    parcels.go_back(filled, branch_of(registry, "parcels"), to="0001")

    assert drift(filled, parcels.load(package, parcels.FIRST), "parcels") == []
    assert parcels.rows(filled, NUMBERS) == [("P1",)]


def test_tables_that_refer_to_each_other_are_taken_down(filled: Database, package: Path) -> None:
    registry = parcels.load(package, parcels.FIRST)
    parcels.run(filled, "UPDATE parcels_depot SET busiest_id = NULL")

    parcels.go_back(filled, branch_of(registry, "parcels"), to="base")

    assert not {table for table in parcels.tables(filled) if table.startswith("parcels_")}


def test_rows_that_break_a_new_rule_stop_the_upgrade(filled: Database, package: Path) -> None:
    parcels.run(filled, "UPDATE parcels_parcel SET stage = 'lost'")
    registry = parcels.load(package, NO_LOST)
    revise("parcels", "Parcels are never lost", registry)

    with pytest.raises((RowsBreakRules, IntegrityError)):
        upgrade(filled, registry)

    assert pending(filled, registry) == {"parcels": ["0002"]}
    parcels.run(filled, "UPDATE parcels_parcel SET stage = 'posted'")
    parcels.run(filled, "UPDATE parcels_parcel SET stage = 'lost'")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_table_that_was_made_otherwise_is_rebuilt_with_its_guards(
    filled: Database, package: Path
) -> None:
    with filled.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (stage', 'CHECK ( stage')"
        )
    filled.engine.dispose()
    with filled.engine.begin() as connection:
        connection.exec_driver_sql(GUARD)
    registry = parcels.load(package, FOUND)
    revise("parcels", "Parcels are found again", registry)

    upgrade(filled, registry)

    assert drift(filled, registry, "parcels") == []
    assert parcels.rows(filled, "SELECT busiest_id FROM parcels_depot") == [(1,)]
    with pytest.raises(IntegrityError, match="P1 stays"):
        parcels.run(
            filled, "UPDATE parcels_depot SET busiest_id = NULL; DELETE FROM parcels_parcel"
        )


@pytest.mark.parametrize(
    ("stored", "changed"),
    [
        ("CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0))", "CREATE TABLE t (a, \n\tNEW\n)"),
        ("CREATE TABLE t (a,\n\tCONSTRAINT c CHECK (a > 0)\n)\n", "CREATE TABLE t (a, \n\tNEW\n)"),
        (
            "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0), UNIQUE (a))",
            "CREATE TABLE t (a, UNIQUE (a), \n\tNEW\n)",
        ),
        ("CREATE TABLE t (a, CONSTRAINT c CHECK (a >  0))", None),
        ("CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0), CONSTRAINT c CHECK (a > 0))", None),
        ("CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0)) STRICT", None),
    ],
)
def test_a_stored_text_is_changed_only_where_it_is_as_expected(
    stored: str, changed: str | None
) -> None:
    assert without_and_with(stored, gone=["CONSTRAINT c CHECK (a > 0)"], new=["NEW"]) == changed


def _refuses(database: Database, statement: str) -> None:
    with pytest.raises(IntegrityError):
        parcels.run(database, statement)
