"""Hostile files on their whole way: the page, the API, a second file, the worker; as one process.

Each is refused within seconds and in little memory, beside what the server takes anyway.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.importing_files.conftest import Wizard
from tests.core.test_exchange_hostile_files import HOSTILE, MEGABYTES, SECONDS, saved
from tests.core.workbooks_by_hand import compound_file, xlsx_with_sheet

Maker = Callable[[Path], Path]


def million_texts(path: Path) -> Path:
    """A million texts in the table of texts, and not one cell that shows one."""
    return xlsx_with_sheet(path, "", strings="<si><t>a</t></si>" * 1_100_000)


def encrypted(path: Path) -> Path:
    """A workbook behind a password."""
    content = {"EncryptedPackage": bytes(5_000_000), "EncryptionInfo": bytes(100)}
    return saved(path, compound_file(content))


def mislabelled(path: Path) -> Path:
    """A document under the name of a workbook."""
    return saved(path, b"%PDF-1.7" + bytes(20_000_000))


def endless_line(path: Path) -> Path:
    """Twenty megabytes without an end of line, in quotation marks that never close."""
    return saved(path.with_suffix(".csv"), b'code,name\n1,"' + b"a," * 10_000_000)


MAKERS: list[Maker] = [make for make, _refusal in HOSTILE]
MAKERS += [million_texts, encrypted, mislabelled, endless_line]


def made(folder: Path, number: int, make: Maker) -> Path:
    """Make a file of a name of its own."""
    place = folder / f"{number}-{make.__name__}"
    place.mkdir()
    path = make(place / "t.xlsx")
    return path.rename(folder / f"{make.__name__}{path.suffix}")


def expected(way: str, file: str) -> int | str:
    """Return what is answered: of a text that another encoding may mend, people are asked that."""
    if way == "job":
        return "failed"
    return 303 if file == "endless_line.csv" and way != "program" else 422


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the peak of memory is read from /proc")
def test_hostile_files_are_refused_quickly_and_in_little_memory_on_every_way(
    wizard: Wizard, tmp_path: Path
) -> None:
    files = [made(tmp_path, number, make) for number, make in enumerate(MAKERS)]
    url = wizard.host.database.engine.url.render_as_string(hide_password=False)
    module = "tests.core.importing_files.server"
    asked = [sys.executable, "-m", module, str(wizard.host.settings.data_dir), url]

    ended = subprocess.run([*asked, *map(str, files)], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(told) == 4 * len(MAKERS)
    assert [one for one in told if one["answer"] != expected(one["way"], one["file"])] == []
    assert [one for one in told if one["seconds"] >= SECONDS] == []
    assert [one for one in told if one["grown"] >= MEGABYTES] == []
