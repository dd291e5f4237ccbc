"""The rule book of the demonstration: whole, in both scripts, in the words of each."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from bumen.catalogues.chinese import TRANSLATED, faults
from bumen.demo.rules import write_rules
from bumen.host import Host
from bumen.registry import Candidate
from bumen.regulations import Regulation, clauses_in_force
from bumen.regulations.content import demands_in
from bumen.regulations.models import all_regulations
from bumen.testing.makers import make_administrator, make_company
from bumen.unit_of_work import session, today

DEMANDED = Path(__file__).parents[3] / "shared" / "spec" / "clauses.csv"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("notes", "notes"),)


def test_both_scripts_have_the_same_clauses_for_the_same_demands() -> None:
    first, second = (
        [(row["chapter"], row["clause"], row["demands"]) for row in _rows(language)]
        for language in TRANSLATED
    )

    assert first == second
    assert len({number for _chapter, number, _demands in first}) == len(first)


@pytest.mark.parametrize("language", TRANSLATED)
def test_rules_are_written_as_people_there_write(language: str) -> None:
    wrong = {
        row["clause"]: found
        for row in _rows(language)
        if (found := [*faults(row["text"], language), *faults(row["chapter_title"], language)])
    }

    assert wrong == {}


@pytest.mark.skipif(not DEMANDED.exists(), reason="the list of demands is not at hand")
def test_every_demand_there_is_has_its_clause() -> None:
    with DEMANDED.open(encoding="utf-8") as lines:
        wanted = sorted(row["id"] for row in csv.DictReader(lines))

    answered = [one for row in _rows("zh_Hant") for one in demands_in(row["demands"])]

    assert sorted(answered) == wanted


def test_a_company_gets_its_rules_once_and_in_its_own_script(host: Host) -> None:
    make_company(host, code="CN01", locale="zh_Hans")
    make_administrator(host, "ann", company="CN01")

    for _again in range(2):
        with host.unit_of_work(company="CN01", by="ann") as unit:
            write_rules(by=unit.user)

    with host.unit_of_work(company="CN01", by="ann"):
        found: list[Regulation] = list(session().scalars(all_regulations()))
        assert [one.code for one in found] == ["MKT-01"]
        clauses = session().scalars(clauses_in_force(today())).all()
        assert [one.text for one in clauses] == [row["text"] for row in _rows("zh_Hans")]


def _rows(language: str) -> list[dict[str, str]]:
    place = files("bumen.demo") / "regulations" / f"{language}.csv"
    with place.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
