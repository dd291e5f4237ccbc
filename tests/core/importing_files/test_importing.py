"""Imports by people: upload, check in the background, import all or the good rows, undo."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bumen.documents.history import HistoryEntry
from bumen.errors import Conflict
from bumen.exchange.errors import MislabelledFile
from bumen.importing import steps
from bumen.importing.errors import SomeRowsAreBad
from bumen.imports import Stage
from bumen.unit_of_work import session
from tests.core.importing_files.conftest import Wizard
from tests.plugins.depot.models import Grower

GOOD = "code,name\nG1,Ada\nG2,Ben\n"
MIXED = "code,name\nG1,Ada\nG2,\nG3,Cleo\n"


def test_a_check_keeps_nothing_and_tells_what_would_come_of_it(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", MIXED)

    wizard.do(steps.check, ident)

    kept = wizard.kept(ident)
    assert (kept.stage, kept.rows, wizard.counts(ident)) == (Stage.CHECKED, 3, (2, 0, 0, 1))
    assert [(one.row, one.column) for one in wizard.problems(ident)] == [(3, "name")]
    assert wizard.growers() == {}


def test_a_good_file_is_imported_as_a_whole(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", GOOD)

    assert (wizard.kept(ident).stage, wizard.counts(ident)) == (Stage.DONE, (2, 0, 0, 0))
    assert wizard.growers() == {"G1": "Ada", "G2": "Ben"}


def test_a_file_with_bad_rows_is_not_imported_as_a_whole(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", MIXED)
    wizard.do(steps.check, ident)

    with pytest.raises(SomeRowsAreBad):
        wizard.do(steps.take, ident, only_good=False)


def test_the_good_rows_of_a_file_are_imported(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", MIXED, only_good=True)

    assert (wizard.kept(ident).stage, wizard.counts(ident)) == (Stage.DONE, (2, 0, 0, 1))
    assert wizard.growers() == {"G1": "Ada", "G3": "Cleo"}


def test_what_turned_bad_since_the_check_undoes_the_whole(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", GOOD)
    wizard.do(steps.check, ident)
    wizard.through("depot.growers", "code,name\nG2,Zoe\n")

    wizard.do(steps.take, ident, only_good=False)

    assert wizard.kept(ident).stage is Stage.REFUSED
    assert [one.row for one in wizard.problems(ident)] == [3]
    assert wizard.growers() == {"G2": "Zoe"}


def test_what_is_no_table_is_refused_at_once(wizard: Wizard) -> None:
    with pytest.raises(MislabelledFile):
        wizard.begin("depot.growers", GOOD, name="table.xlsx")


def test_an_import_is_undone(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", GOOD)

    wizard.do(steps.undo, ident)

    assert wizard.kept(ident).stage is Stage.UNDONE
    assert wizard.growers() == {}
    with wizard.host.unit_of_work(company="TW01"):
        told = select(HistoryEntry.way).where(HistoryEntry.resource == "depot.growers")
        ways = list(session().scalars(told.order_by(HistoryEntry.number)))
    assert ways == ["import", "import", "undo", "undo"]


def test_what_an_import_changed_is_put_back(wizard: Wizard) -> None:
    wizard.through("depot.growers", GOOD)
    mapping = {
        "resource": "depot.growers",
        "key": ["code"],
        "existing": "update",
        "fields": {"code": "code", "name": "name"},
    }
    ident = wizard.through("depot.growers", "code,name\nG1,Eve\nG9,Ivy\n", mapping=mapping)
    assert wizard.growers() == {"G1": "Eve", "G2": "Ben", "G9": "Ivy"}

    wizard.do(steps.undo, ident)

    assert wizard.growers() == {"G1": "Ada", "G2": "Ben"}


def test_what_was_changed_since_keeps_an_import_from_being_undone(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", GOOD)
    with wizard.host.unit_of_work(company="TW01", by="admin"):
        session().scalars(select(Grower).where(Grower.code == "G2")).one().name = "Bea"

    wizard.do(steps.undo, ident)

    assert wizard.kept(ident).stage is Stage.DONE
    assert wizard.growers() == {"G1": "Ada", "G2": "Bea"}
    reasons = [one.reason["en"] for one in wizard.problems(ident, of_undoing=True)]
    assert reasons == ["It has been changed since it was imported."]


def test_what_is_referred_to_keeps_an_import_from_being_undone(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", GOOD)
    wizard.through("depot.crates", "reference,grower\nC1,G1\n")

    wizard.do(steps.undo, ident)

    assert wizard.kept(ident).stage is Stage.DONE
    assert len(wizard.problems(ident, of_undoing=True)) == 1
    assert wizard.growers() == {"G1": "Ada", "G2": "Ben"}


def test_a_step_is_not_taken_twice(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", GOOD)

    with pytest.raises(Conflict):
        wizard.do(steps.take, ident, only_good=False)
