"""What happens is told to webhooks: once it is permanent, signed, and as chosen."""

import base64
import hmac
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from sqlalchemy import delete, select

from asker import SomethingHappened
from bumen import publish, session
from bumen.activation.service import switch
from bumen.dispatching import terms_of
from bumen.host import Host
from bumen.unit_of_work import CurrentCompany
from bumen.webhooks import DeliveryState, Webhook
from bumen.webhooks.sending import Dispatch
from bumen.webhooks.service import delete_webhook, webhook_with
from bumen.webhooks.signing import unlocked
from notes import Note
from tests.core.webhooks.conftest import Hook, Receiver, deliveries, let_time_pass

EVERYTHING = ("notes.notes.made", "notes.notes.changed", "notes.notes.deleted")


def write_note(host: Host, company: CurrentCompany, title: str = "it") -> int:
    with host.unit_of_work(company=company.code, by="admin"):
        note = Note(title=title)
        session().add(note)
    return note.id


def test_made_changed_and_deleted_records_are_told(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    hook(*EVERYTHING)

    ident = write_note(open_host, company)
    with open_host.unit_of_work(company=company.code, by="admin"):
        session().get_one(Note, ident).title = "changed"
    with open_host.unit_of_work(company=company.code, by="admin"):
        session().delete(session().get_one(Note, ident))
    assert dispatch.send_due() == 3

    told = {one.told["event"]: one.told for one in receiver.received}
    assert sorted(told) == sorted(EVERYTHING)
    made, changed = told["notes.notes.made"], told["notes.notes.changed"]
    assert set(made) == {"event", "company", "resource", "id", "version", "at", "by"}
    assert (made["company"], made["by"], made["id"]) == ("TW01", "admin", ident)
    assert changed["version"] == made["version"] + 1
    assert told["notes.notes.deleted"]["version"] is None
    assert {one.state for one in deliveries(open_host)} == {DeliveryState.DELIVERED}


def test_only_what_was_chosen_is_told_and_only_in_the_own_company(
    open_host: Host,
    company: CurrentCompany,
    other_company: CurrentCompany,
    hook: Hook,
    dispatch: Dispatch,
) -> None:
    hook("notes.notes.deleted")
    hook("notes.notes.made", code=other_company.code)

    write_note(open_host, company)

    assert deliveries(open_host) == []
    assert dispatch.send_due() == 0


def test_what_is_undone_is_never_told(open_host: Host, company: CurrentCompany, hook: Hook) -> None:
    hook(*EVERYTHING, "asker.SomethingHappened")

    with pytest.raises(LookupError), open_host.unit_of_work(company=company.code):
        session().add(Note(title="it"))
        publish(SomethingHappened(note_id=1, amount=Decimal(1), on=date(2026, 1, 1)))
        raise LookupError("no")
    with open_host.unit_of_work(company=company.code) as unit:
        publish(SomethingHappened(note_id=1, amount=Decimal(1), on=date(2026, 1, 1)))
        unit.session.info["webhook_events"] = [unit._events.pop()]
        unit.rollback()

    assert deliveries(open_host) == []


def test_public_events_are_told_with_their_ids_and_no_values(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    hook("asker.SomethingHappened")

    with open_host.unit_of_work(company=company.code, by="admin"):
        publish(SomethingHappened(note_id=7, amount=Decimal("1.50"), on=date(2026, 1, 1)))
    dispatch.send_due()

    [received] = receiver.received
    assert received.told["ids"] == {"note_id": 7}
    assert "1.50" not in received.body


def test_messages_are_signed_as_standard_webhooks_are(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    ident = hook("notes.notes.made")
    with open_host.unit_of_work(company=company.code):
        kept = session().get_one(Webhook, ident).secret
    secret = unlocked(kept, key=terms_of(open_host.settings).key)
    assert secret is not None
    assert secret.startswith("whsec_")
    assert secret not in kept

    write_note(open_host, company, title="晴川")
    dispatch.send_due()

    [received] = receiver.received
    headers = {name.lower(): value for name, value in received.headers.items()}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{received.body}"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    seal = base64.b64encode(hmac.new(key, signed.encode(), sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{seal}"


def test_a_department_that_is_off_sends_nothing_until_it_is_on_again(
    open_host: Host, company: CurrentCompany, hook: Hook, receiver: Receiver, dispatch: Dispatch
) -> None:
    hook("notes.notes.made")
    write_note(open_host, company)
    for name in ("asker", "notes"):
        switch(open_host, company=company.code, name=name, enabled=False)

    assert dispatch.send_due() == 0
    switch(open_host, company=company.code, name="notes", enabled=True)
    let_time_pass(open_host)
    assert dispatch.send_due() == 1
    assert receiver.events() == ["notes.notes.made"]


def test_the_secret_stands_neither_in_the_history_nor_in_the_deliveries(
    open_host: Host, company: CurrentCompany, hook: Hook
) -> None:
    ident = hook("notes.notes.made")
    write_note(open_host, company)

    with open_host.unit_of_work(company=company.code) as unit:
        webhook = session().get_one(Webhook, ident)
        secret = unlocked(webhook.secret, key=terms_of(open_host.settings).key)
        tables = ("core_history", "core_webhook_delivery")
        every = [select(Webhook.metadata.tables[name]) for name in tables]
        rows = [repr(row) for one in every for row in unit.session.connection().execute(one)]
    assert rows
    assert not any(str(secret) in row or webhook.secret in row for row in rows)


def test_who_asked_before_hears_of_a_webhook_made_since_and_of_its_end(
    open_host: Host, company: CurrentCompany, hook: Hook
) -> None:
    write_note(open_host, company)
    ident = hook("notes.notes.made")
    write_note(open_host, company)
    assert len(deliveries(open_host)) == 1

    with open_host.unit_of_work(company=company.code, by="admin"):
        delete_webhook(webhook_with(ident))
    write_note(open_host, company)

    assert deliveries(open_host) == []


def test_a_long_unit_of_work_outlives_a_webhook_that_is_deleted_meanwhile(
    open_host: Host, company: CurrentCompany, hook: Hook
) -> None:
    ident = hook("notes.notes.made")
    with open_host.unit_of_work(company=company.code, by="admin") as unit:
        session().add(Note(title="first"))
        unit.commit()
        with open_host.database.wide_session() as wide, wide.begin():
            wide.execute(delete(Webhook).where(Webhook.id == ident))
        session().add(Note(title="second"))

    assert deliveries(open_host) == []
