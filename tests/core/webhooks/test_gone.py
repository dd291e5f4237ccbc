"""Of a receiver that is gone whoever looks after webhooks hears once, however much was sent."""

from __future__ import annotations

from threading import Thread

from sqlalchemy import select

from bumen.company.service import user_called
from bumen.database import only_reading
from bumen.dispatching import stop_and_tell
from bumen.host import Host
from bumen.mail import Mail
from bumen.notices import Notice
from bumen.testing.makers import make_user
from bumen.unit_of_work import CurrentCompany
from bumen.webhooks import DeliveryState
from bumen.webhooks.sending import MOST_OF_ONE, Dispatch
from bumen.webhooks.service import delete_webhook, webhook_with
from tests.core.webhooks.conftest import Hook, Receiver, deliveries, webhook_kept
from tests.core.webhooks.test_sending import wait_for
from tests.core.webhooks.test_telling import write_note


def people(host: Host, company: CurrentCompany) -> dict[str, int]:
    """Let an administrator and a clerk read mail; return their ids."""
    make_user(host, "clerk", company=company.code)
    with host.unit_of_work(company=company.code) as unit:
        known = [user_called(unit.session, name) for name in ("admin", "clerk")]
        for user in known:
            user.email = f"{user.username}@example.com"
        return {user.username: user.id for user in known}


def told(host: Host) -> tuple[list[str], list[int]]:
    """Return who was told by mail, and who in the inbox."""
    with only_reading(), host.database.wide_session() as wide:
        mails = wide.scalars(select(Mail.recipient)).all()
        return list(mails), list(wide.scalars(select(Notice.user_id)))


def test_of_many_messages_to_a_receiver_that_is_gone_one_is_told_of(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ids = people(open_host, company)
    ident, receiver.status = hook("notes.notes.made"), 410
    receiver.go_on.clear()
    for _message in range(MOST_OF_ONE + 1):
        write_note(open_host, company)
    tried: list[int] = []
    sending = Thread(target=lambda: tried.append(dispatch.send_due()))
    sending.start()
    wait_for(lambda: len(receiver.received) == MOST_OF_ONE)
    receiver.go_on.set()
    sending.join(timeout=30)

    assert tried == [MOST_OF_ONE]
    assert told(open_host) == (["admin@example.com"], [ids["admin"]])
    assert not webhook_kept(open_host, ident).enabled
    states = [one.state for one in deliveries(open_host)]
    assert states == [DeliveryState.GIVEN_UP] * MOST_OF_ONE + [DeliveryState.WAITING]


def test_of_many_who_find_it_at_once_one_tells(
    open_host: Host, company: CurrentCompany, hook: Hook
) -> None:
    ids, ident = people(open_host, company), hook("notes.notes.made")
    given = {"company_id": company.id, "webhook_id": ident}
    finding = [Thread(target=stop_and_tell, args=(open_host,), kwargs=given) for _one in "abcd"]

    for one in finding:
        one.start()
    for one in finding:
        one.join(timeout=30)

    assert told(open_host) == (["admin@example.com"], [ids["admin"]])


def test_of_a_webhook_that_was_deleted_meanwhile_nobody_is_told(
    open_host: Host, company: CurrentCompany, hook: Hook
) -> None:
    people(open_host, company)
    ident = hook("notes.notes.made")
    with open_host.unit_of_work(company=company.code, by="admin"):
        delete_webhook(webhook_with(ident))

    stop_and_tell(open_host, company_id=company.id, webhook_id=ident)

    assert told(open_host) == ([], [])
