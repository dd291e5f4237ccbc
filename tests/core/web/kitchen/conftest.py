"""The kitchen alone: the example plugin with a field of every kind, opened for each test."""

from __future__ import annotations

import pytest
from flask import Flask

from bumen.host import Host
from bumen.registry import Candidate
from tests.core.web.kitchens import PLUGINS, Kitchen


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The kitchen alone."""
    return PLUGINS


@pytest.fixture
def kitchen(host: Host, app: Flask) -> Kitchen:
    """An open kitchen without any dish."""
    return Kitchen.opened(host, app)
