"""Companies decide how their numbers look; gaps are found where there may be none."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from multiprocessing import get_context
from threading import Event

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bumen import next_number
from bumen.company.service import add_company
from bumen.documents.gaps import gaps
from bumen.documents.patterns import Pattern, PatternIsWrong, Read
from bumen.documents.settling_numbers import GapsAreNotAllowed, unsettle_numbering
from bumen.errors import StaleVersion
from bumen.host import Host, as_current
from bumen.registry import Candidate
from bumen.settings import Settings
from tests.core.box_office import DAY, KIND, PLUGINS, BoxOffice
from tickets.models import Ticket

WRITERS = 32
LOOSE = "tickets.stub"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def office(host: Host) -> BoxOffice:
    return BoxOffice.opened(host)


def test_a_declared_kind_needs_no_pattern(office: BoxOffice) -> None:
    assert [office.sell(), office.sell()] == ["T-2026-0001", "T-2026-0002"]


def test_a_kind_nobody_declares_needs_one(office: BoxOffice) -> None:
    with pytest.raises(LookupError), office.host.unit_of_work(company="TW01"):
        next_number(kind="tickets.unknown", on=DAY)


def test_a_company_numbers_as_it_decided_and_others_do_not(host: Host) -> None:
    office = BoxOffice.opened(host, "TW01", "CN01")
    first = office.sell()
    office.decide("票{YY}{MM}-{000}")

    numbers = [first, office.sell(), office.sell(), office.sell(company="CN01")]

    assert numbers == ["T-2026-0001", "票2611-001", "票2611-002", "T-2026-0001"]


def test_counting_goes_on_where_the_period_stays(office: BoxOffice) -> None:
    office.sell()
    office.decide("{YYYY}/{00000}")

    assert office.sell() == "2026/00002"


@pytest.mark.parametrize(
    ("pattern", "days", "numbers"),
    [
        (
            "{YYYY}-{00}",
            [DAY, date(2026, 12, 31), date(2027, 1, 1)],
            ["2026-01", "2026-02", "2027-01"],
        ),
        (
            "{YY}{MM}-{0}",
            [DAY, date(2026, 12, 1), date(2027, 11, 1)],
            ["2611-1", "2612-1", "2711-1"],
        ),
        ("N{000}", [DAY, date(2027, 1, 1)], ["N001", "N002"]),
    ],
)
def test_counting_begins_anew_with_the_period(
    office: BoxOffice, pattern: str, days: list[date], numbers: list[str]
) -> None:
    office.decide(pattern)

    assert [office.sell(day) for day in days] == numbers


@pytest.mark.parametrize("own", [None, "票{YYYY}-{000}"])
def test_many_writers_get_numbers_in_a_row(office: BoxOffice, own: str | None) -> None:
    if own:
        office.decide(own)
    taken = office.sell_many(WRITERS)

    counts = sorted(int(number.rpartition("-")[2]) for number in taken)
    assert counts == list(range(1, WRITERS + 1))
    assert office.problems() == []


def test_two_processes_get_numbers_in_a_row(office: BoxOffice) -> None:
    url = office.host.database.url
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        found = [processes.submit(sell_elsewhere, url, 8) for _turn in range(2)]
        taken = [number for one in found for number in one.result(timeout=60)]

    assert sorted(taken) == [f"T-2026-{count:04}" for count in range(1, 17)]
    assert office.problems() == []


def test_a_loose_kind_keeps_nobody_waiting(office: BoxOffice) -> None:
    if office.host.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time anyway.")
    held, done = Event(), Event()

    def take_and_rest() -> str:
        with office.host.unit_of_work(company="TW01"):
            taken = next_number(kind=LOOSE, on=DAY)
            held.set()
            done.wait(10)
            return taken

    with ThreadPoolExecutor(1) as other:
        first = other.submit(take_and_rest)
        held.wait(10)
        with office.host.unit_of_work(company="TW01"):
            second = next_number(kind=LOOSE, on=DAY)
        done.set()
        assert {first.result(), second} == {"S001", "S002"}


def test_a_loose_kind_has_no_duplicates(office: BoxOffice) -> None:
    def take(_turn: int) -> str:
        with office.host.unit_of_work(company="TW01"):
            return next_number(kind=LOOSE, on=DAY)

    with ThreadPoolExecutor(8) as people:
        taken = list(people.map(take, range(WRITERS)))

    assert len(set(taken)) == WRITERS


def test_a_company_that_is_only_being_made_has_numbers(host: Host) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    local = {"country": "TW", "currency": "TWD", "locale": "zh_Hant"}
    with host.unit_of_work() as unit:
        made = add_company(unit.session, code="TW01", name="晴川", at=at, **local)
        unit.enter(company=as_current(made), user=None, on={"tickets"})
        taken = [next_number(kind=LOOSE, on=DAY) for _turn in range(2)]
    with host.unit_of_work(company="TW01"):
        taken.append(next_number(kind=LOOSE, on=DAY))

    assert taken == ["S001", "S002", "S003"]


def test_a_deleted_document_is_no_gap_and_a_vanished_one_is(office: BoxOffice) -> None:
    for _turn in range(4):
        office.sell()
    office.tear_up("T-2026-0002")
    assert office.problems() == []

    with office.host.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM tickets_ticket WHERE number = 'T-2026-0003'"))

    assert office.problems() == [
        "Numbers of tickets.ticket in TW01: nothing accounts for 3 of 2026."
    ]


def test_gaps_from_before_they_were_forbidden_are_nobodys_fault(office: BoxOffice) -> None:
    with office.host.unit_of_work(company="TW01"):
        next_number(kind=LOOSE, on=DAY)

    office.decide("S{000}", kind=LOOSE, gapless=True)

    with office.host.database.engine.connect() as connection:
        counters = connection.execute(text("SELECT kind, last, gaps_until FROM core_sequence"))
        assert counters.all() == [(LOOSE, 1, 1)]


def test_a_kind_that_may_have_no_gaps_any_more_is_asked_from_there_on(office: BoxOffice) -> None:
    with office.host.unit_of_work(company="TW01"):
        taken = [next_number(kind=LOOSE, on=DAY) for _turn in range(2)]
        stricter = replace(office.settled(LOOSE).declared, gapless=True, model=Ticket)

    with office.host.database.engine.begin() as connection:
        before = list(gaps(connection, [stricter]))
        connection.execute(text("UPDATE core_sequence SET last = last + 1"))
        after = list(gaps(connection, [stricter]))

    assert (taken, before) == (["S001", "S002"], [])
    assert after == ["Numbers of tickets.stub in TW01: nothing accounts for 3."]


def test_a_number_nobody_counted_is_not_missed(office: BoxOffice) -> None:
    office.sell(), office.sell()
    with office.host.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM tickets_ticket"))
    assert len(office.problems()) == 1

    with office.host.database.engine.begin() as connection:
        connection.execute(text("UPDATE core_sequence SET gaps_until = last"))
    assert office.problems() == []


def test_gaps_are_found_across_patterns(office: BoxOffice) -> None:
    office.sell()
    office.decide("票{YYYY}{0000}")
    office.sell()
    office.decide("X-{YYYY}-{0}")
    office.sell()
    assert office.problems() == []


WRONG = [
    "",
    "SO-{YYYY}",
    "{000}{000}",
    "SO {000}",
    "{MM}-{000}",
    "{DD}{000}",
    "{000",
    "A" * 40 + "{0}",
]


@pytest.mark.parametrize("pattern", [*WRONG, "{YYYY}{0000000000000}"])
def test_a_pattern_that_makes_no_numbers_is_refused(office: BoxOffice, pattern: str) -> None:
    with pytest.raises(PatternIsWrong):
        office.decide(pattern)


@pytest.mark.parametrize(
    ("pattern", "number", "read"),
    [
        ("SO-{YYYY}-{00000}", "SO-2026-00012", Read("2026", 12)),
        ("SO-{YYYY}-{00000}", "SO-2026-1234567", Read("2026", 1234567)),
        ("{YY}{MM}{000}", "2611007", Read("202611", 7)),
        ("單{0}", "單5", Read("", 5)),
        ("SO-{YYYY}-{00000}", "PO-2026-00012", None),
    ],
)
def test_a_number_is_read_back_by_its_pattern(pattern: str, number: str, read: Read | None) -> None:
    assert Pattern(pattern).read(number) == read


def test_gaps_are_not_allowed_where_the_department_wants_none(office: BoxOffice) -> None:
    with pytest.raises(GapsAreNotAllowed):
        office.decide("T{000}", gapless=False)


def test_who_decides_on_what_was_changed_meanwhile_is_told(office: BoxOffice) -> None:
    office.decide("A{000}")

    with pytest.raises(StaleVersion):
        office.decide("B{000}", version=0)


def test_a_company_may_go_back_to_what_the_department_has(office: BoxOffice) -> None:
    office.decide("A{YYYY}{000}")
    with office.host.unit_of_work(company="TW01"):
        now = office.settled(KIND)
        unsettle_numbering(now.declared, version=now.version)

    assert office.sell() == "T-2026-0001"


def sell_elsewhere(url: str, count: int) -> list[str]:
    """Sell tickets in a process of one's own."""
    secret = SecretStr("only-for-tests-0123456789-abcdefghijk")
    host = Host.start(Settings(database_url=url, secret_key=secret), PLUGINS)
    taken = [BoxOffice(host).sell() for _turn in range(count)]
    host.database.engine.dispose()
    return taken
