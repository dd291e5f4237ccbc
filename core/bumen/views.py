"""Ways to look at a list beside its table, declared in the resource that offers them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from bumen.i18n import Text


@dataclass(frozen=True)
class Board:
    """A board is one column for each value of a choice, and a card for each record.

    Cards are moved by the actions that lead to a state, or, where `by` is a field people write,
    by changing it. `total` names an amount that is added up for each column. `due` names a day:
    cards of records whose day has passed are marked as late while `by` is one of `waiting`.
    """

    name: ClassVar[str] = "board"
    by: str = "state"
    shows: Sequence[str] = field(default=(), kw_only=True)
    total: str = field(default="", kw_only=True)
    due: str = field(default="", kw_only=True)
    waiting: Set[StrEnum] = field(default=frozenset(), kw_only=True)


@dataclass(frozen=True)
class Calendar:
    """A calendar shows each record on the day `on` names, and up to the day `until` names."""

    name: ClassVar[str] = "calendar"
    on: str
    until: str = field(default="", kw_only=True)


class Drawn(StrEnum):
    """How a chart is drawn."""

    BAR = "bar"
    LINE = "line"
    PIE = "pie"


@dataclass(frozen=True)
class Chart:
    """A chart counts the records of each value of `by`, or adds up an amount of theirs.

    A day or a moment is grouped by a span of time: `ordered_on.month`, `.quarter`, `.year`.
    """

    name: ClassVar[str] = "chart"
    by: str
    of: str = field(default="", kw_only=True)
    drawn: Drawn = field(default=Drawn.BAR, kw_only=True)


@dataclass(frozen=True)
class Cards:
    """Cards show each record with its picture and a few fields, as a catalogue does."""

    name: ClassVar[str] = "cards"
    shows: Sequence[str] = field(default=(), kw_only=True)
    picture: str = field(default="", kw_only=True)


View = Board | Calendar | Chart | Cards


@dataclass(frozen=True)
class Section:
    """A section is some fields of a record's page and form that belong together.

    Sections that name the same `tab` stand on a tab of that name; the others come first.
    """

    title: Text
    fields: Sequence[str]
    tab: Text | None = field(default=None, kw_only=True)
