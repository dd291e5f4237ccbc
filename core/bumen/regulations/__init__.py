"""A company's own regulations: what they demand, what fulfils it, and what shows that it does."""

from bumen.regulations.models import (
    Chapter,
    Clause,
    ClauseDemand,
    Edition,
    Regulation,
    clauses_in_force,
    demands_in_force,
)

__all__ = [
    "Chapter",
    "Clause",
    "ClauseDemand",
    "Edition",
    "Regulation",
    "clauses_in_force",
    "demands_in_force",
]
