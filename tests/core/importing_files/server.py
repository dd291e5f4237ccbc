"""A server in a process of its own, measured while it is sent files: `python -m … FOLDER URL FILE`.

Prints a line of JSON for every way in: what was answered, in how many seconds, and by how many
megabytes the process grew at most meanwhile.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from bumen.app import create_app
from bumen.host import Host
from bumen.importing import steps
from bumen.jobs import RunState
from bumen.jobs.finding import run_called
from bumen.settings import Settings
from bumen.testing.people import signed_in
from bumen.unit_of_work import CurrentCompany
from bumen.worker import work_off
from tests.core.importing import DEPOT
from tests.core.importing_files.conftest import Wizard, held

GOOD = b"reference,grower\nC1,G1\n"


def megabytes(what: str) -> int:
    """Return how large the process is (`VmRSS`), or was at most (`VmHWM`)."""
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"{what}:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) // 1024


def told(way: str, path: Path, work: Callable[[], Any]) -> None:
    """Do something and print what it came to and what it took."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak is what comes from here on
    before, begun = megabytes("VmRSS"), time.perf_counter()
    answer = work()
    seconds, grown = time.perf_counter() - begun, megabytes("VmHWM") - before
    found = {"way": way, "file": path.name, "answer": answer, "seconds": seconds, "grown": grown}
    print(json.dumps(found), flush=True)


def ways(browser: FlaskClient, path: Path) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield the ways in that a request is: what each sends, and returns the status of."""

    def ask(address: str, **more: Any) -> int:
        content = BytesIO(path.read_bytes())
        form = {"resource": "depot.crates", **more, "file": (content, path.name)}
        return browser.post(address, data=form).status_code

    good = {"resource": "depot.crates", "file": (BytesIO(GOOD), "crates.csv")}
    place = browser.post("/imports/new", data=good).headers["Location"]
    yield "page", lambda: ask("/imports/new")
    yield "program", lambda: ask("/api/v1/core/imports/")
    yield "second file", lambda: ask(f"{place}/lines/lines/add")


def work(wizard: Wizard, path: Path) -> str:
    """Let the worker meet a file that was changed after it had been looked at."""
    ident = wizard.begin("depot.crates", GOOD, name="t.csv")
    files = wizard.host.departments.files
    with wizard.working():
        kept = held(ident)
        run = steps.check(kept)
        kept.file_name = path.name
        Path(f"{files.address}/{kept.stored_as}").write_bytes(path.read_bytes())
    work_off(wizard.host)
    with wizard.host.unit_of_work(company="TW01", by="admin") as unit:
        state: RunState = unit.session.scalars(run_called(run.id)).one().state
    return state.value


def main(folder: str, database: str, *files: str) -> None:
    """Send every file every way."""
    settings = Settings(_env_file=None, data_dir=Path(folder), database_url=database)
    host = Host.start(settings, DEPOT)
    browser = signed_in(create_app(host), host, "admin")
    browser.get("/imports/")
    with host.unit_of_work(company="TW01") as unit:
        company: CurrentCompany | None = unit.company
    assert company is not None
    for path in map(Path, files):
        for way, asked in ways(browser, path):
            told(way, path, asked)
        told("job", path, lambda path=path: work(Wizard(host, company), path))


if __name__ == "__main__":
    main(*sys.argv[1:])
