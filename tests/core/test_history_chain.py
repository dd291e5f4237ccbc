"""Nobody changes history without being found out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bumen.database import Database
from bumen.documents.history import (
    HistoryHead,
    Signet,
    broken_histories,
    sign_anew,
    sign_first,
)
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_company
from bumen.upgrading import upgrade
from kitchen.models import Supplier
from tests.core.histories import KITCHEN, Cook

AT_ONCE = 16
THIRD = "UPDATE core_history SET label = 'Tampered' WHERE number = 3"
SWAP = (
    "UPDATE core_history SET number = -1 WHERE number = 2",
    "UPDATE core_history SET number = 2 WHERE number = 4",
    "UPDATE core_history SET number = 4 WHERE number = -1",
)
BACK_TO_THREE = (
    "UPDATE core_history_head SET count = 3, "
    "hash = (SELECT hash FROM core_history WHERE number = 3)"
)
ALL_OF_IT = ("DELETE FROM core_history", "DELETE FROM core_history_head")
TAMPERED = {
    "a changed entry": ((THIRD,), ["Entry 3 is not what was written."]),
    "a changed opinion": (
        ("UPDATE core_history SET opinion = 'yes' WHERE number = 1",),
        ["Entry 1 is not what was written."],
    ),
    "a changed value": (
        ("UPDATE core_history SET changes = '{\"fields\": []}' WHERE number = 5",),
        ["Entry 5 is not what was written."],
    ),
    "a missing entry": (
        ("DELETE FROM core_history WHERE number = 2",),
        ["Entry 2 is missing."],
    ),
    "a tail cut off": (
        ("DELETE FROM core_history WHERE number >= 4",),
        ["Entries 4 to 5 are missing."],
    ),
    "a tail cut off, and the head made to fit": (
        ("DELETE FROM core_history WHERE number >= 4", BACK_TO_THREE),
        ["Its head does not bear its signature."],
    ),
    "two swapped": (
        SWAP,
        [f"Entry {number} is not what was written." for number in (2, 3, 4, 5)],
    ),
    "everything gone": (
        ("DELETE FROM core_history", "DELETE FROM core_history_head WHERE 0 = 1"),
        ["Entries 1 to 5 are missing."],
    ),
    "no head": (("DELETE FROM core_history_head",), ["Its head is missing."]),
    "everything gone, its head as well": (ALL_OF_IT, ["Its head is missing."]),
}


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return KITCHEN


@pytest.fixture
def cook(host: Host) -> Cook:
    """Somebody with a history of five entries: two of how the kitchen was set up, three more."""
    made = Cook.at_work(host)
    for name in ("Farm", "Mill", "Dairy"):
        made.make("kitchen.suppliers", name=name)
    return made


def test_a_history_nobody_touched_is_whole(cook: Cook) -> None:
    assert cook.faults() == []
    assert [one.number for one in cook.every_entry()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found(cook: Cook, how: str) -> None:
    statements, found = TAMPERED[how]
    with cook.behind_its_back() as connection:
        for statement in statements:
            connection.execute(text(statement))

    assert [one.removeprefix("History of TW01: ") for one in cook.faults()] == found


def test_what_is_written_afterwards_hides_nothing(cook: Cook) -> None:
    with cook.behind_its_back() as connection:
        connection.execute(text("DELETE FROM core_history WHERE number >= 4"))
        connection.execute(text(BACK_TO_THREE))

    cook.make("kitchen.suppliers", name="Wholesale")

    assert cook.faults() == [
        "History of TW01: When entry 4 was written, the signature did not fit."
    ]


def test_a_history_that_is_gone_stays_a_fault_when_it_goes_on(cook: Cook) -> None:
    with cook.behind_its_back() as connection:
        for statement in ALL_OF_IT:
            connection.execute(text(statement))

    cook.make("kitchen.suppliers", name="Wholesale")

    doubt = "History of TW01: When entry 1 was written, the signature did not fit."
    assert cook.faults() == [doubt]
    with cook.host.database.engine.begin() as connection:
        [signed] = sign_anew(connection, Signet(cook.host.settings.secret))
    assert "doubted from entry 1" in signed
    assert cook.faults() == []


def test_a_company_has_a_signed_history_from_its_first_moment(host: Host) -> None:
    make_company(host, code="JP01")

    signet = host.departments.signet
    with host.database.engine.connect() as connection:
        assert list(broken_histories(connection, signet)) == []


def test_companies_that_were_there_have_one_from_the_upgrade_on(
    empty: Database, host: Host
) -> None:
    old = Host(host.settings, empty, host.registry)
    upgrade(old)
    make_company(old, code="JP01")
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE core_history_head SET key = '', signature = ''"))
        sign_first(connection, old.departments.signet)
        assert list(broken_histories(connection, old.departments.signet)) == []


@pytest.mark.parametrize("deed", [THIRD, "DELETE FROM core_history"])
def test_the_database_itself_refuses_to_change_history(cook: Cook, deed: str) -> None:
    with pytest.raises(DBAPIError, match="only added to"), cook.host.database.engine.begin() as one:
        one.execute(text(deed))


def test_another_secret_is_told_from_tampering(cook: Cook) -> None:
    head = _head(cook)

    assert not Signet("another secret").fits(head)
    assert Signet("another secret").name != head.key
    assert Signet(cook.host.settings.secret).fits(head)


def test_histories_are_signed_anew_with_another_key(cook: Cook) -> None:
    another = Signet("another secret")
    with cook.host.database.engine.begin() as connection:
        assert list(broken_histories(connection, another)) == [
            "History of TW01: It was signed with another secret key."
        ]
        assert list(sign_anew(connection, another)) == ["History of TW01: 5 entries signed."]
        assert list(broken_histories(connection, another)) == []


def test_what_is_broken_is_not_signed_anew(cook: Cook) -> None:
    with cook.behind_its_back() as connection:
        connection.execute(text(THIRD))
    with cook.host.database.engine.begin() as connection:
        signed = list(sign_anew(connection, Signet("another secret")))

    assert signed == ["History of TW01: not signed, for its seals are broken."]


def test_many_at_once_make_one_chain_without_gaps(cook: Cook) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(partial(_add, cook), range(AT_ONCE)))

    assert [one.number for one in cook.every_entry()] == list(range(1, 6 + AT_ONCE))
    assert cook.faults() == []


def test_the_very_first_entries_at_once_make_one_chain(host: Host) -> None:
    cook = Cook.at_work(host)

    with ThreadPoolExecutor(8) as people:
        list(people.map(partial(_add, cook), range(8)))

    assert [one.number for one in cook.every_entry()] == list(range(1, 11))
    assert cook.faults() == []


def test_companies_have_histories_of_their_own(cook: Cook) -> None:
    make_company(cook.host, code="CN01", plugins=["kitchen"])
    with cook.host.unit_of_work(company="CN01") as unit:
        unit.session.add(Supplier(name="Far away"))

    there = [one for one in cook.entries() if one.company_id != cook.company.id]
    assert [(one.number, one.label) for one in there] == [(2, "Far away")]
    assert cook.faults() == []


def _add(cook: Cook, turn: int) -> None:
    with cook.unit() as unit:
        unit.session.add(Supplier(name=f"Supplier {turn}"))


def _head(cook: Cook) -> HistoryHead:
    with cook.host.database.wide_session() as wide:
        found = wide.get(HistoryHead, cook.company.id)
        assert found is not None
        return found
