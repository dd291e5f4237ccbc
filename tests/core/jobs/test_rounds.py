"""What the house does for all companies: by one worker at a time, and mail once, even if killed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from bumen.database import only_reading
from bumen.host import Host
from bumen.jobs.rounds import RoundEntry
from bumen.mail.models import Mail
from bumen.worker import rounds
from bumen.worker.rounds import ROUNDS, Round, do_rounds
from tests.core.jobs.test_killed import killed_once, until, victim
from tests.core.letterboxes import Letterbox, letterbox

MAILS = 200
SOON = timedelta(seconds=15)


@dataclass
class SlowBox(Letterbox):
    """A mail server that takes its time for each letter."""

    async def handle_DATA(  # noqa: N802  # as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        """Keep a letter, after a while."""
        await asyncio.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def box(host: Host) -> Iterator[Letterbox]:
    """A slow mail server, and two hundred letters that are due."""
    now = datetime.now(UTC)
    with host.database.wide_session() as wide, wide.begin():
        wide.add_all(_letter(number, at=now) for number in range(MAILS))
    with letterbox(SlowBox()) as opened:
        yield opened


def _letter(number: int, *, at: datetime) -> Mail:
    return Mail(
        recipient=f"reader{number}@example.com",
        name="",
        subject=f"Letter {number}",
        plain="Hello",
        html="<p>Hello</p>",
        message_id=f"letter{number}",
        written_at=at,
        due_at=at,
    )


def unsent(host: Host) -> list[Mail]:
    """Return the letters of which nobody knows that they left."""
    with only_reading(), host.database.wide_session() as wide:
        return list(wide.scalars(select(Mail).where(Mail.sent_at.is_(None))))


@pytest.mark.slow
def test_of_two_workers_each_letter_is_sent_by_one(host: Host, box: Letterbox) -> None:
    with victim(host, box.url), victim(host, box.url):
        until(lambda: not unsent(host), seconds=60)

    assert Counter(box.subjects()).most_common(1)[0][1] == 1
    assert len(box.letters) == MAILS


def test_of_a_worker_that_is_killed_nothing_is_lost_and_only_what_is_uncertain_comes_twice(
    host: Host, box: Letterbox
) -> None:
    killed_once(host, lambda: len(box.letters) >= MAILS // 4, box.url, seconds=60)
    left = [mail.id for mail in unsent(host) if mail.due_at > datetime.now(UTC)]
    uncertain = {mail.subject for mail in unsent(host) if mail.is_uncertain}
    make_due(host)

    with victim(host, box.url):
        until(lambda: not unsent(host), seconds=60)

    arrived = Counter(letter["Subject"] for letter in box.letters)
    ids = Counter(letter["Message-ID"] for letter in box.letters)
    assert len(left) <= 1
    assert len(uncertain) <= 1
    assert len(arrived) == len(ids) == MAILS
    assert {subject for subject, times in arrived.items() if times > 1} <= uncertain


def make_due(host: Host) -> None:
    """Let the time pass that mail waits whose worker died."""
    due = update(Mail).where(Mail.due_at.is_not(None)).values(due_at=datetime.now(UTC))
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(due)


def test_a_letter_is_uncertain_only_where_nobody_heard_the_answer() -> None:
    now = datetime.now(UTC)
    mail = _letter(1, at=now)
    mail.attempts, mail.handed_at = 0, now

    mail.postpone(str(SMTPServerDisconnected("gone")), at=now, refused=False)
    assert mail.is_uncertain
    mail.postpone("450 later", at=now)
    assert not mail.is_uncertain
    mail.handed_at = now
    mail.sent(at=now)
    assert not mail.is_uncertain


def test_of_many_workers_one_does_a_round_until_it_is_due_again(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    once = Round(name="core.once", title=ROUNDS[0].title, do=lambda _host: done.append("once"))
    monkeypatch.setattr(rounds, "ROUNDS", (once,))
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as clock:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _one: do_rounds(host), range(4)))
        assert done == ["once"]

        clock.shift(SOON - timedelta(seconds=1))
        assert do_rounds(host) == 0
        clock.shift(timedelta(seconds=1))
        assert do_rounds(host) == 1


def test_a_round_that_fails_is_told_of_and_keeps_the_others_from_nothing(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    title = ROUNDS[0].title
    fails = Round(name="core.fails", title=title, do=lambda _host: 1 / 0)
    works = Round(name="core.works", title=title, do=lambda _host: done.append("works"))
    monkeypatch.setattr(rounds, "ROUNDS", (fails, works))

    assert do_rounds(host) == 2

    with only_reading(), host.database.wide_session() as wide:
        kept = {one.name: (one.failed, one.last_at) for one in wide.scalars(select(RoundEntry))}
    assert done == ["works"]
    assert (kept["core.fails"][0], kept["core.works"][0]) == (True, False)
    assert None not in {last for _failed, last in kept.values()}


def test_what_a_worker_died_over_is_done_by_another_when_its_lease_is_over(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_host: Host) -> None:
        raise KeyboardInterrupt

    title, done = ROUNDS[0].title, []
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as clock:
        monkeypatch.setattr(rounds, "ROUNDS", (Round(name="core.x", title=title, do=die),))
        with pytest.raises(KeyboardInterrupt):
            do_rounds(host, lease=SOON)
        works = Round(name="core.x", title=title, do=done.append)
        monkeypatch.setattr(rounds, "ROUNDS", (works,))
        assert do_rounds(host) == 0

        clock.shift(SOON)
        assert do_rounds(host) == 1
    assert done == [host]
