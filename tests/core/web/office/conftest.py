"""The office where petitions are written and decided about, in browsers."""

from __future__ import annotations

import pytest
from flask import Flask

from bumen.host import Host
from bumen.registry import Candidate
from tests.core.approvals.office import open_office
from tests.core.web.desks import Desks


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The petitions alone."""
    return (Candidate("petitions", "petitions"),)


@pytest.fixture
def desks(host: Host, app: Flask) -> Desks:
    """The desks of an office: `wang` writes petitions, `lin` decides, `admin` sees everything."""
    return Desks(open_office(host), app)
