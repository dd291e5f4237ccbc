"""What a record's page says of a record that is put aside."""

from __future__ import annotations

from typing import Any

from bumen.resource import Resource
from bumen.web.pages.panels import Panel


def archived_panel(resource: type[Resource], record: Any) -> Panel | None:
    """Say that a record is archived; None for one that is not."""
    if not resource.archives or not record.archived:
        return None
    return Panel(template="bumen/record/archived.html")
