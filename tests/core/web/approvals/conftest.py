"""The office of the petitions, for pages and programs."""

import pytest

from tests.core.approvals.conftest import bumen_plugins, office
from tests.core.approvals.office import Office

__all__ = ["bumen_plugins", "office", "readers"]


@pytest.fixture
def readers(office: Office) -> Office:
    """The office, where whoever decides may read petitions."""
    for name in ("wu", "huang"):
        office.give(name, ["petitions.reader"])
    return office
