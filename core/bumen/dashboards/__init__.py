"""Dashboards: cards that departments declare, arranged by companies and people."""

from bumen.dashboards.arranging import Arranged, arrange, arranged, arrangements, forget_arrangement
from bumen.dashboards.cards import Card, Glance, ToDo
from bumen.dashboards.models import Arrangement

__all__ = [
    "Arranged",
    "Arrangement",
    "Card",
    "Glance",
    "ToDo",
    "arrange",
    "arranged",
    "arrangements",
    "forget_arrangement",
]
