"""What is sent next is found at little cost, and keeps nobody from writing, however much waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from bumen.host import Host
from bumen.unit_of_work import CurrentCompany, moment
from bumen.webhooks import Delivery
from bumen.webhooks.sending import AT_ONCE, MOST_OF_ONE, Dispatch
from bumen.webhooks.signing import new_message_id
from tests.core.webhooks.conftest import Hook

MUCH = 4_000


def wait_in_line(host: Host, company: CurrentCompany, ident: int, *, count: int) -> None:
    """Let so many messages wait for a webhook."""
    now = moment()
    row = {
        "company_id": company.id,
        "webhook_id": ident,
        "plugin": "notes",
        "event": "notes.notes.made",
        "body": "{}",
        "created_at": now,
        "due_at": now,
    }
    rows = [{**row, "message_id": new_message_id()} for _number in range(count)]
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(insert(Delivery), rows)


@pytest.fixture
def steps(open_host: Host) -> Iterator[list[int]]:
    """A step for each hundred instructions that SQLite does."""
    done: list[int] = []

    def note() -> int:
        done.append(1)
        return 0

    def watch(connection: Any, *_rest: Any) -> None:
        connection.set_progress_handler(note, 100)

    def leave(connection: Any, *_rest: Any) -> None:
        connection.set_progress_handler(None, 0)

    engine = open_host.database.engine
    event.listen(engine, "checkout", watch)
    event.listen(engine, "checkin", leave)
    yield done
    event.remove(engine, "checkout", watch)
    event.remove(engine, "checkin", leave)


def test_to_take_the_next_few_of_many_is_as_little_work_as_of_some(
    open_host: Host, company: CurrentCompany, hook: Hook, dispatch: Dispatch, steps: list[int]
) -> None:
    if not open_host.database.is_sqlite:
        pytest.skip("PostgreSQL does not tell how much work it was.")
    ident, worked = hook("notes.notes.made"), []
    for number in (40, MUCH):
        wait_in_line(open_host, company, ident, count=number)
        dispatch.claim()
        steps.clear()
        assert len(dispatch.claim()) == MOST_OF_ONE
        worked.append(len(steps))

    assert worked[1] <= worked[0] * 2


def test_where_a_receiver_has_all_it_takes_at_once_nothing_is_held_for_it(
    open_host: Host, company: CurrentCompany, hook: Hook, dispatch: Dispatch
) -> None:
    ident = hook("notes.notes.made")
    wait_in_line(open_host, company, ident, count=MOST_OF_ONE + 1)

    with open_host.database.wide_session() as wide, wide.begin():
        wide.scalars(select(Delivery).with_for_update()).all()
        assert dispatch.claim({ident: MOST_OF_ONE}) == []


def test_what_waited_longest_of_each_goes_first_and_only_as_much_as_may_be_under_way(
    open_host: Host, company: CurrentCompany, hook: Hook, dispatch: Dispatch
) -> None:
    idents = [hook("notes.notes.made") for _webhook in range(AT_ONCE + 2)]
    for ident in idents:
        wait_in_line(open_host, company, ident, count=3)

    first = [one.webhook_id for one in dispatch.claim()]
    then = [one.webhook_id for one in dispatch.claim({idents[0]: MOST_OF_ONE, idents[1]: 2})]

    assert first == idents[:AT_ONCE]
    assert then == idents[1:3]
