"""Numbers: no duplicate and no gap, however many take them at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from bumen import next_number
from bumen.database import only_reading
from bumen.documents.numbering import Sequence
from bumen.host import Host
from bumen.registry import Candidate
from bumen.together import together
from bumen.unit_of_work import CurrentCompany, UnitOfWork, session
from tests.core.web.conftest import statements

__all__ = ["statements"]

DAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("notes", "notes"),)


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("SO-{YYYY}-{00000}", "SO-2026-00001"),
        ("{YY}{MM}{000}", "2611001"),
        ("C{0}", "C1"),
    ],
)
def test_a_pattern_says_how_numbers_look(unit: UnitOfWork, pattern: str, first: str) -> None:
    assert next_number(pattern, kind="test", on=DAY) == first


def test_counters_start_anew_with_the_period_of_the_pattern(unit: UnitOfWork) -> None:
    days = [DAY, DAY, date(2027, 1, 1), DAY]

    numbers = [next_number("{YYYY}-{00}", kind="test", on=day) for day in days]

    assert numbers == ["2026-01", "2026-02", "2027-01", "2026-03"]


def test_kinds_and_companies_count_for_themselves(
    host: Host, company: CurrentCompany, other_company: CurrentCompany
) -> None:
    taken = []
    for code in (company.code, other_company.code):
        with host.unit_of_work(company=code):
            taken += [next_number("{0}", kind=kind, on=DAY) for kind in ("a", "b")]

    assert taken == ["1", "1", "1", "1"]


def test_a_number_that_was_not_used_is_given_again(host: Host, company: CurrentCompany) -> None:
    with pytest.raises(LookupError), host.unit_of_work(company=company.code):
        next_number("{0}", kind="test", on=DAY)
        raise LookupError("changed my mind")

    with host.unit_of_work(company=company.code):
        assert next_number("{0}", kind="test", on=DAY) == "1"


def test_sixteen_at_once_get_sixteen_numbers_in_a_row(host: Host, company: CurrentCompany) -> None:
    def take(_turn: int) -> str:
        with host.unit_of_work(company=company.code):
            return next_number("{0}", kind="rush", on=DAY)

    with ThreadPoolExecutor(8) as people:
        taken = list(people.map(take, range(16)))

    assert sorted(map(int, taken)) == list(range(1, 17))
    with host.unit_of_work(company=company.code):
        last = session().scalar(select(Sequence.last).where(Sequence.kind == "rush"))
        assert last == 16


def test_a_number_that_is_only_tried_is_the_next_one_and_not_taken(
    host: Host, company: CurrentCompany
) -> None:
    with host.unit_of_work(company=company.code):
        next_number("{00}", kind="test", on=DAY)
    with host.unit_of_work(company=company.code) as unit, unit.trying():
        tried = [next_number("{00}", kind="test", on=DAY) for _ in range(2)]

    with host.unit_of_work(company=company.code):
        assert next_number("{00}", kind="test", on=DAY) == "02"
    assert tried == ["02", "03"]


def test_trying_a_number_keeps_nobody_waiting(host: Host, company: CurrentCompany) -> None:
    with only_reading(), host.unit_of_work(company=company.code) as unit, unit.trying():
        next_number("{00}", kind="test", on=DAY)
        with ThreadPoolExecutor() as others:
            taken = others.submit(_take, host, company).result(timeout=10)

    assert taken == "01"


def _take(host: Host, company: CurrentCompany) -> str:
    with host.unit_of_work(company=company.code):
        return next_number("{00}", kind="test", on=DAY)


def test_records_made_together_take_their_numbers_with_one_lock(
    host: Host, company: CurrentCompany, statements: Callable[[], list[str]]
) -> None:
    with host.unit_of_work(company=company.code):
        first = next_number("{0}", kind="test", on=DAY)
    with host.unit_of_work(company=company.code) as unit:
        statements()
        with together(5):
            taken = [next_number("{0}", kind="test", on=DAY) for _turn in range(5)]
        asked = len([one for one in statements() if "core_sequence" in one])
        with pytest.raises(LookupError), unit.attempt(), together(2):
            next_number("{0}", kind="test", on=DAY)
            next_number("{0}", kind="test", on=DAY)
            raise LookupError("changed my mind")

    with host.unit_of_work(company=company.code):
        assert [first, *taken, next_number("{0}", kind="test", on=DAY)] == list("1234567")
    assert asked == 2


def test_what_is_undone_apart_gives_back_only_its_own_numbers(
    host: Host, company: CurrentCompany
) -> None:
    taken = []
    with host.unit_of_work(company=company.code) as unit, together(4):
        taken += [next_number("{0}", kind="test", on=DAY) for _turn in range(3)]
        with pytest.raises(LookupError), unit.attempt():
            next_number("{0}", kind="test", on=DAY)
            raise LookupError("one of them failed")
        taken += [next_number("{0}", kind="test", on=DAY) for _turn in range(2)]

    with host.unit_of_work(company=company.code):
        assert [*taken, next_number("{0}", kind="test", on=DAY)] == list("123456")
