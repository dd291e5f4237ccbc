"""What must hold of flows is asked, and what does not hold is named."""

import pytest
from sqlalchemy import text

from bumen import Choice, Deadline, Workflow, WorkingDays, transition, translator
from bumen.checking import problems
from bumen.host import Host
from bumen.registry import Candidate
from tests.core.travelling import PLUGINS, Agency

_ = translator(__file__, "bumen")


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


class Lamp(Choice):
    """A state to be drawn."""

    OFF = "off", _("Off")
    ON = "on", _("On")
    BROKEN = "broken", _("Broken")


STATES = tuple(Lamp)


def test_a_state_that_nothing_leads_to_is_named() -> None:
    flow = Workflow(transition("press", {Lamp.OFF}, Lamp.ON, label=_("Press")))

    assert list(flow.flaws(STATES, start=Lamp.OFF)) == ["nothing leads to the state broken"]


def test_a_deadline_that_nobody_can_keep_is_named() -> None:
    flow = Workflow(
        transition("press", {Lamp.OFF}, Lamp.ON, label=_("Press")),
        transition("drop", {Lamp.ON, Lamp.OFF}, Lamp.BROKEN, label=_("Drop")),
        deadlines=(Deadline(Lamp.BROKEN, WorkingDays(1)),),
    )

    flaws = list(flow.flaws(STATES, start=Lamp.OFF))

    assert flaws == ["broken has a deadline, but nothing leads on from there"]


def test_a_step_from_nowhere_is_named() -> None:
    flow = Workflow(transition("press", set(), Lamp.ON, label=_("Press")))

    assert "the step press leads from or to no state of these records" in flow.flaws(
        STATES, start=Lamp.OFF
    )


def test_two_steps_of_one_name_are_refused() -> None:
    press = transition("press", {Lamp.OFF}, Lamp.ON, label=_("Press"))

    with pytest.raises(ValueError, match="the same name"):
        Workflow(press, press)


def test_records_that_moved_as_they_should_break_nothing(host: Host) -> None:
    agency = Agency.opened(host)
    agency.trip()
    agency.trip("submit", "refuse", "submit", "allow", "finish")

    assert list(problems(host)) == []


def test_a_state_that_was_changed_behind_the_back_of_the_house_is_named(host: Host) -> None:
    trip = Agency.opened(host).trip("submit")
    with host.database.engine.begin() as connection:
        connection.execute(text("UPDATE trips_trip SET state = 'allowed'"))

    said = f"trips_trip: A record stands in the state it last moved to. Not so: {trip}"
    assert said in problems(host)


def test_a_record_that_stands_in_two_places_is_named(host: Host) -> None:
    trip = Agency.opened(host).trip("submit", "allow")
    with host.database.engine.begin() as connection:
        connection.execute(text("UPDATE core_movement SET left_at = NULL"))

    assert f"core_movement: A record stands in one place. Not so: {trip}" in problems(host)
