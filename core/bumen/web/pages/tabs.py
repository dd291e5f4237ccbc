"""The tabs of a record's page and form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bumen.i18n import Text
from bumen.web.grid import Grid
from bumen.web.pages.sections import Group
from bumen.web.pages.tables import Table


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab is one part of a page that is too long to be seen at once.

    It holds groups of fields, a table, a grid, what another department puts there, or a `template`
    with its `values`. `key` is its name in addresses; `count` how many there are of what it lists.
    """

    key: str
    title: Text | str
    groups: Sequence[Group[Any]] = ()
    table: Table | None = None
    totals: Sequence[Any] = ()
    grid: Grid | None = None
    html: str = ""
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    count: str = ""
    mistakes: int = 0


def opened(tabs: Sequence[Tab]) -> str:
    """Return the key of the tab to begin with: the first with a mistake, else the first."""
    wrong = [tab for tab in tabs if tab.mistakes]
    return next((tab.key for tab in (*wrong, *tabs)), "")
