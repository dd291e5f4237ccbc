"""The conformance report of one plugin: the tests it could inherit, run where it is installed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from bumen.errors import BusinessError
from bumen.i18n import translator

TESTS = '''"""What every plugin promises."""

from bumen.testing.conformance import PluginConformance


class Test{title}(PluginConformance):
    plugin = "{name}"
'''

_ = translator(__file__, "bumen")


class TestingIsNotInstalled(BusinessError):
    """The refusal to report without the tools that tests need."""

    def __init__(self) -> None:
        super().__init__(_("This needs the extra “testing”: pip install 'bumen[testing]'"))


def report(name: str) -> bool:
    """Print what a plugin keeps and what it does not, and return whether it keeps everything."""
    if find_spec("pytest") is None:
        raise TestingIsNotInstalled
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "test_conformance.py"
        file.write_text(TESTS.format(title=name.capitalize(), name=name), encoding="utf-8")
        pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--tb=short", "-v"]
        done = subprocess.run([*pytest, str(file)], cwd=folder, check=False)  # noqa: S603
    return done.returncode == 0
