"""How workers hear of what waits: huey's queue, beside it who is alive and how far runs are.

What is to be done stands in the database; the queue is only the bell. What is lost of it is rung
again, what is rung twice is done once. Nothing in it is ever executed: a message is the number of
a run, written as JSON.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import psycopg
from huey.api import Huey
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import BaseStorage, PostgresStorage, RedisStorage, SqliteStorage
from sqlalchemy.engine import make_url

from bumen.jobs.run import Told

NAME = "bumen"
BEATS, TOLD = "bumen-workers", "bumen-progress"
"""Where it stands who is alive, and how far runs are."""
_SINCE = "since"
"""Beside the workers, when the first of them was heard in this queue."""
_redis: Any = import_module("redis") if find_spec("redis") else None
"""The library of Redis, where it is installed."""
FAULTS: tuple[type[Exception], ...] = (
    OSError,
    sqlite3.Error,
    psycopg.Error,
    ConfigurationError,
    *(() if _redis is None else (_redis.RedisError,)),
)
"""What is raised when the queue is away, or full."""
_CONNECTED_IN, _ANSWERED_IN, _PROBED_AFTER = 2, 5, 30
"""Seconds that Redis may take, and after which an idle connection is tried before it is used."""
_log = logging.getLogger(__name__)


class PlainSerializer(Serializer):  # type: ignore[misc]  # huey ships no types
    """Messages as JSON: whoever writes into the queue can name a run, and do nothing else."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class Queue:
    """The queue of a deployment: a file beside SQLite, tables of PostgreSQL, or Redis.

    Connections are made when they are first needed, and belong to this process.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.work: Callable[[int], None] = _nobody_works
        self._lock = RLock()
        self._stores: dict[str, BaseStorage] = {}
        self._task: Any = None

    @property
    def huey(self) -> Huey:
        """The queue as huey's consumers take from it."""
        return self._bell().huey

    def ring(self, run_id: int) -> bool:
        """Tell a worker that a run waits; False when the queue is away: it is rung again later."""
        try:
            self._bell()(run_id)
        except FAULTS:
            _log.warning("The queue of background work is away.", exc_info=True)
            return False
        return True

    def beat(self, worker: str, *, at: datetime) -> None:
        """Say that a worker is alive."""
        store, now = self._store(BEATS), at.isoformat().encode()
        store.put_if_empty(_SINCE, now)
        store.put_data(worker, now)

    def silence(self, worker: str) -> None:
        """Say that a worker has ended."""
        self._store(BEATS).delete_data(worker)

    def beats(self) -> dict[str, datetime]:
        """Return when each worker was last alive."""
        return {name: at for name, at in self._heard().items() if name != _SINCE}

    def is_younger_than(self, moment: datetime) -> bool:
        """Whether the queue was lost and made anew since: who is missing in it may be alive."""
        since = self._heard().get(_SINCE)
        return since is not None and since > moment

    def tell(self, run_id: int, told: Told) -> None:
        """Show how far a run is to whoever looks on; nothing depends on it."""
        try:
            self._store(TOLD).put_data(str(run_id), json.dumps(asdict(told)).encode())
        except FAULTS:
            _log.warning("The progress of run %s could not be shown.", run_id, exc_info=True)

    def forget(self, run_id: int) -> None:
        """Forget how far a run was: it has ended."""
        try:
            self._store(TOLD).delete_data(str(run_id))
        except FAULTS:
            _log.warning("The progress of run %s could not be forgotten.", run_id, exc_info=True)

    def told(self, run_ids: Iterable[int]) -> dict[int, Told]:
        """Return how far runs are, of those that have told it."""
        wanted = [str(one) for one in run_ids]
        if not wanted:
            return {}
        try:
            found = self._store(TOLD).peek_many(wanted)
        except FAULTS:
            return {}
        return {int(key): Told(**json.loads(bytes(value))) for key, value in found.items()}

    def close(self) -> None:
        """Let go of its connections."""
        with self._lock:
            for store in self._stores.values():
                store.close()

    def connect(self, address: str) -> None:
        """Use the queue at this address from now on."""
        self.close()
        self.address = address
        self._stores, self._task = {}, None

    def _heard(self) -> dict[str, datetime]:
        items = self._store(BEATS).result_items()
        return {name: datetime.fromisoformat(bytes(at).decode()) for name, at in items.items()}

    def _do(self, run_id: int) -> None:
        self.work(run_id)

    def _bell(self) -> Any:
        with self._lock:
            if self._task is None:
                settings = {"results": False, "serializer": PlainSerializer()}
                made = Huey(NAME, storage_class=self._store, **settings)
                self._task = made.task(name="run")(self._do)
            return self._task

    def _store(self, name: str) -> BaseStorage:
        with self._lock:
            if name not in self._stores:
                self._stores[name] = _storage(name, self.address)
            return self._stores[name]


class _ListeningStorage(PostgresStorage):  # type: ignore[misc]  # huey ships no types
    """Tables of PostgreSQL; the connections that threads listen on are closed with the others."""

    def __init__(self, name: str, **options: Any) -> None:
        self._listening: set[Any] = set()
        super().__init__(name, **options)

    def _listen_conn(self) -> Any:
        connection = super()._listen_conn()
        self._listening.add(connection)
        return connection

    def close(self) -> Any:
        for connection in self._listening:
            self._close_quiet(connection)
        self._listening.clear()
        return super().close()


class _PooledStorage(RedisStorage):  # type: ignore[misc]  # huey ships no types
    """Redis; a server that does not answer is given up soon, and connections are closed at last."""

    def __init__(self, name: str, *, url: str) -> None:
        pool = _redis.ConnectionPool.from_url(
            url,
            socket_connect_timeout=_CONNECTED_IN,
            socket_timeout=_ANSWERED_IN,
            health_check_interval=_PROBED_AFTER,
            retry=_redis.retry.Retry(_redis.backoff.NoBackoff(), 1),
        )
        super().__init__(name, connection_pool=pool)

    def close(self) -> None:
        self.pool.disconnect()


def _nobody_works(run_id: int) -> None:
    raise LookupError(f"Nobody works here, and run {run_id} waits.")


def _storage(name: str, address: str) -> BaseStorage:
    scheme = urlsplit(address).scheme
    if scheme.startswith("postgres"):
        dsn = make_url(address).set(drivername="postgresql")
        return _ListeningStorage(name, dsn=dsn.render_as_string(hide_password=False))
    if scheme.startswith("redis"):
        return _PooledStorage(name, url=address)
    file = Path(str(make_url(address).database))
    file.parent.mkdir(parents=True, exist_ok=True)
    return SqliteStorage(name, filename=str(file))
