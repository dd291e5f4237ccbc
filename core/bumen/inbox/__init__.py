"""The inbox: what waits for somebody, what was told, what was sent and done."""

from bumen.inbox.items import Item, Kind, Tab, Viewer, people_in
from bumen.inbox.paging import Mark, Page, page_of
from bumen.inbox.reach import count_of
from bumen.inbox.sources import sources_of

__all__ = [
    "Item",
    "Kind",
    "Mark",
    "Page",
    "Tab",
    "Viewer",
    "count_of",
    "page_of",
    "people_in",
    "sources_of",
]
