"""The paper trail on a record's page: panels above its tabs, and tabs behind its own.

Each part stands in a module of its own and says None where it has nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bumen.resource import Resource
from bumen.slots import RECORD_TOP
from bumen.web.pages.approval import approval_panel, asked_panel
from bumen.web.pages.archived import archived_panel
from bumen.web.pages.files import files_tab
from bumen.web.pages.history import history_tab
from bumen.web.pages.journey import journey_panel
from bumen.web.pages.panels import Panel
from bumen.web.pages.tabs import Tab
from bumen.web.pages.tags import tags_panel
from bumen.web.pages.talk import discussion_tab, due_panel
from bumen.web.slots import slots_at

PanelOf = Callable[[type[Resource], Any], Panel | None]
TabOf = Callable[[type[Resource], Any], Tab | None]

PANELS: Sequence[PanelOf] = (
    asked_panel,
    archived_panel,
    tags_panel,
    journey_panel,
    approval_panel,
    due_panel,
)
"""What stands above the tabs, in this order."""
TABS: Sequence[TabOf] = (discussion_tab, files_tab, history_tab)
"""What stands behind the record's own tabs, in this order."""


def panels_of(resource: type[Resource], record: Any) -> list[Panel]:
    """Return the panels of a record's page."""
    panels = [panel for part in PANELS if (panel := part(resource, record)) is not None]
    return [*panels, *_panels_of_departments(resource, record)]


def tabs_of_trail(resource: type[Resource], record: Any) -> list[Tab]:
    """Return the tabs of the paper trail."""
    return [tab for part in TABS if (tab := part(resource, record)) is not None]


def _panels_of_departments(resource: type[Resource], record: Any) -> list[Panel]:
    """Return what departments say first of all of the record."""
    filled = slots_at(f"{RECORD_TOP}:{resource.key()}", record=record)
    return [Panel(template="bumen/record/slot.html", values={"slot": one}) for one in filled]
