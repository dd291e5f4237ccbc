"""What whoever imports may not see or write is not imported, looked up or changed either."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, delete

from bumen.company.models import MembershipRole
from bumen.exchange.errors import MappingIsWrong, UnreadableFile
from bumen.importing import steps
from bumen.jobs import RunState
from bumen.testing.makers import ADMINISTRATOR
from bumen.visibility import Effect
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard, held
from tests.core.jobs.conftest import run_called
from tests.core.ruled import rule
from tests.core.test_exchange_hostile_files import HOSTILE, SECONDS, Maker
from tests.plugins.depot import Growers
from tests.plugins.depot.models import Grower

UPDATE = {
    "resource": "depot.growers",
    "key": ["code"],
    "existing": "update",
    "fields": {"code": "code", "name": "name"},
}


def only_b(*, by: Any, may: Any) -> Sequence[ColumnElement[bool]]:
    """Let nobody see growers but those whose code begins with B."""
    return [Grower.code.startswith("B")]


def test_a_field_that_may_not_be_written_is_no_target(wizard: Wizard) -> None:
    rule(wizard.host, "depot.growers", "acres", role=ADMINISTRATOR, effect=Effect.FIXED)
    ident = wizard.begin("depot.growers", "code,acres\nG1,5\n")
    assert wizard.kept(ident).mapping == {
        "resource": "depot.growers",
        "fields": {"code": {"column": "code"}},
    }
    fields = {"code": "code", "acres": "acres"}

    with pytest.raises(MappingIsWrong):
        wizard.do(steps.match, ident, {"resource": "depot.growers", "fields": fields})


def test_others_are_not_looked_up_by_what_is_hidden(wizard: Wizard) -> None:
    rule(wizard.host, "depot.growers", "acres", role=ADMINISTRATOR)
    ident = wizard.begin("depot.crates", "reference,grower\nC1,7\n")
    fields = {"reference": "reference", "grower": {"column": "grower", "by": "acres"}}

    with pytest.raises(MappingIsWrong):
        wizard.do(steps.match, ident, {"resource": "depot.crates", "fields": fields})


def test_records_one_does_not_see_are_not_changed(
    wizard: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.through("depot.growers", "code,name\nA1,Ada\nB1,Ben\n")
    monkeypatch.setattr(Growers, "rule", staticmethod(only_b))

    ident = wizard.through(
        "depot.growers", "code,name\nA1,Eve\nB1,Eve\n", mapping=UPDATE, only_good=True
    )

    assert wizard.counts(ident) == (0, 1, 0, 1)
    assert wizard.growers() == {"A1": "Ada", "B1": "Eve"}


def test_records_one_does_not_see_are_not_referred_to(
    wizard: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.through("depot.growers", "code,name\nA1,Ada\nB1,Ben\n")
    monkeypatch.setattr(Growers, "rule", staticmethod(only_b))

    ident = wizard.begin("depot.crates", "reference,grower\nC1,A1\nC2,B1\n")
    wizard.do(steps.check, ident)

    assert wizard.counts(ident) == (1, 0, 0, 1)
    assert [one.reason["en"] for one in wizard.problems(ident)] == [
        "There is no Grower with “A1” as Code or Name."
    ]


def test_who_may_import_no_more_when_the_work_begins_imports_nothing(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", "code,name\nA1,Ada\n")
    wizard.do(steps.check, ident)
    with wizard.host.unit_of_work(company="TW01", by="admin"):
        run_id = steps.take(held(ident), only_good=False).id
    with wizard.host.unit_of_work() as unit:
        unit.session.execute(delete(MembershipRole))
    work_off(wizard.host)

    assert run_called(wizard.host, run_id).state is RunState.FAILED
    assert wizard.growers() == {}


@pytest.mark.parametrize(("make", "refusal"), HOSTILE, ids=[make.__name__ for make, _ in HOSTILE])
def test_a_hostile_file_is_refused_at_once_and_not_kept(
    wizard: Wizard, tmp_path: Path, make: Maker, refusal: type[UnreadableFile]
) -> None:
    path = make(tmp_path / "t.xlsx")
    content = path.read_bytes()
    began = time.perf_counter()

    with pytest.raises(refusal):
        wizard.begin("depot.growers", content, name=path.name)

    assert time.perf_counter() - began < SECONDS
    assert list(wizard.host.departments.files.names()) == []
