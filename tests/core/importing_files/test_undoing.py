"""Undoing an import: nothing while anything depends on it, then piece by piece, and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from math import inf
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bumen.database import only_reading
from bumen.documents.activities import give_activity
from bumen.documents.attachments import attach_file
from bumen.documents.discussion import comment_on
from bumen.documents.tags import tag_record
from bumen.importing import steps
from bumen.importing.undoing import AT_ONCE
from bumen.imports import Import, ImportedRecord, Stage
from bumen.jobs import JobRun, RunState, cancel, retry
from bumen.jobs import run as running
from bumen.model import EVERYTHING
from bumen.model.accounts import User
from bumen.unit_of_work import current, session
from bumen.worker import work_off, work_on
from tests.core.attached import TEXT
from tests.core.importing_files.conftest import Wizard, held
from tests.core.importing_files.test_departments import log_of, run_of
from tests.core.importing_files.test_lines import lines
from tests.core.talks import NOON
from tests.core.web.conftest import statements
from tests.plugins.depot import Growers
from tests.plugins.depot.models import Grower

__all__ = ["statements"]

NAMES = {"fields": {"code": "code", "name": "name"}}
UPDATE = {"key": ["code"], "existing": "update", "fields": {"code": "code", "name": "name"}}


def growers(count: int, *, first: int = 1) -> str:
    """Return a file of so many growers, each but the first working for the one before."""
    rows = [
        f"G{number:05},Grower {number},{f'G{number - 1:05}' if number > first else ''}"
        for number in range(first, first + count)
    ]
    return "\n".join(["code,name,chief", *rows])


def begun(wizard: Wizard, ident: int) -> int:
    """Begin to undo an import; return the run's id."""
    with wizard.working():
        return steps.undo(held(ident)).id


def left(wizard: Wizard, ident: int) -> int:
    """Return how many records are still noted as imported."""
    count = select(func.count(ImportedRecord.id)).where(ImportedRecord.import_id == ident)
    with wizard.host.unit_of_work(company="TW01"):
        return session().scalar(count) or 0


def broken_off(wizard: Wizard, ident: int) -> int:
    """Undo an import until the first piece is back, and cancel it there; return the run's id."""
    run_id = begun(wizard, ident)

    def stops() -> bool:
        with only_reading(), wizard.host.database.wide_session() as wide:
            return bool(wide.get_one(Import, ident).undone)

    work_on(wizard.host, run_id, worker="here", stopping=stops)
    with wizard.working():
        cancel(session().get_one(JobRun, run_id))
    return run_id


def undone_by(
    wizard: Wizard, statements: Callable[[], list[str]], text: str, **mapping: object
) -> int:
    """Return how many statements it takes to undo the import of a file."""
    sent = {"resource": "depot.growers", **mapping}
    ident = wizard.through("depot.growers", text, mapping=sent)
    begun(wizard, ident)
    statements()
    work_off(wizard.host)
    assert wizard.kept(ident).stage is Stage.UNDONE
    return len(statements())


