"""The office of the petitions, for pages and programs."""

import pytest

from tests.core.approvals.conftest import at_hand, bumen_plugins, office, people_at_hand
from tests.core.approvals.office import Office

__all__ = ["at_hand", "bumen_plugins", "office", "people_at_hand", "readers"]


@pytest.fixture
def readers(office: Office) -> Office:
    """The office, where whoever decides may read petitions."""
    for name in ("wu", "huang"):
        office.give(name, ["petitions.reader"])
    return office
