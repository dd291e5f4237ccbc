"""The views of a list beside its table: which page shows which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bumen.views import Board, Calendar, Cards, Chart
from bumen.web.list_address import ListAddress
from bumen.web.pages.boards import board_page
from bumen.web.pages.calendars import calendar_page
from bumen.web.pages.cards import cards_page
from bumen.web.pages.charts import chart_page
from bumen.web.store import Store

Shown = tuple[str, dict[str, Any]]
"""A template, and what it shows."""

VIEW_PAGES: Mapping[str, Callable[[Store, ListAddress], Shown]] = {
    Board.name: board_page,
    Calendar.name: calendar_page,
    Chart.name: chart_page,
    Cards.name: cards_page,
}
"""Pages by the name of the view; the address refuses what a resource does not declare."""
