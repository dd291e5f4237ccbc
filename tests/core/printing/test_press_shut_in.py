"""The press is shut in: what got out of a template would reach nothing but fonts and libraries."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import landlockpy
import pytest

from bumen.printing import pressing
from bumen.printing.pressing import PressJob, pressed

PROBE = """
import json, runpy
main = runpy.run_path({press!r})["main"]

def said_of(code):
    found = {{}}
    try:
        exec(code, found)
    except BaseException as why:
        return type(why).__name__
    return found.get("said", "done")

def tried(sent, *, most):
    said = [said_of(code) for code in json.loads(sent)["templates"].values()]
    return json.dumps({{"boxes": "", "remarks": said, "pages": []}}).encode() + bytes([10])

main.__globals__["answered"] = tried
main()
"""
"""The press, doing what it is sent in place of a job: what somebody does who got out."""
IN_C = """
from weasyprint.text.ffi import ffi
ffi.cdef("int open(const char *, int, ...); int execv(const char *, char **);"
         "int socket(int, int, int);"
         "int connect(int, const void *, unsigned int);", override=True)
libc = ffi.dlopen(None)
"""
"""Calls of the system that Python does not see."""

DEEDS = (
    "open({secret!r})",
    "import os; os.open({secret!r}, os.O_RDONLY)",
    "open('/proc/self/environ')",
    "open('/etc/passwd')",
    "open('left_behind', 'w')",
    "import os; os.listdir('/')",
    "import os; os.remove({secret!r})",
    "import os; os.system('true')",
    "import os; os.fork()",
    "import os; os.kill(os.getppid(), 0)",
    "import os; os.execv('/bin/true', ['true'])",
    "import os; os.posix_spawn('/bin/true', ['true'], {{}})",
    "import subprocess; subprocess.run(['/bin/true'])",
    "import socket; socket.socket()",
    "import socket; socket.create_connection(('127.0.0.1', {port}))",
    "import socket; socket.getaddrinfo('localhost', 80)",
    "import socket; socket.socket(socket.AF_UNIX)",
    "import ctypes; ctypes.CDLL(None)",
    "import resource; resource.setrlimit(resource.RLIMIT_CPU, (99, 99))",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}')",
)
"""What nobody may do in the press."""

Tried = Callable[..., list[object]]


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tried:
    """What comes of pieces of Python that run in a press, started as the house starts it."""
    probe = tmp_path / "probe.py"
    probe.write_text(PROBE.format(press=str(pressing._PRESS)))
    monkeypatch.setattr(pressing, "_PRESS", probe)

    def did(*pieces: str) -> list[object]:
        numbered = {str(place): piece for place, piece in enumerate(pieces)}
        return list(pressed(PressJob(templates=numbered, values=[])).remarks)

    return did


@pytest.fixture
def neighbour() -> Iterator[int]:
    """The port of somebody who listens next door."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the database."""
    found = tmp_path / ".env"
    found.write_text("BUMEN_SECRET_KEY=x")
    return found


def test_python_in_the_press_reaches_nothing(tried: Tried, secret: Path, neighbour: int) -> None:
    deeds = [one.format(secret=str(secret), port=neighbour) for one in DEEDS]

    said = dict(zip(deeds, tried(*deeds), strict=True))

    assert {one: why for one, why in said.items() if why != "PermissionError"} == {
        deeds[-1]: "URLError"
    }
    assert secret.exists()


def test_python_in_the_press_reads_its_libraries_and_runs(tried: Tried) -> None:
    assert tried("import json; said = len(open(json.__file__).read()) > 0") == [True]


def test_the_press_is_told_nothing_of_its_surroundings(
    tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BUMEN_SECRET_KEY", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD", "HOME"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("FONTCONFIG_PATH", "/etc/fonts")

    (told,) = tried("import os; said = dict(os.environ)")

    assert told == {"FONTCONFIG_PATH": "/etc/fonts", "LC_ALL": "C.UTF-8", "PATH": ""}


def test_the_press_works_in_a_folder_of_its_own(tried: Tried) -> None:
    (told,) = tried("import os; said = os.getcwd()")

    assert not Path(str(told)).exists()


def test_the_press_takes_no_more_memory_than_it_may(tried: Tried) -> None:
    assert tried("bytearray(3 * 1024**3)", "said = [0] * 10**9") == ["MemoryError"] * 2


@pytest.mark.skipif(not landlockpy.supported(), reason="the kernel offers no Landlock")
def test_the_kernel_refuses_files_and_programs_that_python_does_not_see(
    tried: Tried, secret: Path
) -> None:
    places = [str(secret), "/proc/self/environ", "/etc/passwd", "/usr/lib"]

    opened = [f"{IN_C}said = libc.open({one.encode()!r}, 0) >= 0" for one in places]
    begun = f"{IN_C}said = libc.execv(b'/bin/true', ffi.new('char *[]', [ffi.NULL])) >= 0"

    assert tried(*opened, begun) == [False, False, False, True, False]


@pytest.mark.skipif(
    not landlockpy.supported() or landlockpy.abi_version() < 4,
    reason="the kernel cannot refuse connections",
)
def test_the_kernel_refuses_connections_that_python_does_not_see(
    tried: Tried, neighbour: int
) -> None:
    address = socket.AF_INET.to_bytes(2, "little") + neighbour.to_bytes(2, "big")
    address += socket.inet_aton("127.0.0.1") + bytes(8)

    did = f"{IN_C}there = libc.socket(2, 1, 0)\nwent = libc.connect(there, {address!r}, 16)\n"

    assert tried(f"{did}said = [there > 0, went]") == [[True, -1]]
