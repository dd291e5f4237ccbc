"""The panels of a record's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A panel is a part of a record's page that is always in sight: who is asked for approval."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
