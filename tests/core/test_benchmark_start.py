"""A start asks the database little: the goals of the benchmark, in statements, not in seconds."""

import pytest

from benchmarks.figures import Goal
from benchmarks.start import OURS, STOCK, Start, goals, measure
from bumen.testing.databases import SqliteDatabases

NEEDED = (Start(OURS, empty=True), Start(STOCK, empty=True), Start(OURS, empty=False))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[Goal]:
    """What one hurried round on SQLite found."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("starts"))
    return goals(measure(databases, rounds=1, starts=NEEDED, hurried=True))


@pytest.mark.parametrize("place", [0, 1])
def test_a_start_asks_the_database_little(kept: list[Goal], place: int) -> None:
    assert kept[place].met, kept[place]
