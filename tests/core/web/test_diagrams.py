"""Flows are drawn so that boxes stand apart and lines end where they should."""

from itertools import combinations, pairwise

import pytest

from bumen import Choice, Workflow, transition, translator
from bumen.web.pages.diagram import Box, Diagram, diagram_of
from trips.models import Trip, TripState

_ = translator(__file__, "bumen")


class Stop(Choice):
    """A stop on a way."""

    A = "a", _("A")
    B = "b", _("B")
    C = "c", _("C")
    D = "d", _("D")


def flow(*pairs: str) -> Workflow:
    """Return a flow with these ways, each written as two stops: `ab`."""
    return Workflow(
        *(
            transition(pair, {Stop(pair[0])}, Stop(pair[1]), label=_("Move to the next one"))
            for pair in pairs
        )
    )


FLOWS = [
    diagram_of(flow("ab", "bc", "cd"), tuple(Stop)),
    diagram_of(flow("ab", "ac", "ad", "bd", "cd"), tuple(Stop)),
    diagram_of(flow("ab", "ba", "bc", "cb", "ca", "da"), tuple(Stop)),
    diagram_of(flow("aa", "ab", "ac", "bc", "cb"), tuple(Stop)),
    diagram_of(flow(), tuple(Stop)),
    diagram_of(Trip.workflow, tuple(TripState)),
]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes touch."""
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def on_edge(box: Box, point: tuple[int, int]) -> bool:
    """Whether a point lies on the edge of a box."""
    x, y = point
    inside = box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
    return inside and (x in (box.x, box.x + box.width) or y in (box.y, box.y + box.height))


def crossed(diagram: Diagram, points: list[tuple[int, int]]) -> list[str]:
    """Return the states whose boxes a line runs through."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        for box in diagram.boxes:
            right, foot = box.x + box.width, box.y + box.height
            if min(x1, x2) < right and max(x1, x2) > box.x and box.y < y1 < foot and y1 == y2:
                found.append(box.state.value)
            if min(y1, y2) < foot and max(y1, y2) > box.y and box.x < x1 < right and x1 == x2:
                found.append(box.state.value)
    return found


@pytest.mark.parametrize("diagram", FLOWS)
def test_no_two_boxes_touch(diagram: Diagram) -> None:
    assert not [pair for pair in combinations(diagram.boxes, 2) if overlap(*pair)]


@pytest.mark.parametrize("diagram", FLOWS)
def test_every_line_begins_and_ends_at_a_box_and_runs_through_none(diagram: Diagram) -> None:
    for line in diagram.lines:
        assert any(on_edge(box, line.points[0]) for box in diagram.boxes)
        assert any(on_edge(box, line.points[-1]) for box in diagram.boxes)
        assert crossed(diagram, list(line.points)) == []


@pytest.mark.parametrize("diagram", FLOWS)
def test_everything_lies_inside_the_drawing(diagram: Diagram) -> None:
    for line in diagram.lines:
        assert all(0 <= x <= diagram.width and 0 <= y <= diagram.height for x, y in line.points)
        assert 0 < line.y <= diagram.height
    for box in diagram.boxes:
        assert box.x + box.width <= diagram.width
        assert box.y + box.height <= diagram.height


def test_steps_between_the_same_two_states_are_one_line() -> None:
    both = Workflow(
        transition("x", {Stop.A}, Stop.B, label=_("X")),
        transition("y", {Stop.A}, Stop.B, label=_("Y")),
    )

    assert [line.label for line in diagram_of(both, tuple(Stop)).lines] == ["X / Y"]
