"""What has happened in asker."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bumen import Event


@dataclass(frozen=True)
class SomethingHappened(Event):
    """Something has happened on a day, for an amount."""

    note_id: int
    amount: Decimal
    on: date
