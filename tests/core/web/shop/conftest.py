"""A shop: master data, sales and the kitchen beside them, in one company."""

from __future__ import annotations

import pytest
from flask import Flask

from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import CurrentCompany
from tests.core.web.shops import PLUGINS, Shop


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Master data, sales and the kitchen."""
    return PLUGINS


@pytest.fixture
def app(host: Host, workbench: Workbench, company: CurrentCompany) -> Flask:
    """The application, with one company."""
    return workbench.app(host)


@pytest.fixture
def shop(host: Host, app: Flask) -> Shop:
    """A shop without any order."""
    return Shop(host, app)
