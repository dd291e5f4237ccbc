"""While a file is checked or imported it is told how far that is, and people can end it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bumen.exchange.walking import CHUNK
from bumen.importing import steps
from bumen.imports import Stage
from bumen.jobs import JobRun, RunState, cancel
from bumen.jobs import run as running
from bumen.unit_of_work import session
from bumen.worker import work_on
from tests.core.importing_files.conftest import Wizard, held
from tests.core.importing_files.test_departments import run_of
from tests.core.importing_files.test_undoing import growers

ROWS = 3 * CHUNK + 50


@pytest.fixture
def begun(wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> int:
    """A file on its way whose work tells how far it is after every chunk; the import's id."""
    monkeypatch.setattr(running, "LOOKED_EVERY", 0)
    return wizard.begin("depot.growers", growers(ROWS))


def started(wizard: Wizard, step: Callable[..., JobRun], ident: int, **options: bool) -> int:
    """Begin a step; return the run's id."""
    with wizard.working():
        return step(held(ident), **options).id


def told_during(wizard: Wizard, run_id: int) -> list[tuple[int, int | None]]:
    """Do the work of a run; return how far it said it was, of how much."""
    found: dict[tuple[int, int | None], None] = {}

    def stops() -> bool:
        for told in wizard.host.queue.told([run_id]).values():
            found[told.done, told.of] = None
        return False

    work_on(wizard.host, run_id, worker="here", stopping=stops)
    return [*found]


def test_a_check_tells_how_far_it_is(wizard: Wizard, begun: int) -> None:
    told = told_during(wizard, started(wizard, steps.check, begun))

    assert wizard.kept(begun).stage is Stage.CHECKED
    assert [one for one in told if one != (0, None)] == [
        (200, ROWS),
        (400, ROWS),
        (600, ROWS),
        (ROWS, ROWS),
    ]


@pytest.mark.parametrize("only_good", [True, False], ids=["good rows", "all rows"])
def test_an_import_tells_how_far_it_is(wizard: Wizard, begun: int, only_good: bool) -> None:
    wizard.do(steps.check, begun)

    told = told_during(wizard, started(wizard, steps.take, begun, only_good=only_good))

    assert wizard.kept(begun).stage is Stage.DONE
    assert told == [(200, ROWS), (400, ROWS), (600, ROWS), (ROWS, ROWS)]


def test_a_check_that_is_cancelled_can_begin_anew(wizard: Wizard, begun: int) -> None:
    run_id = started(wizard, steps.check, begun)

    work_on(wizard.host, run_id, worker="here", stopping=cancelling(wizard, run_id))

    assert run_of(wizard, run_id).state is RunState.CANCELLED
    assert (wizard.kept(begun).stage, wizard.kept(begun).problems) == (Stage.CHECKING, 0)
    with wizard.working():
        steps.match_again(held(begun))
    wizard.do(steps.check, begun)
    assert wizard.kept(begun).stage is Stage.CHECKED
    assert wizard.growers() == {}


def cancelling(wizard: Wizard, run_id: int) -> Callable[[], bool]:
    """Return what has somebody cancel a run at its first look, beside the work itself."""

    def cancelled() -> None:
        with wizard.working():
            cancel(session().get_one(JobRun, run_id))

    def stops() -> bool:
        if wizard.host.queue.told([run_id]) and run_of(wizard, run_id).stop_at is None:
            with ThreadPoolExecutor(1) as somebody:
                somebody.submit(cancelled).result()
        return False

    return stops