@pytest.fixture
def flash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that is over before anybody looks at it, however busy the machine is."""
    monkeypatch.setattr(running, "LOOKED_EVERY", inf)


@pytest.mark.usefixtures("flash")
def test_three_records_are_undone_by_as_many_statements_as_one(
    wizard: Wizard, statements: Callable[[], list[str]]
) -> None:
    for_three = "code,name\nG1,A\nG2,B\nG3,C\n"
    for_one = for_three.partition("G2")[0]
    undone_by(wizard, statements, for_one, **NAMES)

    counted = undone_by(wizard, statements, for_one, **NAMES)

    assert undone_by(wizard, statements, for_three, **NAMES) == counted


@pytest.mark.usefixtures("flash")
def test_three_records_are_put_back_by_as_many_statements_as_one(
    wizard: Wizard, statements: Callable[[], list[str]]
) -> None:
    wizard.through("depot.growers", growers(3))
    other = "code,name\nG00001,A\nG00002,B\nG00003,C\n"
    one = other.partition("G00002")[0]
    undone_by(wizard, statements, one, **UPDATE)

    for_one = undone_by(wizard, statements, one, **UPDATE)

    assert undone_by(wizard, statements, other, **UPDATE) <= for_one + 2
    assert set(wizard.growers().values()) == {"Grower 1", "Grower 2", "Grower 3"}


def test_others_write_between_the_pieces_of_an_undo(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", growers(3 * AT_ONCE))
    once_more = update(User).values(login_count=func.coalesce(User.login_count, 0) + 1)
    count = select(User.login_count).where(User.username == "admin")

    def writes() -> bool:
        wizard.host.database.note_aside(once_more)
        return False

    work_on(wizard.host, begun(wizard, ident), worker="here", stopping=writes)

    assert wizard.kept(ident).stage is Stage.UNDONE
    with wizard.working():
        assert (session().scalar(count) or 0) >= 1 + 3


def test_a_cancelled_undo_goes_on_where_it_was(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", growers(3 * AT_ONCE))
    run_id = broken_off(wizard, ident)

    kept = wizard.kept(ident)
    assert run_of(wizard, run_id).state is RunState.CANCELLED
    assert (kept.stage, kept.undone) == (Stage.UNDOING, AT_ONCE)
    assert len(wizard.growers()) == left(wizard, ident) == 2 * AT_ONCE
    with wizard.working():
        retry(session().get_one(JobRun, run_id))
    work_off(wizard.host)
    kept = wizard.kept(ident)
    assert (kept.stage, kept.undone) == (Stage.UNDONE, 3 * AT_ONCE)
    assert wizard.growers() == {}
    assert (run_of(wizard, run_id).done, run_of(wizard, run_id).in_part) == (3 * AT_ONCE, False)


@pytest.mark.slow
def test_what_somebody_changed_after_it_began_stays_and_is_told(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", growers(3 * AT_ONCE))
    broken_off(wizard, ident)
    with wizard.working():
        session().scalars(select(Grower).where(Grower.code == "G00007")).one().name = "Bea"

    wizard.do(steps.undo, ident)

    kept = wizard.kept(ident)
    assert set(wizard.growers()) == {f"G{number:05}" for number in range(1, 8)}
    assert (kept.stage, kept.undone, kept.is_in_part) == (Stage.DONE, 3 * AT_ONCE - 7, True)
    told = {one.file: one.reason["en"] for one in wizard.problems(ident, of_undoing=True)}
    assert told["G00007 Bea"] == "It has been changed since it was imported."
    assert len(told) == 7
    assert str(kept.stage_said) == "Undone in part"
    run = run_of(wizard, kept.run_id or 0)
    assert run.is_in_part
    assert run.result["en"] == "593 records were put back; 7 could not be, and stay as they are."
    wizard.do(steps.undo, ident)
    assert left(wizard, ident) == 7


def test_nothing_is_begun_while_one_record_of_many_is_needed(wizard: Wizard) -> None:
    ident = wizard.through("depot.growers", growers(2 * AT_ONCE))
    wizard.through("depot.crates", "reference,grower\nC1,G00001\n")

    wizard.do(steps.undo, ident)

    kept = wizard.kept(ident)
    assert (kept.stage, kept.undone, len(wizard.growers())) == (Stage.DONE, 0, 2 * AT_ONCE)
    told = wizard.problems(ident, of_undoing=True)
    assert [one.file for one in told] == ["G00001 Grower 1"]
    run = run_of(wizard, kept.run_id or 0)
    assert run.is_in_part
    assert log_of(wizard, run.id) == ["Looking whether anything depends on what was imported."]


def test_what_a_line_left_empty_is_empty_again(wizard: Wizard) -> None:
    wizard.through("depot.growers", "code,name\nG1,Ada\n")
    text = "reference,grower,fruit,pieces,price,reduction\nC1,G1,Apple,3,1.50,{}\n"
    wizard.through("depot.crates", text.format(""))
    mapping = dict(wizard.kept(2).mapping or {}, key=["reference"], existing="update")
    ident = wizard.through("depot.crates", text.format("10"), mapping=mapping)

    wizard.do(steps.undo, ident)

    assert wizard.kept(ident).stage is Stage.UNDONE
    assert lines(wizard) == [("C1", "Apple", 3)]


@pytest.mark.parametrize("bad", ["", "G00009,\n"])
def test_an_import_with_refused_rows_is_called_one_in_part(wizard: Wizard, bad: str) -> None:
    ident = wizard.through("depot.growers", f"code,name\nG00001,Ada\n{bad}", only_good=True)

    kept: Import = wizard.kept(ident)

    assert kept.stage is Stage.DONE
    assert str(kept.stage_said) == ("Imported in part" if bad else "Imported")
    assert run_of(wizard, kept.run_id or 0).in_part is bool(bad)


def add(kind: str, code: str) -> None:
    """Add something to a grower."""
    grower = session().scalars(select(Grower).where(Grower.code == code)).one()
    by: Any = current().user
    if kind == "file":
        attach_file(Growers, grower, name="contract.txt", content=BytesIO(TEXT))
    elif kind == "comment":
        comment_on(Growers, grower, text="Grows well.", by=by, at=NOON)
    elif kind == "activity":
        asked: dict[str, Any] = {"what": "Visit", "user_id": by.id, "due_on": NOON.date()}
        give_activity(Growers, grower, **asked, by=by)
    else:
        tag_record(Growers, grower, ["Organic"])


@pytest.fixture
def kept_along(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Growers who keep what people add to them; what that is."""
    monkeypatch.setattr(Grower, "keeps", EVERYTHING)
    return ("file", "comment", "activity", "tag")


