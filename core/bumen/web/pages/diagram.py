"""A flow as a drawing: states as boxes in columns, steps as lines with arrows between them.

Only geometry: what the boxes look like is the style sheet's. A state stands one column behind the
last of those that lead to it; lines that skip a column run in lanes of their own above the boxes,
lines that lead back in lanes below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

from bumen.values import Choice
from bumen.workflow import Workflow

BOX_HEIGHT, ROW_GAP, LANE, MARGIN = 48, 44, 30, 12
_NARROWEST, _GAP, _TURN, _SPREAD = 112, 64, 18, 14


class Place(NamedTuple):
    """Where a state stands: which column, and which row of it."""

    column: int
    row: int


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box is a state, drawn."""

    state: Choice
    x: int
    y: int
    width: int
    height: int = BOX_HEIGHT

    @property
    def middle(self) -> int:
        """How far to the right its middle is."""
        return self.x + self.width // 2

    @property
    def centre(self) -> int:
        """How far down its middle is."""
        return self.y + self.height // 2


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line is what leads from one state to another, with the names of the steps; drawn."""

    label: str
    points: Sequence[tuple[int, int]]
    x: int
    y: int

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """A diagram is a flow, drawn."""

    boxes: Sequence[Box]
    lines: Sequence[Line]
    width: int
    height: int


@dataclass(frozen=True)
class _Way:
    source: Choice
    target: Choice
    label: str


def diagram_of(workflow: Workflow, states: Sequence[Choice]) -> Diagram:
    """Draw a flow; the states in the order in which they were declared."""
    ways = _ways(workflow, states)
    places = _places(ways, states)
    above = sorted((w for w in ways if _leap(w, places) > 1), key=lambda w: -_leap(w, places))
    below = [way for way in ways if _leap(way, places) < 1]
    boxes = _boxes(places, ways, top=MARGIN + len(above) * LANE)
    foot = max(box.y for box in boxes.values()) + BOX_HEIGHT
    lines = [
        *(_across(way, boxes) for way in ways if _leap(way, places) == 1),
        *(_lane(way, boxes, y=MARGIN + (n + 1) * LANE - 12, n=n) for n, way in enumerate(above)),
        *(_lane(way, boxes, y=foot + (n + 1) * LANE, n=n) for n, way in enumerate(below)),
    ]
    return Diagram(
        boxes=list(boxes.values()),
        lines=lines,
        width=max(box.x + box.width for box in boxes.values()) + MARGIN,
        height=foot + (len(below) + 1) * LANE - 8,
    )


def _ways(workflow: Workflow, states: Sequence[Choice]) -> list[_Way]:
    """Return what leads from state to state, steps between the same two taken together."""
    order = {state: place for place, state in enumerate(states)}
    pairs = [
        (order[source], order[step.target], str(step.label))
        for step in workflow.transitions.values()
        for source in step.sources
    ]
    return [
        _Way(states[source], states[target], " / ".join(label for _s, _t, label in steps))
        for (source, target), steps in groupby(sorted(pairs), key=lambda pair: pair[:2])
    ]


def _places(ways: Iterable[_Way], states: Sequence[Choice]) -> Mapping[Choice, Place]:
    """Put every state behind those that lead to it; those of one column below each other."""
    order, columns = {state: place for place, state in enumerate(states)}, dict[Choice, int]()
    for state in states:
        before = [columns[way.source] for way in ways if way.target == state and _is_on(way, order)]
        columns[state] = max(before, default=-1) + 1
    rows: dict[int, int] = {}
    places = {}
    for state in states:
        column = columns[state]
        rows[column] = rows.get(column, -1) + 1
        places[state] = Place(column, rows[column])
    return places


def _is_on(way: _Way, order: Mapping[Choice, int]) -> bool:
    return order[way.source] < order[way.target]


def _leap(way: _Way, places: Mapping[Choice, Place]) -> int:
    return places[way.target].column - places[way.source].column


def _boxes(
    places: Mapping[Choice, Place], ways: Sequence[_Way], *, top: int
) -> Mapping[Choice, Box]:
    columns = range(max(place.column for place in places.values()) + 1)
    widths = [
        max(_NARROWEST, *(_length(str(s.label)) + 40 for s, p in places.items() if p.column == n))
        for n in columns
    ]
    gaps = [
        max([_GAP, *(_length(w.label) + 44 for w in ways if _spans(w, places, column=n))])
        for n in columns
    ]
    lefts = [MARGIN + sum(widths[:n]) + sum(gaps[:n]) for n in columns]
    return {
        state: Box(
            state=state,
            x=lefts[place.column],
            y=top + place.row * (BOX_HEIGHT + ROW_GAP),
            width=widths[place.column],
        )
        for state, place in places.items()
    }


def _spans(way: _Way, places: Mapping[Choice, Place], *, column: int) -> bool:
    return places[way.source].column == column and _leap(way, places) == 1


def _across(way: _Way, boxes: Mapping[Choice, Box]) -> Line:
    """Draw a line to the next column: level, or with one step down or up."""
    source, target = boxes[way.source], boxes[way.target]
    begin, end = (source.x + source.width, source.centre), (target.x, target.centre)
    if target.y >= source.y:
        turn, y = begin[0] + _TURN, target.centre
    else:
        turn, y = end[0] - _TURN, source.centre
    points = [begin, (turn, begin[1]), (turn, end[1]), end]
    return Line(label=way.label, points=points, x=(begin[0] + end[0] + 8) // 2, y=y - 7)


def _lane(way: _Way, boxes: Mapping[Choice, Box], *, y: int, n: int) -> Line:
    """Draw a line along a lane above or below all boxes."""
    source, target = boxes[way.source], boxes[way.target]
    leave = _out(source, boxes, y=y, x=source.middle + _SPREAD * (n % 3), side=1)
    arrive = _out(target, boxes, y=y, x=target.middle - _SPREAD * (n % 3 + 1), side=-1)
    points = [*leave, *reversed(arrive)]
    return Line(label=way.label, points=points, x=(leave[-1][0] + arrive[-1][0]) // 2, y=y - 6)


def _out(
    box: Box, boxes: Mapping[Choice, Box], *, y: int, x: int, side: int
) -> list[tuple[int, int]]:
    """Lead from a box to a lane: straight, or by its side where another box is in the way."""
    others = [one for one in boxes.values() if one.x == box.x and one is not box]
    if any(min(y, box.y) < one.y < max(y, box.y) for one in others):
        edge = box.x + box.width if side > 0 else box.x
        beside = edge + side * _TURN // 2
        return [(edge, box.centre + 10), (beside, box.centre + 10), (beside, y)]
    return [(x, box.y if y < box.y else box.y + box.height), (x, y)]


def _length(text: str) -> int:
    """Return about how wide a text is: Chinese characters are twice as wide as Latin letters."""
    return sum(14 if east_asian_width(one) in "WF" else 8 for one in text)
