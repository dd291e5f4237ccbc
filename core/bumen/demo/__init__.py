"""The demonstration: two companies that never were, with all departments on and people at work."""

from bumen.demo.cast import Account, DemoCompany, cast
from bumen.demo.filling import (
    DatabaseHoldsOthers,
    Shown,
    empty,
    fill,
)

__all__ = [
    "Account",
    "DatabaseHoldsOthers",
    "DemoCompany",
    "Shown",
    "cast",
    "empty",
    "fill",
]
