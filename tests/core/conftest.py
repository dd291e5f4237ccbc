"""What the tests of the host share."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bumen.database import Database
from tests.core import parcels


@pytest.fixture
def empty(empty_database: str) -> Iterator[Database]:
    """A database without tables."""
    database = Database(empty_database)
    yield database
    database.engine.dispose()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for the package of the parcels."""
    folder = tmp_path / "parcels"
    folder.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield folder
    parcels.forget()
