"""A plugin of somebody else's: written by one command, installed beside the wheel elsewhere."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds a server may take until it answers."""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@dataclass(frozen=True)
class Elsewhere:
    """An environment that knows nothing of this tree, and an empty folder to work in."""

    programs: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        """Run a program there and return what it printed."""
        return _run([str(self.programs / program), *arguments], into=self.folder)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """A fresh environment with the wheel of the host and that of a plugin just written."""
    place = tmp_path_factory.mktemp("elsewhere")
    here = Path(sys.executable).parent
    titles = ("--title", "Parcels", "--zh-hant", "包裹", "--zh-hans", "包裹")
    _run([str(here / "bumen"), "plugins", "new", "parcels", *titles], into=place)
    bumen, parcels = (_wheel(source, into=place) for source in (ROOT, place / "bumen-parcels"))
    _run([sys.executable, "-m", "venv", "venv"], into=place)
    (place / "pins.txt").write_text("\n".join(_pins()), encoding="utf-8")
    installed = (f"{bumen}[testing]", str(parcels), "--constraint", "pins.txt")
    _run(["venv/bin/pip", "install", "--quiet", *installed], into=place)
    folder = place / "empty"
    folder.mkdir()
    return Elsewhere(place / "venv/bin", folder)


def test_the_tests_of_a_new_plugin_pass_at_birth(elsewhere: Elsewhere) -> None:
    only = ("--backend=sqlite", "--pyargs", "bumen_parcels")
    told = elsewhere.run("pytest", "-q", "-p", "no:cacheprovider", *only)

    assert re.search(r"^\d+ passed", told.splitlines()[-1])


def test_the_wheel_fills_and_serves_the_demonstration(elsewhere: Elsewhere) -> None:
    elsewhere.run("bumen", "demo", "--no-serve")
    listed = json.loads(elsewhere.run("bumen", "plugins", "list", "--json"))

    with _serving(elsewhere) as address:
        page = _get(f"{address}/login/")
        assets = re.findall(r'(?:href|src)="(/static/[^"?]+)', page)
        answers = [_get(f"{address}{asset}") for asset in assets]

    states = {code: {one["name"]: one["state"] for one in rows} for code, rows in listed.items()}
    everything_on = dict.fromkeys(("base", "logistics", "parcels", "sales"), "on")
    assert states == {"CN01": everything_on, "TW01": everything_on}
    assert assets
    assert all(answers)


@contextmanager
def _serving(elsewhere: Elsewhere) -> Iterator[str]:
    """Serve the demonstration and yield its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [elsewhere.programs / "bumen", "demo", "--port", str(port)],
        cwd=elsewhere.folder,
        env=_environment(),
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _second in range(PATIENCE):
        try:
            _get(address)
        except URLError:
            assert server.poll() is None, "the server has ended"
            time.sleep(1)
        else:
            return
    pytest.fail(f"{address} did not answer")


def _get(address: str) -> str:
    with urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def _wheel(source: Path, *, into: Path) -> Path:
    """Build the wheel of a distribution, with the tools of this environment."""
    target = into / f"wheel-of-{source.name}"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    _run([*build, str(target), str(source)], into=into)
    return next(target.glob("*.whl"))


def _run(command: Sequence[str], *, into: Path) -> str:
    done = subprocess.run(
        command, cwd=into, env=_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def _environment() -> dict[str, str]:
    """Return what programs elsewhere may know: nothing of this tree and its settings."""
    ours = ("BUMEN_", "PYTHON", "PYTEST", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _pins() -> list[str]:
    """Return the exact versions of the lock, as constraints, without the hashes of a lock."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix(" \\") for line in lines if re.match(r"[\w.-]+==", line)]
