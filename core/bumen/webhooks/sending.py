"""Sending what waits: claimed, posted, and written down with what came of it.

Nothing is held in a transaction while a server is spoken to: who claims a delivery puts it off for
a while, so that nobody else takes it, and what a process that dies has claimed is sent again later
under the same id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.orm import Session

from bumen.company.models import Company
from bumen.database import Database, only_reading
from bumen.webhooks.models import KEPT, Delivery, DeliveryState, Trouble, Webhook, forget_deliveries
from bumen.webhooks.posting import Outcome, post
from bumen.webhooks.service import Terms
from bumen.webhooks.signing import signed, unlocked

CLAIMED = timedelta(minutes=2)
AT_ONCE = 8
"""So many messages are posted at the same time."""
MOST_OF_ONE = 4
"""So many of them to the same webhook, so that a slow receiver holds up nobody else for long."""
WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long is waited after each try that failed; after the last of them it is given up."""
_GONE = 410
"""The answer of a receiver that wants to hear no more, ever."""
LONGEST_REST = timedelta(minutes=10)
"""A webhook to which nothing gets through is left alone for this long at most."""
_A_WHILE = 1.0
_CORE = "core"


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A delivery that this process sends, as it was when it was claimed: its own `until` then."""

    id: int
    until: datetime
    webhook_id: int
    company_id: int
    url: str
    secret: str
    message_id: str
    body: str
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """A dispatch is what sends a deployment's messages.

    `on` tells which departments are on in a company; `stopped` is told the company and the webhook
    (their ids) to which nothing gets through, as often as that is found: it switches it off, and
    says so once.
    """

    database: Database
    terms: Terms
    on: Callable[[Session, int], frozenset[str]]
    stopped: Callable[[int, int], None]

    def send_due(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Send what is due; return how many tries that were. What failed waits longer."""
        tried, running = 0, dict[Future[int], int]()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bumen-webhook") as pool:
            while True:
                claimed = [] if stopping() else self.claim(Counter(running.values()))
                running |= {pool.submit(self.deliver, one): one.webhook_id for one in claimed}
                if not running:
                    return tried
                done, _others = wait(running, timeout=_A_WHILE, return_when=FIRST_COMPLETED)
                for one in done:
                    del running[one]
                    tried += one.result()

    def claim(self, busy: Mapping[int, int] | None = None) -> list[Claimed]:
        """Take some of what is due, so that nobody else does: a few of each webhook in turn.

        `busy` says how many messages are on their way to which webhook already. What is taken is
        chosen while others write, and costs as much however much waits.
        """
        now, busy = datetime.now(UTC), busy or {}
        if (free := AT_ONCE - sum(busy.values())) <= 0:
            return []
        with only_reading(), self.database.wide_session() as wide:
            chosen = self._chosen(wide, busy, free=free, at=now)
        if not chosen:
            return []
        with self.database.wide_session() as wide, wide.begin():
            rows = wide.execute(_due(chosen, at=now)).all()
            for delivery, _webhook in rows:
                delivery.due_at = now + CLAIMED
            return [_claimed(*row, until=now + CLAIMED) for row in rows]

    def _chosen(
        self, wide: Session, busy: Mapping[int, int], *, free: int, at: datetime
    ) -> list[int]:
        """Return the ids of what has waited longest, the first of each webhook first."""
        waiting: list[tuple[int, datetime, int]] = []
        on: dict[int, frozenset[str]] = {}
        full = [ident for ident, number in busy.items() if number >= MOST_OF_ONE]
        for row in wide.execute(_webhooks_due(at=at, but=full)).all():
            if row.company_id not in on:
                on[row.company_id] = self.on(wide, row.company_id) | {_CORE}
            room = MOST_OF_ONE - busy.get(row.id, 0)
            first = _first_due(row.id, on[row.company_id], at=at).limit(room)
            found = enumerate(wide.execute(first).all())
            waiting += ((turn, one.due_at, one.id) for turn, one in found)
            if [turn for turn, _due_at, _ident in waiting].count(0) == free:
                break
        return [ident for _turn, _due_at, ident in sorted(waiting)[:free]]

    def deliver(self, claimed: Claimed) -> int:
        """Post one message and write down what came of it."""
        secret, now = unlocked(claimed.secret, key=self.terms.key), datetime.now(UTC)
        if secret is None:
            outcome = Outcome(trouble=Trouble.NO_SECRET)
        else:
            headers = signed(claimed.body, message_id=claimed.message_id, secret=secret, at=now)
            to_private = self.terms.to_private
            outcome = post(claimed.url, claimed.body, headers=headers, to_private=to_private)
        if self._keep(claimed, outcome, at=datetime.now(UTC)):
            self.stopped(claimed.company_id, claimed.webhook_id)
        return 1

    def tidy(self) -> None:
        """Forget what was sent long ago."""
        self.database.in_pieces(forget_deliveries(before=datetime.now(UTC) - KEPT))

    def _keep(self, claimed: Claimed, outcome: Outcome, *, at: datetime) -> bool:
        """Write down what came of a try; True when the webhook is to be switched off for it.

        What somebody else has in hand by now, or was told to send again meanwhile, is left to them.
        """
        came = _became(claimed, outcome, at=at)
        mine = (Delivery.id == claimed.id, Delivery.due_at == claimed.until)
        with self.database.wide_session() as wide, wide.begin():
            query = select(Webhook).where(Webhook.id == claimed.webhook_id).with_for_update()
            webhook = wide.scalar(query)
            kept = update(Delivery).where(*mine).values(came)
            done = None if webhook is None else wide.execute(kept)
            if webhook is None or not cast(CursorResult[Any], done).rowcount:
                return False
            table: Any = Webhook.__table__
            health = _health(webhook, outcome, at=at)
            wide.execute(update(table).where(table.c.id == webhook.id).values(health))
            return webhook.enabled and _is_hopeless(webhook, outcome, came)


