"""Flows as programs see them: what may be done, why not, and how a record moved."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.core.travelling import Agency
from tests.core.web.looking import look_at
from trips.models import TripState

API = "/api/v1/trips/trips"


def told(browser: FlaskClient, trip: int) -> dict[str, tuple[str | None, str | None]]:
    """Return for each action the code and the sentence of what speaks against it."""
    found = browser.get(f"{API}/{trip}/actions").json["result"]
    return {one["name"]: (one["code"], one["why_not"]) for one in found}


def act(browser: FlaskClient, trip: int, step: str, **sent: Any) -> Any:
    """Take a step by the API, at the version the trip has now."""
    version = browser.get(f"{API}/{trip}").json["result"]["version"]
    return browser.post(f"{API}/{trip}/actions/{step}", json={"version": version, **sent})


def test_every_action_says_why_it_is_not_possible(agency: Agency, ann: FlaskClient) -> None:
    planned, submitted = agency.trip(purpose=None), agency.trip("submit")

    assert told(ann, planned)["submit"] == (
        "step_is_refused",
        "Please say what the trip is for.",
    )
    assert told(ann, planned)["allow"] == (
        "illegal_transition",
        "“Allow” is not possible in the state “Draft”, only in: Submitted.",
    )
    assert told(ann, submitted)["allow"] == ("step_is_others", "Nobody allows their own trip.")
    assert told(ann, submitted)["refuse"] == (None, None)


def test_a_step_left_to_a_role_says_so(agency: Agency, ann: FlaskClient) -> None:
    trip = agency.trip()
    agency.settle(step="submit", roles=["trips.planner"])

    said = "“Submit” is left to other roles in this company."
    assert told(ann, trip)["submit"] == ("step_is_others", said)
    refused = act(ann, trip, "submit")
    assert (refused.status_code, refused.json["error"]["message"]) == (403, said)


def test_an_illegal_step_is_refused_with_the_states_that_allow_it(
    agency: Agency, bob: FlaskClient
) -> None:
    refused = act(bob, agency.trip(), "finish", days=2)

    assert refused.status_code == 422
    assert refused.json["error"]["code"] == "illegal_transition"
    assert refused.json["error"]["message"].endswith("only in: Allowed.")


def test_an_opinion_may_come_with_any_step_and_is_kept(agency: Agency, ann: FlaskClient) -> None:
    trip = agency.trip()

    assert act(ann, trip, "submit", opinion="Worth it").status_code == 200

    assert [one.opinion for one in agency.movements(trip)] == ["Worth it"]


@pytest.mark.parametrize("opinion", [3, ["x"], {"x": 1}])
def test_an_opinion_is_a_text(agency: Agency, ann: FlaskClient, opinion: Any) -> None:
    trip = agency.trip()

    refused = act(ann, trip, "submit", opinion=opinion)

    assert refused.status_code == 422
    assert list(refused.json["error"]["fields"]) == ["opinion"]


def test_programs_read_how_a_record_moved(agency: Agency, ann: FlaskClient) -> None:
    trip = agency.trip("submit", "refuse")

    found = ann.get(f"{API}/{trip}/movements").json

    submitted, refused = found["result"]
    assert (found["state"], found["due_at"], found["overdue"]) == ("refused", None, False)
    assert (submitted["step"], submitted["from"], submitted["to"]) == (
        "submit",
        "draft",
        "submitted",
    )
    assert (refused["by"]["label"], refused["opinion"], refused["was_late"]) == ("bob", "No", False)
    assert refused["was_due_at"] is not None


def test_movements_of_what_does_not_exist_here_do_not_exist(
    agency: Agency, ann: FlaskClient
) -> None:
    elsewhere = Agency.opened(agency.host, "CN01", people=("eve", "fay")).trip("submit")

    for ident in (elsewhere, 999, 2**70):
        assert ann.get(f"{API}/{ident}/movements").status_code == 404


def test_a_step_of_an_old_version_is_refused_and_told(agency: Agency, ann: FlaskClient) -> None:
    trip = agency.trip("submit")

    stale = ann.post(f"{API}/{trip}/actions/refuse", json={"version": 1, "opinion": "No"})

    assert (stale.status_code, stale.json["error"]["code"]) == (409, "stale_version")
    assert agency.kept(trip).state is TripState.SUBMITTED


def test_the_document_of_the_api_names_the_movements(agency: Agency, ann: FlaskClient) -> None:
    paths = ann.get("/api/v1/_openapi").json["paths"]

    assert f"{API}/{{ident}}/movements" in paths


def test_many_records_are_moved_at_once_with_one_opinion(agency: Agency, bob: FlaskClient) -> None:
    trips = [agency.trip("submit") for _each in range(2)]
    agency.settle(step="submit", opinion=True)
    records = [f"{trip}:2" for trip in trips]

    asked = bob.post("/trips/trips/bulk", data={"action": "refuse", "records": records, "ask": "1"})
    done = bob.post(
        "/trips/trips/bulk", data={"action": "refuse", "records": records, "opinion": "No"}
    )

    assert [box.attributes["name"] for box in look_at(asked).every("textarea")] == ["opinion"]
    assert done.status_code == 303
    assert [agency.kept(trip).state for trip in trips] == [TripState.REFUSED] * 2
