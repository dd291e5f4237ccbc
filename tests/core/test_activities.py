"""Activities: who is to do what about a record, until when, and who may say it is done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from bumen import add_activity, leave_comment
from bumen.documents.activities import (
    Activity,
    ActivityIsAnothers,
    ActivityIsDone,
    PersonCannotRead,
    activities_of,
    activity_called,
    change_activity,
    check_concerns,
    drop_activity,
    finish_activity,
    give_activity,
    open_activities,
)
from bumen.errors import Conflict, StaleVersion
from bumen.host import Host
from bumen.records import delete_record
from bumen.registry import Candidate
from tests.core.talks import NOON, PLUGINS, At, Talk

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def talk(host: Host) -> Talk:
    """A dish, and people who have something to do about it."""
    return Talk.begun(host)


def give(talk: Talk, giver: str, doer: str, what: str = "Taste", due_on: date = MONDAY) -> int:
    """Let somebody give somebody something to do; return the activity's id."""
    with talk.at_work(giver) as here:
        asked: dict[str, Any] = {"what": what, "user_id": talk.ids[doer], "due_on": due_on}
        ident: int = give_activity(here.resource, here.dish, by=here.user, **asked).id
        return ident


def found(here: At, ident: int) -> Activity:
    """Return an activity of the dish."""
    return activity_called(here.resource, here.dish, ident=ident)


def finish(talk: Talk, name: str, ident: int, remark: str | None = None) -> None:
    """Let somebody say that an activity is done."""
    with talk.at_work(name) as here:
        finish_activity(
            here.resource, here.dish, found(here, ident), by=here.user, at=NOON, remark=remark
        )


def test_who_is_given_something_to_do_is_told(talk: Talk) -> None:
    give(talk, "cook", "chef", "Taste it")

    assert talk.told("chef") == [("activity", "cook gives you to do on SOUP Soup: Taste it")]


def test_nobody_is_given_what_one_cannot_read(talk: Talk) -> None:
    with pytest.raises(PersonCannotRead):
        give(talk, "cook", "guest")


def test_what_is_open_comes_first_and_the_earliest_before(talk: Talk) -> None:
    ids = [give(talk, "cook", "chef", due_on=day) for day in (TUESDAY, MONDAY, MONDAY)]
    finish(talk, "chef", ids[1])

    with talk.at_work("cook") as here:
        listed = here.session.scalars(activities_of("kitchen.dishes", record_id=here.dish.id))
        assert [one.id for one in listed] == [ids[2], ids[0], ids[1]]
        mine = here.session.scalars(open_activities(talk.ids["chef"]))
        assert {one.id for one in mine} == {ids[0], ids[2]}


def test_what_is_done_says_by_whom_and_what_came_of_it(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")

    finish(talk, "chef", ident, "Too salty")

    with talk.at_work("cook") as here:
        done = found(here, ident)
        assert (done.done_at, done.done_by_id, done.remark) == (
            NOON,
            talk.ids["chef"],
            "Too salty",
        )
    assert talk.told("cook") == [("followed", "chef has done “Taste” on SOUP Soup.")]
    assert talk.told("chef") == []


def test_what_somebody_was_told_stays_while_something_is_left_to_do(talk: Talk) -> None:
    ids = [give(talk, "cook", "chef", what) for what in ("one", "two")]

    finish(talk, "chef", ids[0])

    assert len(talk.told("chef")) == 2


def test_nothing_is_done_twice(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")
    finish(talk, "chef", ident)

    with pytest.raises(ActivityIsDone):
        finish(talk, "cook", ident)
    with talk.at_work("cook") as here, pytest.raises(ActivityIsDone):
        drop_activity(here.resource, here.dish, found(here, ident), at=NOON)


def test_of_many_who_say_at_once_that_it_is_done_one_is_heard(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")

    def said(name: str) -> bool:
        try:
            finish(talk, name, ident)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(said, ["chef", "cook", "xiaoming", "chef"] * 4))

    assert heard.count(True) == 1
    assert len(talk.told("cook")) <= 1


def test_whom_it_does_not_concern_cannot_say_it_is_done(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")

    with talk.at_work("xiaoming") as here:
        activity = found(here, ident)
        with pytest.raises(ActivityIsAnothers):
            check_concerns(activity, by=here.user, writes=False)
        check_concerns(activity, by=here.user, writes=True)


def test_an_activity_can_be_handed_to_somebody_else(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")

    with talk.at_work("cook") as here:
        values = {"user_id": talk.ids["xiaoming"], "due_on": TUESDAY}
        change_activity(
            here.resource, here.dish, found(here, ident), values=values, by=here.user, at=NOON
        )

    assert talk.told("chef") == []
    assert [kind for kind, _words in talk.told("xiaoming")] == ["activity"]


def test_an_activity_is_late_the_day_after(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")

    with talk.at_work("cook") as here:
        assert not found(here, ident).is_late(on=MONDAY)
        assert found(here, ident).is_late(on=TUESDAY)


def test_who_changes_what_was_changed_meanwhile_is_told(talk: Talk) -> None:
    ident = give(talk, "cook", "chef")

    with pytest.raises(StaleVersion), talk.at_work("cook") as here:
        stale = found(here, ident)
        faster = text("UPDATE core_activity SET version = version + 1")
        here.session.execute(faster, execution_options={"host_statement": True})
        finish_activity(here.resource, here.dish, stale, by=here.user, at=NOON)


def test_activities_go_with_their_record(talk: Talk) -> None:
    give(talk, "cook", "chef")

    with talk.at_work("cook") as here:
        delete_record(here.resource, here.dish, by=here.user)

    with talk.host.unit_of_work(company="TW01") as unit:
        assert unit.session.scalars(select(Activity)).all() == []


def test_a_department_gives_something_to_do_and_says_so(talk: Talk) -> None:
    with talk.at_work("cook") as here:
        about = {"by": here.user, "user_id": talk.ids["chef"], "due_on": MONDAY}
        add_activity(here.dish, what="Taste", **about)
        leave_comment(here.dish, text="Over to @chef", by=here.user, at=NOON)

    assert [kind for kind, _words in talk.told("chef")] == ["activity", "mentioned"]
