"""Very many rows are checked while others write, and nothing else is found than if nobody did."""

from __future__ import annotations

import tomllib
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import update

from bumen.company.models import Company
from bumen.host import Host
from bumen.importing import aside, steps
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard, held
from tests.core.importing_files.test_second_files import TOML

MANY = 6_000
LONGEST = 1.0
"""Seconds that somebody who saves may have to wait."""
_BAD = {
    205: "G5,Once more,,",
    410: "G410,Tybalt,,",
    615: "G615,Refers to nobody,,NOBODY",
    620: "G620,Refers to a refused one,,G410",
    # What follows waits for a row of a later piece, and for one that never comes to be.
    30: "G30,Waits,,G640",
    31: "G31,Waits in vain,,G615",
    640: "G640,Bad,no such rating,",
}
"""Rows that mean something wrong, or something of another piece of 200 rows, by their number."""


def growers(count: int) -> str:
    """Return a file of growers of whom most work for one of an earlier piece."""
    rows = ["code,name,rating,chief"]
    for number in range(1, count + 1):
        chief = f"G{number - 250}" if number > 250 else ""
        rows.append(_BAD.get(number, f"G{number},Grower {number},,{chief}"))
    return "\n".join(rows)


def crates(count: int) -> tuple[str, str]:
    """Return a file of crates, a later one called like an earlier, and one of their lines."""
    heads = [f"C{1 if number == count else number},G1" for number in range(1, count + 1)]
    lines = [f"C{number};Apple;{number % 300};1,50;0" for number in range(1, count + 5)]
    head = "reference;fruit;pieces;price;reduction"
    return "\n".join(["reference,grower", *heads]), "\n".join([head, *lines])


def found(wizard: Wizard, resource: str, text: str, **options: Any) -> tuple[Any, list[Any]]:
    """Return what a check counts, and what it says of which row and field."""
    ident = wizard.begin(resource, text, **options)
    wizard.do(steps.check, ident)
    said = [(one.file, one.row, one.field, one.reason) for one in wizard.problems(ident)]
    return (wizard.counts(ident), wizard.kept(ident).lines), said


def both_ways(
    monkeypatch: pytest.MonkeyPatch, wizard: Wizard, resource: str, text: str, *, lines: str = ""
) -> list[Any]:
    """Return what is found in a file as one of few rows, and as one of many."""
    several, options = [], dict[str, Any]()
    for few in (10**6, 0):
        monkeypatch.setattr(aside, "FEW", few)
        if lines:
            beside = [("lines.csv", BytesIO(lines.encode()))]
            options = {"mapping": tomllib.loads(TOML), "beside": beside}
        several.append(found(wizard, resource, text, **options))
    return several


def test_what_is_wrong_across_pieces_is_found_alike(
    wizard: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.through("depot.growers", "code,name\nG7,There already\n")

    few, many = both_ways(monkeypatch, wizard, "depot.growers", growers(700))

    assert few == many
    counts, problems = many
    assert (counts[0][0] > 600, {row for _file, row, *_rest in problems} >= {8, 206, 411}) == (
        True,
        True,
    )
    assert wizard.growers() == {"G7": "There already"}


def test_lines_of_a_second_file_are_found_alike(
    wizard: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.through("depot.growers", "code,name\nG1,Ada\n")
    heads, lines = crates(620)

    few, many = both_ways(monkeypatch, wizard, "depot.crates", heads, lines=lines)

    assert few == many
    assert len(many[1]) >= 8
    assert {file for file, *_rest in many[1]} == {"table.csv", "lines.csv"}


def longest_wait(host: Host, checking: Future[Any]) -> tuple[float, int]:
    """Save something over and over while a check goes on; return the longest wait, how often."""
    longest, times = 0.0, 0
    while not checking.done():
        began = monotonic()
        with host.database.wide_session() as other, other.begin():
            other.execute(update(Company).values(name=f"Renamed {times}"))
        longest, times = max(longest, monotonic() - began), times + 1
    return longest, times


def test_others_save_while_very_many_rows_are_checked(wizard: Wizard) -> None:
    text = "code,name\n" + "\n".join(f"G{n},Grower {n}" for n in range(MANY))
    ident = wizard.begin("depot.growers", text)
    with wizard.working():
        steps.check(held(ident))

    with ThreadPoolExecutor(1) as pool:
        longest, times = longest_wait(wizard.host, pool.submit(work_off, wizard.host))

    assert wizard.counts(ident) == (MANY, 0, 0, 0)
    assert wizard.growers() == {}
    assert longest < LONGEST
    assert times > 10
