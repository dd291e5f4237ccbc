"""Saved views: lists as people want to find them again, for themselves or for everybody."""

from bumen.saved_views.models import PreferredView, SavedView, views_seen
from bumen.saved_views.service import (
    change_view,
    drop_view,
    prefer_view,
    save_view,
    view_seen,
)

__all__ = [
    "PreferredView",
    "SavedView",
    "change_view",
    "drop_view",
    "prefer_view",
    "save_view",
    "view_seen",
    "views_seen",
]
