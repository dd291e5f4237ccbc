"""How long a document may stay in a state, counted in the time people work."""

from __future__ import annotations

from dataclasses import dataclass

from bumen.i18n import Text, translator
from bumen.values import Choice

_ = translator(__file__, "bumen")


@dataclass(frozen=True)
class WorkingHours:
    """So many hours of the company's working time: eight of them may end on the next day."""

    amount: int

    @property
    def label(self) -> Text:
        """How people say it."""
        return _("Working hours: %(amount)s", amount=self.amount)

    @property
    def roughly(self) -> int:
        """About how many hours it is, to tell which of two is shorter."""
        return self.amount


@dataclass(frozen=True)
class WorkingDays:
    """So many working days: up to the end of the work on the last of them.

    The day it begins does not count: one working day from a Friday is the Monday that follows.
    """

    amount: int

    @property
    def label(self) -> Text:
        """How people say it."""
        return _("Working days: %(amount)s", amount=self.amount)

    @property
    def roughly(self) -> int:
        """About how many hours it is, to tell which of two is shorter."""
        return 8 * self.amount


Due = WorkingHours | WorkingDays
"""How long something may take."""


@dataclass(frozen=True)
class Deadline:
    """A deadline is how long a document may stay in a state: `Deadline(HELD, WorkingDays(1))`."""

    state: Choice
    due: Due
