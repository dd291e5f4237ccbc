"""What the depot does."""

from __future__ import annotations

from dataclasses import dataclass

from bumen import BusinessError, Event, User, publish, translator
from tests.plugins.depot.models import Grower

_ = translator(__file__, "depot")

heard: list[str] = []
"""The codes of growers the depot was told of, for tests to look at."""


@dataclass(frozen=True)
class GrowerFound(Event):
    """Somebody new grows fruit."""

    code: str


class GrowerIsUnwelcome(BusinessError):
    """The refusal of a grower who has been sent away."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s was sent away.", name=name))


def enter_grower(grower: Grower, *, by: User | None) -> None:
    """Take a grower in, and tell of it; refuses Tybalt."""
    publish(GrowerFound(grower.code))
    if grower.name == "Tybalt":
        raise GrowerIsUnwelcome(grower.name)


def remember(event: GrowerFound) -> None:
    """Keep what one is told."""
    heard.append(event.code)
