"""Messages wait their turn: after a failure longer each time, and never for a slow receiver."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from bumen.host import Host
from bumen.unit_of_work import CurrentCompany, session
from bumen.webhooks import DeliveryState
from bumen.webhooks.sending import LONGEST_REST, MOST_OF_ONE, WAITS, Dispatch
from bumen.webhooks.service import send_again, webhook_with
from notes import Note
from tests.core.webhooks.conftest import (
    Hook,
    Receiver,
    deliveries,
    let_time_pass,
    webhook_kept,
)
from tests.core.webhooks.test_sending import ping
from tests.core.webhooks.test_telling import write_note


def test_after_each_try_the_next_one_waits_longer_and_the_webhook_rests_meanwhile(
    open_host: Host, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 500
    ping(open_host, ident)
    waits, rests = [], []

    for _try in WAITS:
        let_time_pass(open_host)
        dispatch.send_due()
        [failed], webhook = deliveries(open_host), webhook_kept(open_host, ident)
        assert failed.due_at is not None
        assert failed.tried_at is not None
        assert webhook.rests_until is not None
        waits.append(failed.due_at - failed.tried_at)
        rests.append(webhook.rests_until - failed.tried_at)

    assert waits == list(WAITS)
    assert rests == [min(timedelta(seconds=5 * 2**n), LONGEST_REST) for n in range(len(WAITS))]
    assert timedelta(days=3) < sum(WAITS, timedelta()) < timedelta(days=4)


def test_a_webhook_that_rests_is_left_alone_whatever_is_due(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 500
    write_note(open_host, company)
    dispatch.send_due()
    write_note(open_host, company)

    assert dispatch.send_due() == 0
    let_time_pass(open_host)
    receiver.status = 200
    assert dispatch.send_due() == 2
    assert webhook_kept(open_host, ident).rests_until is None


def test_a_receiver_with_much_to_hear_leaves_room_for_others(
    open_host: Host, company: CurrentCompany, hook: Hook, dispatch: Dispatch
) -> None:
    first = hook("notes.notes.made")
    with open_host.unit_of_work(company=company.code, by="admin"):
        session().add_all(Note(title=f"{n}") for n in range(30))
    second = hook("notes.notes.made")
    write_note(open_host, company)

    claimed = Counter(one.webhook_id for one in dispatch.claim())

    assert claimed == {first: MOST_OF_ONE, second: 1}
    assert dispatch.claim(claimed) == []


def test_what_is_told_to_be_sent_again_during_a_try_is_sent_again(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident, receiver.status = hook("notes.notes.made"), 500
    write_note(open_host, company)
    [claimed] = dispatch.claim()
    with open_host.unit_of_work(company=company.code, by="admin"):
        send_again(webhook_with(ident), claimed.id, at=datetime.now(UTC))

    dispatch.deliver(claimed)

    assert (deliveries(open_host)[0].attempts, deliveries(open_host)[0].status) == (0, None)
    receiver.status = 200
    assert dispatch.send_due() == 1
    assert deliveries(open_host)[0].state is DeliveryState.DELIVERED
