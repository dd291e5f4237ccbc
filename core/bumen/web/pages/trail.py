"""The paper trail on a record's page: panels above its tabs, and tabs behind its own.

Each part stands in a module of its own and says None where it has nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bumen.resource import Resource
from bumen.web.pages.tabs import Tab


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A panel is a part of a record's page that is always in sight: who is asked for approval."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


PanelOf = Callable[[type[Resource], Any], Panel | None]
TabOf = Callable[[type[Resource], Any], Tab | None]

PANELS: Sequence[PanelOf] = ()
"""What stands above the tabs, in this order."""
TABS: Sequence[TabOf] = ()
"""What stands behind the record's own tabs, in this order."""


def panels_of(resource: type[Resource], record: Any) -> list[Panel]:
    """Return the panels of a record's page."""
    return [panel for part in PANELS if (panel := part(resource, record)) is not None]


def tabs_of_trail(resource: type[Resource], record: Any) -> list[Tab]:
    """Return the tabs of the paper trail."""
    return [tab for part in TABS if (tab := part(resource, record)) is not None]
