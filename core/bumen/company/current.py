"""The company that works now, as everybody may know it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CurrentCompany:
    """What everybody may know of the company a unit of work is for."""

    id: int
    code: str
    name: str
    country: str
    currency: str
    locale: str
    timezone: str
