"""Tests of pages take turns: each runs on one database, and half of them on either."""

import pytest

from bumen.testing.pytest_plugin import out_of_turn

HERE = ["*/test_in_turn.py"]


@pytest.mark.parametrize("number", range(8))
def test_something_on_a_page(backend: str, number: int) -> None:
    assert backend
    assert number < 8


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_something_of_one_database(backend: str) -> None:
    assert backend == "postgresql"


def test_what_needs_no_database() -> None:
    assert HERE


def test_each_is_left_to_one_database(request: pytest.FixtureRequest) -> None:
    items = [item for item in request.session.items if "test_in_turn.py" in item.nodeid]
    if request.config.getoption("--backend"):
        pytest.skip("one database only was asked for")

    left_out = sorted(item.name for item in out_of_turn(items, HERE))

    assert {name.partition("[")[0] for name in left_out} == {"test_something_on_a_page"}
    assert {number_of(name) for name in left_out} == set(range(8))
    assert len(left_out) == 8
    assert {"sqlite" in name for name in left_out} == {True, False}


def test_nothing_takes_turns_that_no_pattern_names(request: pytest.FixtureRequest) -> None:
    assert not out_of_turn(request.session.items, ["*/test_nothing.py"])


def number_of(name: str) -> int:
    """Return the number in `test_something_on_a_page[sqlite-3]`."""
    return int(name.rstrip("]").rpartition("-")[2])
