"""Records move through their flows: who may, from where, and what is written down."""

from datetime import UTC, datetime

import pytest

from bumen.documents.moving import OpinionIsMissing, StepIsOthers, StepIsRefused
from bumen.errors import IllegalTransition, InvalidInput
from bumen.host import Host
from bumen.records import delete_record
from bumen.registry import Candidate
from tests.core.travelling import PLUGINS, Agency
from trips.models import Trip, TripState
from trips.resources import Trips


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def agency(host: Host) -> Agency:
    return Agency.opened(host)


def test_each_step_is_written_down_with_who_took_it_and_what_they_said(agency: Agency) -> None:
    before = datetime.now(UTC)

    first, second = agency.movements(agency.trip("submit", "allow"))

    assert (first.step, first.from_state, first.to_state) == ("submit", "draft", "submitted")
    assert (second.step, second.from_state, second.to_state) == ("allow", "submitted", "allowed")
    assert (first.opinion, second.opinion) == (None, "Fine")
    assert before <= first.at <= second.at <= datetime.now(UTC)
    assert first.by_id != second.by_id
    assert (first.left_at, second.left_at) == (second.at, None)


def test_a_step_that_the_state_does_not_allow_is_refused_with_the_states_that_do(
    agency: Agency,
) -> None:
    trip = agency.trip()

    with pytest.raises(IllegalTransition) as refused:
        agency.take(trip, "refuse", by="bob")

    said = "“Refuse” is not possible in the state “Draft”, only in: Submitted."
    assert str(refused.value) == said
    assert agency.movements(trip) == []


def test_a_guard_refuses_a_step_and_says_what_is_missing(agency: Agency) -> None:
    trip = agency.trip(purpose=None)

    with pytest.raises(StepIsRefused, match=r"^Please say what the trip is for\.$"):
        agency.take(trip, "submit", by="ann")

    assert agency.kept(trip).state is TripState.DRAFT


def test_a_step_may_be_left_to_others_than_whoever_made_the_record(agency: Agency) -> None:
    trip = agency.trip("submit")

    with pytest.raises(StepIsOthers, match=r"^Nobody allows their own trip\.$"):
        agency.take(trip, "allow", by="ann", opinion="Mine is fine")

    agency.take(trip, "allow", by="bob")
    assert agency.kept(trip).state is TripState.ALLOWED


@pytest.mark.parametrize("said", ["", "  "])
def test_a_step_that_needs_an_opinion_is_not_taken_without_one(agency: Agency, said: str) -> None:
    trip = agency.trip("submit")

    with pytest.raises((OpinionIsMissing, InvalidInput)) as refused:
        agency.take(trip, "allow", by="bob", opinion=said)

    assert "opinion" in refused.value.fields


def test_the_house_itself_is_not_asked_for_an_opinion_or_who_it_is(agency: Agency) -> None:
    ident = agency.trip("submit")
    with agency.host.unit_of_work(company="TW01") as unit:
        trip = unit.session.get(Trip, ident)
        assert trip is not None
        trip.move("allow", by=None)

    assert agency.movements(ident)[-1].by_id is None


def test_an_action_made_of_a_step_asks_what_the_step_declares() -> None:
    finish, allow = Trips.action("finish"), Trips.action("allow")

    assert [one.name for one in finish.arguments] == ["days"]
    assert str(finish.confirm) == "Is everybody back?"
    assert finish.states == {TripState.ALLOWED}
    assert [(one.name, one.required) for one in allow.arguments] == [("opinion", True)]


def test_a_company_may_leave_a_step_to_a_role(agency: Agency) -> None:
    trip = agency.trip()
    agency.settle(step="submit", roles=["trips.planner"])

    with pytest.raises(StepIsOthers, match="left to other roles"):
        agency.take(trip, "submit", by="ann")


def test_a_company_may_want_an_opinion_where_none_was_declared(agency: Agency) -> None:
    trip = agency.trip()
    agency.settle(step="submit", opinion=True)

    with pytest.raises(OpinionIsMissing):
        agency.take(trip, "submit", by="ann")


def test_what_a_company_settles_counts_there_alone(agency: Agency) -> None:
    elsewhere = Agency.opened(agency.host, "CN01", people=("eve", "fay"))
    elsewhere.settle(step="submit", opinion=True)

    trip = agency.trip("submit")

    assert agency.kept(trip).state is TripState.SUBMITTED


def test_a_deadline_of_the_first_state_runs_from_the_beginning(agency: Agency) -> None:
    agency.settle(state="draft", amount=1, roles=[])

    begun, submitted = agency.movements(agency.trip("submit"))

    assert (begun.step, begun.to_state, begun.left_at) == ("", "draft", submitted.at)
    assert begun.due_at is not None
    assert begun.due_at == submitted.was_due_at


def test_a_record_may_move_while_it_is_made(agency: Agency) -> None:
    with agency.host.unit_of_work(company="TW01", by="ann") as unit:
        trip = Trip(number="T9", destination="Tainan", purpose="A fair", state=TripState.DRAFT)
        trip.move("submit", by=unit.user)
        ident = trip.id

    assert [one.record_id for one in agency.movements(ident)] == [ident]


def test_what_is_deleted_takes_its_movements_with_it(agency: Agency) -> None:
    trip = agency.trip("submit")
    with agency.host.unit_of_work(company="TW01", by="ann") as unit:
        delete_record(Trips, unit.session.get(Trip, trip), by=unit.user)

    assert agency.movements(trip) == []
