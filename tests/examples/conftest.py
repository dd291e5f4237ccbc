"""The examples are tested as their own authors would: with nothing else installed."""

import pytest

from bumen.registry import Candidate


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The notes alone."""
    return (Candidate("notes", "notes"),)
