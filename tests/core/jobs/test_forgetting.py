"""What is kept for a while is forgotten to the last row, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select

from bumen.database import AT_ONCE, only_reading
from bumen.host import Host
from bumen.idempotency import IdempotencyKey
from bumen.jobs import JobRun, RunState
from bumen.jobs import models as of_jobs
from bumen.mail import models as of_mail
from bumen.mail.models import Mail
from bumen.model import Model
from bumen.testing.makers import make_user
from bumen.unit_of_work import CurrentCompany, moment
from bumen.webhooks import models as of_webhooks
from bumen.webhooks.models import Delivery, Webhook
from bumen.worker.rounds import forget

MANY = 2 * AT_ONCE + 1
LONG = timedelta(minutes=1)


@pytest.fixture
def transactions(host: Host) -> Iterator[list[int]]:
    """How many rows were deleted in each transaction that was kept since the list was emptied."""
    deleted: list[int] = [0]

    def count(_connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("DELETE"):
            deleted[-1] += cursor.rowcount

    def end(_connection: Any) -> None:
        deleted.append(0)

    event.listen(host.database.engine, "after_cursor_execute", count)
    event.listen(host.database.engine, "commit", end)
    yield deleted
    event.remove(host.database.engine, "after_cursor_execute", count)
    event.remove(host.database.engine, "commit", end)


def mails(company_id: int, at: datetime) -> dict[str, Any]:
    """Return a letter that was sent long ago."""
    texts = dict.fromkeys(("recipient", "name", "subject", "plain", "html", "message_id"), "x")
    return {"company_id": company_id, "written_at": at - of_mail.KEPT, "attempts": 1, **texts}


def runs(company_id: int, at: datetime) -> dict[str, Any]:
    """Return a run that ended long ago."""
    over = {"state": RunState.DONE, "due_at": at, "ended_at": at - of_jobs.KEPT, "done": 0}
    told = {"job": "chores.read", "arguments": {}, "locale": "en", "attempts": 1, "taken_over": 0}
    made = {"version": 1, "created_at": at, "changed_at": at}
    return {"company_id": company_id, "plugin": "chores", **told, **over, **made}


@pytest.mark.parametrize(("model", "row"), [(Mail, mails), (JobRun, runs)])
def test_all_that_is_old_is_forgotten_by_transactions_that_are_small(
    host: Host,
    company: CurrentCompany,
    transactions: list[int],
    model: type[Model],
    row: Any,
) -> None:
    old, new = row(company.id, moment() - LONG), row(company.id, moment() + LONG)
    write(host, model, [*(dict(old) for _time in range(MANY)), new])
    transactions[:] = [0]

    forget(host)

    assert count_of(host, model) == 1
    assert [rows for rows in transactions if rows] == [AT_ONCE, AT_ONCE, 1]


def test_messages_and_keys_of_requests_are_forgotten_in_pieces_too(
    host: Host, company: CurrentCompany, transactions: list[int]
) -> None:
    with host.unit_of_work(company=company.code) as unit:
        hook = Webhook(name="W", url="https://x.example", events=[], secret="x", failures=0)
        unit.session.add(hook)
    here, user = {"company_id": company.id, "plugin": "notes"}, make_user(host, "ann")
    sent = {"webhook_id": hook.id, "event": "x", "body": "{}", **here}
    long_ago = moment() - of_webhooks.KEPT - LONG
    asked = {"user_id": user.id, "fingerprint": "x", "created_at": long_ago, **here}
    numbers = range(MANY)
    write(host, Delivery, [{**sent, "message_id": f"{n}", "created_at": long_ago} for n in numbers])
    write(host, IdempotencyKey, [{**asked, "key": f"{n}"} for n in numbers])
    transactions[:] = [0]

    forget(host)

    assert (count_of(host, Delivery), count_of(host, IdempotencyKey)) == (0, 0)
    assert [rows for rows in transactions if rows] == [AT_ONCE, AT_ONCE, 1] * 2


def write(host: Host, model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Write rows of a table."""
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(insert(model), rows)


def count_of(host: Host, model: type[Model]) -> int:
    """Count the rows of a table."""
    with only_reading(), host.database.wide_session() as wide:
        return wide.scalar(select(func.count()).select_from(model)) or 0
