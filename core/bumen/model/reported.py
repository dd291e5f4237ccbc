"""What companies are told of changes of records that belong to no company: people, roles, keys.

A model of the deployment says by `reported` in whose history its changes stand, and which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class ReportedField:
    """A reported field is an attribute whose changes are told, under a `name` of its own.

    `each` says what one of a collection is called. Of a veiled one it is only told that it has
    changed; of a piecemeal collection only what came, and what went.
    """

    attribute: str
    name: str = ""
    each: Callable[[Any], str] | None = None
    is_veiled: bool = False
    is_piecemeal: bool = False

    @property
    def told_as(self) -> str:
        """What the history calls it."""
        return self.name or self.attribute


@dataclass(frozen=True, kw_only=True)
class Reported:
    """How a model's changes are told: under which key, about what, and in whose histories.

    `about` returns the id and the name of what a record is about: of somebody's place, the person.
    """

    key: str
    fields: tuple[ReportedField, ...]
    about: Callable[[Any], tuple[int, str]]
    companies: Callable[[Session, Any], Iterable[int]]
    action: Callable[[Any], str] | None = None
    """What was done when it was made, where making it is the deed: a switch."""
    opinion: Callable[[Any], str] | None = None
    """Why it was done."""


def reported_by(model: Any) -> Reported | None:
    """Return how a model's changes are told; None for those that are not."""
    found: Reported | None = getattr(model, "reported", None)
    return found


def told_fields(*attributes: str) -> tuple[ReportedField, ...]:
    """Return attributes that are told as they are."""
    return tuple(ReportedField(attribute=one) for one in attributes)
