"""What people are asked for before something is added to a record."""

from __future__ import annotations

from dataclasses import dataclass

from bumen.argument import Argument


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked for: a name for messages, and the values with their limits."""

    name: str
    arguments: tuple[Argument, ...]