def _became(claimed: Claimed, outcome: Outcome, *, at: datetime) -> dict[str, Any]:
    attempts = claimed.attempts + 1
    told = {
        "attempts": attempts,
        "tried_at": at,
        "took": outcome.took,
        "status": outcome.status,
        "answer": outcome.answer,
        "trouble": outcome.trouble,
    }
    if outcome.trouble is None:
        return {**told, "state": DeliveryState.DELIVERED, "due_at": None}
    if attempts > len(WAITS) or outcome.status == _GONE:
        return {**told, "state": DeliveryState.GIVEN_UP, "due_at": None}
    wait = max(WAITS[attempts - 1], outcome.wait or timedelta())
    return {**told, "state": DeliveryState.WAITING, "due_at": at + wait}


def _health(webhook: Webhook, outcome: Outcome, *, at: datetime) -> dict[str, Any]:
    """Return how a webhook is after a try: well, or resting."""
    if outcome.trouble is None:
        return {"failures": 0, "failing_since": None, "rests_until": None}
    rest = min(timedelta(seconds=5 * 2 ** min(webhook.failures, 10)), LONGEST_REST)
    return {
        "failures": webhook.failures + 1,
        "failing_since": webhook.failing_since or at,
        "rests_until": at + max(rest, outcome.wait or timedelta()),
    }


def _is_hopeless(webhook: Webhook, outcome: Outcome, came: Mapping[str, Any]) -> bool:
    """Whether a message was given up and none has got through in all those tries."""
    if outcome.trouble is None:
        return False
    is_over = came["due_at"] is None and webhook.failures + 1 > len(WAITS)
    return outcome.status == _GONE or is_over


def _webhooks_due(*, at: datetime, but: Collection[int]) -> Any:
    """Select webhooks for which something is due, but for some: what has waited longest first."""
    theirs = (Delivery.webhook_id == Webhook.id, Delivery.due_at <= at)
    oldest = select(func.min(Delivery.due_at)).where(*theirs).scalar_subquery()
    rested = or_(Webhook.rests_until.is_(None), Webhook.rests_until <= at)
    return (
        select(Webhook.id, Webhook.company_id)
        .join(Company, Company.id == Webhook.company_id)
        .where(Webhook.enabled, rested, Company.active, Webhook.id.not_in(but))
        .where(oldest.is_not(None))
        .order_by(oldest, Webhook.id)
    )


def _first_due(webhook_id: int, plugins: Collection[str], *, at: datetime) -> Any:
    """Select what has waited longest for a webhook, of what some departments tell it."""
    mine = (Delivery.webhook_id == webhook_id, Delivery.plugin.in_(sorted(plugins)))
    due = select(Delivery.id, Delivery.due_at).where(*mine, Delivery.due_at <= at)
    return due.order_by(Delivery.due_at, Delivery.id)


def _due(chosen: Iterable[int], *, at: datetime) -> Any:
    """Select some deliveries with their webhooks and lock them; those nobody else has in hand."""
    return (
        select(Delivery, Webhook)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .where(Delivery.id.in_(list(chosen)), Delivery.due_at <= at)
        .order_by(Delivery.due_at, Delivery.id)
        .with_for_update(skip_locked=True, of=Delivery)
    )


def _claimed(delivery: Delivery, webhook: Webhook, *, until: datetime) -> Claimed:
    return Claimed(
        id=delivery.id,
        until=until,
        webhook_id=webhook.id,
        company_id=delivery.company_id,
        url=webhook.url,
        secret=webhook.secret,
        message_id=delivery.message_id,
        body=delivery.body,
        attempts=delivery.attempts,
    )
