"""Messages get there at last: tried again, never lost, and given up with a word to people."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import select

from bumen.company.service import user_called
from bumen.database import only_reading
from bumen.host import Host
from bumen.mail import Mail
from bumen.unit_of_work import CurrentCompany, session
from bumen.webhooks import DeliveryState
from bumen.webhooks.models import LONGEST_ANSWER, Trouble
from bumen.webhooks.sending import WAITS, Dispatch
from bumen.webhooks.service import send_again, try_out, webhook_with
from bumen.worker import Worker
from notes import Note
from tests.core.webhooks.conftest import (
    Hook,
    Receiver,
    deliveries,
    let_time_pass,
    webhook_kept,
)
from tests.core.webhooks.test_telling import write_note

EXAMPLES = Path(__file__).parents[2] / "examples"


def ping(host: Host, ident: int, *, code: str = "TW01") -> None:
    with host.unit_of_work(company=code, by="admin"):
        try_out(webhook_with(ident), at=datetime.now(UTC))


def wait_for(what: Callable[[], object], *, seconds: float = 20) -> None:
    until = monotonic() + seconds
    while not what():
        assert monotonic() < until, "It took too long."
        sleep(0.05)


def test_what_fails_is_tried_again_later_under_the_same_id(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status, receiver.answer = hook("notes.notes.made"), 500, b"not \x00 today"
    ping(open_host, ident)

    assert dispatch.send_due() == 1
    [failed] = deliveries(open_host)
    assert (failed.state, failed.attempts) == (DeliveryState.WAITING, 1)
    assert (failed.status, failed.trouble) == (500, Trouble.ANSWERED_NO)
    assert failed.answer == "not \ufffd today"
    assert dispatch.send_due() == 0

    receiver.status = 200
    let_time_pass(open_host)
    assert dispatch.send_due() == 1
    [done] = deliveries(open_host)
    assert (done.state, done.due_at, done.trouble) == (DeliveryState.DELIVERED, None, None)
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert webhook_kept(open_host, ident).failures == 0


@pytest.mark.parametrize("spelled", ["seconds", "date"])
def test_a_receiver_that_asks_for_time_gets_it(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch, spelled: str
) -> None:
    ident, until = hook("notes.notes.made"), datetime.now(UTC) + timedelta(hours=2)
    asked = "7200" if spelled == "seconds" else format_datetime(until, usegmt=False)
    receiver.status, receiver.headers = 429, {"Retry-After": asked}
    ping(open_host, ident)

    dispatch.send_due()

    [waiting] = deliveries(open_host)
    assert waiting.due_at is not None
    assert abs(waiting.due_at - until) < timedelta(minutes=1)


@pytest.mark.parametrize("said", ["soon", "-1", "", "9" * 400, "Thu, 99 Foo 2026"])
def test_nonsense_about_time_is_passed_over(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch, said: str
) -> None:
    ident, receiver.status, receiver.headers = hook("notes.notes.made"), 503, {"Retry-After": said}
    ping(open_host, ident)

    dispatch.send_due()

    [waiting] = deliveries(open_host)
    assert waiting.due_at is not None
    assert waiting.due_at < datetime.now(UTC) + timedelta(days=1, minutes=1)


def test_redirects_are_not_followed(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 307
    receiver.headers = {"Location": receiver.url}
    ping(open_host, ident)

    dispatch.send_due()

    assert len(receiver.received) == 1
    assert deliveries(open_host)[0].trouble is Trouble.REDIRECTED


def test_only_the_beginning_of_a_long_answer_is_read(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status, receiver.answer = hook("notes.notes.made"), 200, b"x" * 10_000_000
    ping(open_host, ident)

    dispatch.send_due()

    assert deliveries(open_host)[0].answer == "x" * LONGEST_ANSWER


def test_a_webhook_through_which_nothing_gets_is_switched_off_and_people_are_told(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 500
    with open_host.unit_of_work(company=company.code) as unit:
        user_called(unit.session, "admin").email = "admin@example.com"
    write_note(open_host, company)

    for _try in range(len(WAITS) + 1):
        let_time_pass(open_host)
        assert dispatch.send_due() == 1

    assert deliveries(open_host)[0].state is DeliveryState.GIVEN_UP
    stopped = webhook_kept(open_host, ident)
    assert not stopped.enabled
    assert stopped.stopped_at is not None
    with only_reading(), open_host.database.wide_session() as wide:
        letters = wide.scalars(select(Mail)).all()
    assert [one.recipient for one in letters] == ["admin@example.com"]
    assert "Shop" in letters[0].subject
    write_note(open_host, company)
    assert len(deliveries(open_host)) == 1


def test_a_webhook_that_fails_for_one_message_only_stays_on(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 500
    ping(open_host, ident)
    dispatch.send_due()
    let_time_pass(open_host, attempts=len(WAITS))

    dispatch.send_due()

    assert deliveries(open_host)[0].state is DeliveryState.GIVEN_UP
    assert webhook_kept(open_host, ident).enabled


def test_a_receiver_that_is_gone_for_good_is_not_asked_again(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 410
    ping(open_host, ident)

    dispatch.send_due()

    assert not webhook_kept(open_host, ident).enabled


def test_what_was_given_up_can_be_sent_again(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 410
    write_note(open_host, company)
    dispatch.send_due()
    receiver.status = 200

    with open_host.unit_of_work(company=company.code, by="admin"):
        webhook = webhook_with(ident)
        webhook.enabled = True
        send_again(webhook, deliveries(open_host)[0].id, at=datetime.now(UTC))
    dispatch.send_due()

    assert deliveries(open_host)[0].state is DeliveryState.DELIVERED
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1


def test_two_who_send_at_once_send_everything_once(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    hook("notes.notes.made")
    with open_host.unit_of_work(company=company.code, by="admin"):
        session().add_all(Note(title=f"{n}") for n in range(60))

    with ThreadPoolExecutor(2) as pool:
        tried = sum(pool.map(lambda _one: dispatch.send_due(), range(2)))

    ids = [one.headers["webhook-id"] for one in receiver.received]
    assert tried == len(ids) == len(set(ids)) == 60


def test_nothing_is_lost_when_the_sender_is_killed(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    hook("notes.notes.made")
    write_note(open_host, company)
    receiver.go_on.clear()
    path = os.pathsep.join([str(EXAMPLES), str(EXAMPLES.parents[1])])
    called = [sys.executable, "-m", "tests.core.webhooks.victim", open_host.database.url]
    victim = subprocess.Popen(called, env={**os.environ, "PYTHONPATH": path})
    try:
        wait_for(lambda: receiver.received)
    finally:
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    receiver.go_on.set()

    assert dispatch.send_due() == 0, "It is held for a while by whoever claimed it."
    let_time_pass(open_host)
    assert dispatch.send_due() == 1
    assert [one.headers["webhook-id"] for one in receiver.received] == [
        deliveries(open_host)[0].message_id
    ] * 2
    assert deliveries(open_host)[0].state is DeliveryState.DELIVERED


def test_a_worker_sends_by_itself(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver
) -> None:
    hook("notes.notes.made")
    worker = Worker(open_host, every=0.1)
    worker.start()
    try:
        write_note(open_host, company)
        wait_for(lambda: receiver.received)
        wait_for(lambda: deliveries(open_host)[0].state is DeliveryState.DELIVERED)
    finally:
        worker.stop()
