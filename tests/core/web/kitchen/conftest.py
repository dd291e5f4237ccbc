"""The kitchen alone: the example plugin with a field of every kind, opened for each test."""

from __future__ import annotations

import pytest
from flask import Flask

from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.workbench import Make, Workbench
from bumen.unit_of_work import CurrentCompany
from tests.core.web.kitchens import PLUGINS, Kitchen, open_kitchen


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The kitchen alone."""
    return PLUGINS


@pytest.fixture(scope="session")
def at_hand(at_hand: dict[str, Make]) -> dict[str, Make]:
    """The kitchen is opened once."""
    return {**at_hand, "kitchen_at_hand": open_kitchen}


@pytest.fixture
def kitchen_at_hand(host: Host, workbench: Workbench) -> CurrentCompany:
    """The company that has the kitchen."""
    return workbench.at_hand(open_kitchen, host)


@pytest.fixture
def kitchen(host: Host, app: Flask, kitchen_at_hand: CurrentCompany) -> Kitchen:
    """An open kitchen without any dish."""
    return Kitchen(host, app, kitchen_at_hand)
