"""An agency alone: the example plugin with a flow, and two people who may do everything."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.people import signed_in
from tests.core.travelling import PLUGINS, Agency


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The trips alone."""
    return PLUGINS


@pytest.fixture
def agency(host: Host) -> Agency:
    """An agency without any trip."""
    return Agency.opened(host)


@pytest.fixture
def ann(agency: Agency, app: Flask) -> FlaskClient:
    """The browser of whoever travels."""
    return browser_of(agency, app, "ann")


@pytest.fixture
def bob(agency: Agency, app: Flask) -> FlaskClient:
    """The browser of whoever allows trips."""
    return browser_of(agency, app, "bob")


def browser_of(agency: Agency, app: Flask, name: str) -> FlaskClient:
    """Return somebody's browser, in English."""
    return signed_in(app, agency.host, name, language="en")
