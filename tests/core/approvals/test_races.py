"""Two people decide in the same moment: each word counts once, and the document goes on once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from bumen.approvals import escalate_late, withdraw
from bumen.approvals.errors import AlreadyDecided, NotAsked
from bumen.delivering import ask_superiors
from bumen.errors import BusinessError, Conflict
from bumen.workflow import AllOf, AnyOf, AskPerson, WorkingHours
from tests.core.approvals.office import NOW, Office, latest


def at_once(*deeds: Callable[[], Any]) -> list[BusinessError | None]:
    """Do things in the same moment, each in a thread; return what was refused."""
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> BusinessError | None:
        gate.wait()
        try:
            deed()
        except BusinessError as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_twenty_clicks_of_one_person_count_once(office: Office) -> None:
    petition = office.asked()

    told = at_once(*[lambda: office.say(petition, by="lin")] * 20)

    assert sum(one is None for one in told) == 1
    assert all(isinstance(one, AlreadyDecided) for one in told if one is not None)
    assert office.granted(petition) == 1


def test_of_two_who_are_enough_each_alone_one_wins(office: Office) -> None:
    office.rule(AnyOf(AskPerson(office.ids["lin"]), AskPerson(office.ids["wu"])))
    petition = office.asked()

    told = at_once(
        lambda: office.say(petition, by="lin"),
        lambda: office.say(petition, by="wu", agrees=False),
    )

    assert sum(one is None for one in told) == 1
    assert office.state(petition) in ("granted", "draft")


def test_the_words_of_two_who_are_both_needed_count_both(office: Office) -> None:
    people = ("lin", "wu", "huang", "boss")
    office.rule(AllOf(*(AskPerson(office.ids[name]) for name in people)))
    petition = office.asked()

    told = at_once(*[lambda name=name: office.say(petition, by=name) for name in people])

    assert told == [None] * 4
    assert (office.state(petition), office.granted(petition)) == ("granted", 1)


def test_it_is_withdrawn_or_decided_never_both(office: Office) -> None:
    for _time in range(5):
        petition = office.asked()

        told = at_once(
            lambda petition=petition: office.do(withdraw, petition, by="wang"),
            lambda petition=petition: office.say(petition, by="lin"),
            lambda petition=petition: office.act("take_back", petition, by="wang"),
        )

        assert sum(one is None for one in told) == 1
        assert all(isinstance(one, Conflict | NotAsked) for one in told if one is not None)
        assert office.granted(petition) == (office.state(petition) == "granted")


def test_the_job_asks_superiors_once(office: Office) -> None:
    office.place("lin", superior="boss")
    office.rule(AllOf(AskPerson(office.ids["lin"]), due=WorkingHours(1)))
    petition = office.asked()
    with office.at_work():
        latest(petition).due_at = NOW.replace(year=2020)

    at_once(*[lambda: ask_superiors(office.host)] * 4)

    with office.at_work():
        assert latest(petition).due_at is not None  # it was not late yet: its seat says so
        assert escalate_late(at=NOW.replace(year=2027)) == 1
        assert escalate_late(at=NOW.replace(year=2027)) == 0
