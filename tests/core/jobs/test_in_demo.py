"""The demonstration works in the background, too: in the process that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pydantic import SecretStr

from bumen.demo import fill
from bumen.host import Host
from bumen.importing import steps
from bumen.imports import Import, Stage
from bumen.jobs import JobRun, RunState
from bumen.settings import Settings
from tests.core.jobs.conftest import run_called
from tests.core.jobs.test_killed import until
from tests.core.jobs.test_stopping import SECRET, bumen_plugins, command, is_ready, serving

__all__ = ["bumen_plugins"]


@pytest.fixture
def demonstration(empty_database: str, tmp_path: Path) -> Iterator[Host]:
    """A host on the database of the demonstration, which is filled."""
    given = {"data_dir": tmp_path, "database_url": empty_database, "secret_key": SecretStr(SECRET)}
    host = Host.start(Settings(_env_file=None, **given))
    fill(host)
    yield host
    host.queue.close()
    host.database.engine.dispose()


def checked(host: Host) -> tuple[JobRun, Import]:
    """Have a file of customers looked through."""
    content = BytesIO(b"code,name\nNEW1,New One\n")
    with host.unit_of_work(company="TW01", by="admin"):
        kept = steps.begin_import("base.customers", name="customers.csv", content=content)
        return steps.check(kept), kept


@pytest.mark.slow
def test_what_is_begun_in_the_demonstration_is_done_there(demonstration: Host) -> None:
    host = demonstration
    with command(host, "demo", *serving()[-2:]) as served:
        until(lambda: is_ready(served.args[-1]), seconds=120)
        run, kept = checked(host)
        until(lambda: run_called(host, run.id).state is RunState.DONE, seconds=60)
        assert run_called(host, run.id).worker in host.queue.beats()

    with host.database.wide_session() as wide:
        assert wide.get_one(Import, kept.id).stage is Stage.CHECKED