def an_hour_ago(wizard: Wizard) -> None:
    """Let all growers have been made an hour ago."""
    with wizard.working():
        there = session().scalars(select(Grower)).all()
        then = there[0].created_at - timedelta(hours=1)
        session().execute(update(Grower).values(created_at=then))


def test_nothing_is_undone_where_people_have_added_something(
    wizard: Wizard, kept_along: tuple[str, ...]
) -> None:
    ident = wizard.through("depot.growers", growers(5))
    an_hour_ago(wizard)
    with wizard.working():
        for number, kind in enumerate(kept_along, 1):
            add(kind, f"G{number:05}")

    wizard.do(steps.undo, ident)

    told = {one.file: one.reason["en"] for one in wizard.problems(ident, of_undoing=True)}
    assert set(told) == {f"G{number:05} Grower {number}" for number in range(1, 5)}
    assert set(told.values()) == {
        "A file, a comment, an activity or a tag has been added to it since."
    }
    assert (wizard.kept(ident).stage, len(wizard.growers())) == (Stage.DONE, 5)
    assert len(list(wizard.host.departments.files.names())) == 2


@pytest.mark.slow
def test_what_people_added_after_it_began_stays_with_its_record(
    wizard: Wizard, kept_along: tuple[str, ...]
) -> None:
    ident = wizard.through("depot.growers", growers(3 * AT_ONCE))
    an_hour_ago(wizard)
    broken_off(wizard, ident)
    with wizard.working():
        add(kept_along[0], "G00001")

    wizard.do(steps.undo, ident)

    assert set(wizard.growers()) == {"G00001"}
    assert [one.file for one in wizard.problems(ident, of_undoing=True)] == ["G00001 Grower 1"]


def test_what_the_department_adds_to_whatever_is_made_goes_with_it(
    wizard: Wizard, kept_along: tuple[str, ...]
) -> None:
    ident = wizard.through("depot.growers", growers(1))
    with wizard.working():
        for kind in kept_along:
            add(kind, "G00001")

    wizard.do(steps.undo, ident)

    assert (wizard.kept(ident).stage, wizard.growers()) == (Stage.UNDONE, {})
