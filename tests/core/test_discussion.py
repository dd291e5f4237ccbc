"""Records are talked about: who is told, who has read what, and what can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.company.people import delete_person
from bumen.company.service import user_called
from bumen.documents.discussion import (
    Comment,
    CommentIsAnothers,
    CommentIsWithdrawn,
    CommentReading,
    CommentStands,
    Follower,
    TooManyMentions,
    comment_called,
    comment_on,
    correct_comment,
    follow,
    following,
    people_offered,
    read_comments,
    withdraw_comment,
)
from bumen.documents.history.models import HistoryEntry
from bumen.errors import NotFound
from bumen.host import Host
from bumen.mail import Mail
from bumen.notices import Notice
from bumen.notices.letters import write_at_once
from bumen.records import delete_record
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from tests.core.talks import NOON, PLUGINS, Talk


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def talk(host: Host) -> Talk:
    """A dish, and people who talk about it."""
    return Talk.begun(host)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@chef please look", ["@chef"]),
        ("請@王小明看一下", ["@王小明"]),
        ("＠王小明，麻煩你", ["＠王小明"]),
        ("@CHEF, and @xiaoming.", ["@CHEF", "@xiaoming"]),
        ("@chef@xiaoming", ["@chef"]),
        ("write to anna@chef.example", []),
        ("@chefs are many", []),
        ("@chef.tw is somebody else", []),
        ("@nobody", []),
        ("@", []),
        ("@ chef", []),
    ],
)
def test_people_are_mentioned_by_what_they_are_called(
    talk: Talk, text: str, named: list[str]
) -> None:
    comment = talk.comment(talk.say("cook", text))

    ends = [(one["at"], one["at"] + one["length"]) for one in comment.mentions]
    assert [comment.text[start:end] for start, end in ends] == named


def test_a_name_two_people_bear_means_neither(talk: Talk) -> None:
    with talk.at_work("cook") as here:
        for name in ("chef", "cook"):
            here.session.get(type(here.user), talk.ids[name]).first_name = "陳大文"

    assert talk.comment(talk.say("xiaoming", "@陳大文 @chef")).mentions == [
        {"at": 5, "length": 5, "user": talk.ids["chef"]}
    ]


def test_nobody_of_another_company_is_mentioned(talk: Talk) -> None:
    make_company(talk.host, code="CN01", plugins=["kitchen"], country="CN", currency="CNY")
    make_administrator(talk.host, "ben", company="CN01")

    assert talk.comment(talk.say("cook", "@ben")).mentions == []


def test_who_is_mentioned_is_told_and_follows_from_then_on(talk: Talk) -> None:
    talk.say("cook", "@王小明 too salty?")
    talk.say("chef", "I think so")

    assert talk.told("xiaoming") == [
        ("mentioned", "cook mentions you in SOUP Soup: @王小明 too salty?"),
        ("followed", "chef on SOUP Soup: I think so"),
    ]
    assert talk.told("cook") == [("followed", "chef on SOUP Soup: I think so")]
    assert talk.told("chef") == []


def test_who_may_not_read_the_record_is_not_told_and_the_author_learns_it(talk: Talk) -> None:
    with talk.at_work("cook") as here:
        said = comment_on(here.resource, here.dish, text="@guest @chef", by=here.user, at=NOON)
        missed = [one.username for one in said.unreached]

    assert missed == ["guest"]
    assert talk.told("guest") == []
    assert [kind for kind, _words in talk.told("chef")] == ["mentioned"]


def test_who_does_not_want_to_follow_is_told_of_mentions_only(talk: Talk) -> None:
    with talk.at_work("cook") as here:
        follow(here.resource, here.dish, follows=False, by=here.user)

    talk.say("chef", "nothing for the cook")
    talk.say("chef", "@cook this is")
    talk.say("cook", "seen")

    assert [kind for kind, _words in talk.told("cook")] == ["mentioned"]
    with talk.at_work("cook") as here:
        assert following(here.resource, here.dish) == [talk.ids["chef"]]


def test_following_is_decided_as_often_as_one_likes(talk: Talk) -> None:
    for follows in (True, False, False, True):
        with talk.at_work("chef") as here:
            follow(here.resource, here.dish, follows=follows, by=here.user)
        with talk.at_work("chef") as here:
            assert (talk.ids["chef"] in following(here.resource, here.dish)) is follows

    with talk.at_work("chef") as here:
        assert here.session.scalar(select(func.count(Follower.id))) == 1


def test_ones_own_words_can_be_changed_for_a_quarter_of_an_hour(talk: Talk) -> None:
    ident = talk.say("cook", "to salty")
    late = NOON + timedelta(minutes=15)

    with talk.at_work("cook") as here:
        comment = comment_called(here.resource, here.dish, ident=ident)
        said = {"by": here.user, "text": "too salty, @chef"}
        fresh = late - timedelta(seconds=1)
        correct_comment(here.resource, here.dish, comment, at=fresh, **said)
        with pytest.raises(CommentStands):
            correct_comment(here.resource, here.dish, comment, at=late, **said)

    assert (talk.comment(ident).text, talk.comment(ident).edited_at) == ("too salty, @chef", fresh)
    assert [kind for kind, _words in talk.told("chef")] == ["mentioned"]


def test_a_correction_tells_nobody_twice(talk: Talk) -> None:
    ident = talk.say("cook", "@chef look")

    with talk.at_work("cook") as here:
        comment = comment_called(here.resource, here.dish, ident=ident)
        text = "@chef @王小明 look"
        correct_comment(here.resource, here.dish, comment, text=text, by=here.user, at=NOON)

    assert len(talk.told("chef")) == len(talk.told("xiaoming")) == 1


def test_nobody_changes_or_takes_back_what_others_said(talk: Talk) -> None:
    ident = talk.say("cook", "mine")

    with talk.at_work("chef") as here:
        comment = comment_called(here.resource, here.dish, ident=ident)
        with pytest.raises(CommentIsAnothers):
            correct_comment(here.resource, here.dish, comment, text="x", by=here.user, at=NOON)
        with pytest.raises(CommentIsAnothers):
            withdraw_comment(comment, by=here.user, at=NOON)

    assert talk.comment(ident).text == "mine"


def test_what_is_taken_back_leaves_its_place_without_its_words(talk: Talk) -> None:
    ident = talk.say("cook", "@chef secret")

    with talk.at_work("cook") as here:
        comment = comment_called(here.resource, here.dish, ident=ident)
        withdraw_comment(comment, by=here.user, at=NOON)
        with pytest.raises(CommentIsWithdrawn):
            withdraw_comment(comment, by=here.user, at=NOON)

    kept = talk.comment(ident)
    assert (kept.text, kept.mentions, kept.deleted_at) == ("", [], NOON)


def test_what_is_taken_back_is_gone_from_the_inbox_and_from_mail(talk: Talk) -> None:
    talk.say("cook", "@chef stays")
    ident = talk.say("cook", "@chef secret")
    with talk.at_work("cook"):
        write_at_once(house="", at=datetime.now(UTC))

    with talk.at_work("cook") as here:
        comment = comment_called(here.resource, here.dish, ident=ident)
        withdraw_comment(comment, by=here.user, at=NOON)
    with talk.at_work("cook") as here:
        write_at_once(house="", at=datetime.now(UTC))
        said = [str(one.words) for one in here.session.scalars(select(Notice))]
        said += [one.plain + one.html for one in here.session.scalars(select(Mail))]
    assert ("secret" in str(said), "stays" in str(said)) == (False, True)


def test_what_is_read_is_remembered_once_and_settles_what_was_told(talk: Talk) -> None:
    ids = [talk.say("cook", "@chef one"), talk.say("cook", "two"), talk.say("chef", "three")]

    for _again in range(2):
        with talk.at_work("chef") as here:
            read_comments(here.resource, here.dish, comment_ids=ids, by=here.user, at=NOON)

    with talk.at_work("cook") as here:
        read = here.session.execute(select(CommentReading.comment_id, CommentReading.user_id))
        assert sorted(map(tuple, read)) == [(one, talk.ids["chef"]) for one in ids[:2]]
    assert talk.told("chef") == []


def test_a_comment_names_few_people_at_once(talk: Talk) -> None:
    with pytest.raises(TooManyMentions):
        talk.say("cook", "@chef " * 21)


def test_who_is_offered_may_read_the_record(talk: Talk) -> None:
    with talk.at_work("cook") as here:
        everybody = here.session.execute(people_offered(here.resource, "")).all()
        found = here.session.execute(people_offered(here.resource, "小明")).all()

    assert [person.username for person, _alike in everybody] == ["chef", "cook", "xiaoming"]
    assert [(person.username, alike) for person, alike in found] == [("xiaoming", False)]


def test_a_comment_of_another_record_is_not_found(talk: Talk) -> None:
    ident = talk.say("cook", "mine")

    with talk.at_work("cook") as here:
        here.dish.id, kept = here.dish.id, here.dish.id
        other = type("Other", (), {"id": kept + 1})
        with pytest.raises(NotFound):
            comment_called(here.resource, other, ident=ident)


def test_a_discussion_goes_with_its_record(talk: Talk) -> None:
    talk.say("cook", "@chef look")
    with talk.at_work("chef") as here:
        read_comments(here.resource, here.dish, comment_ids=[1], by=here.user, at=NOON)

    with talk.at_work("cook") as here:
        delete_record(here.resource, here.dish, by=here.user)

    assert_nothing_is_left(talk)


def test_a_discussion_goes_with_its_department(talk: Talk, tmp_path_factory: object) -> None:
    talk.say("cook", "@chef look")
    with talk.at_work("chef") as here:
        read_comments(here.resource, here.dish, comment_ids=[1], by=here.user, at=NOON)
    switch(talk.host, company="TW01", name="kitchen", enabled=False)

    file = tmp_path_factory.mktemp("purge") / "kitchen.zip"  # type: ignore[attr-defined]
    purged = purge(talk.host, company="TW01", name="kitchen", export=file, confirm="kitchen")

    assert purged.rows["core_comment"] == purged.rows["core_comment_reading"] == 1
    assert_nothing_is_left(talk)


def assert_nothing_is_left(talk: Talk) -> None:
    """Nothing of a discussion is kept."""
    with talk.host.unit_of_work(company="TW01") as unit:
        for model in (Comment, CommentReading, Follower):
            assert unit.session.scalar(select(func.count(model.id))) == 0


def test_who_only_read_and_followed_can_be_deleted(talk: Talk) -> None:
    ident = talk.say("cook", "@王小明 look")
    with talk.at_work("xiaoming") as here:
        read_comments(here.resource, here.dish, comment_ids=[ident], by=here.user, at=NOON)

    with talk.host.unit_of_work(by="cook") as unit:
        delete_person(unit.session, user_called(unit.session, "xiaoming"), by=unit.user)

    assert talk.comment(ident).text == "@王小明 look"


def test_a_discussion_is_no_change_of_its_record(talk: Talk) -> None:
    with talk.at_work("cook") as here:
        before = here.dish.version

    ident = talk.say("chef", "@cook look")

    with talk.at_work("cook") as here:
        assert here.dish.version == before
        told = here.session.scalars(select(HistoryEntry.by_id)).all()
        assert talk.ids["chef"] not in told
    assert talk.comment(ident).text == "@cook look"
