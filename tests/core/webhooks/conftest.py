"""What the tests of webhooks share: a company with notes, and a receiver that really listens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select, update

from asker import SomethingHappened
from bumen.database import only_reading
from bumen.dispatching import dispatch_of, terms_of
from bumen.host import Host
from bumen.registry import Candidate
from bumen.settings import Settings
from bumen.unit_of_work import CurrentCompany
from bumen.webhooks import Delivery, Webhook
from bumen.webhooks.catalogue import offered
from bumen.webhooks.sending import Dispatch
from bumen.webhooks.service import Wish, make_webhook

__all__ = ["SomethingHappened"]

Hook = Callable[..., int]


@dataclass
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def told(self) -> dict[str, Any]:
        """What it says."""
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass
class Receiver:
    """A web server on this machine that takes messages, and answers as it is told to."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b""
    go_on: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    def events(self) -> list[str]:
        """Return which events were told, in the order they came in."""
        return [one.told["event"] for one in self.received]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Notes, and who publishes events."""
    return (Candidate("notes", "notes"), Candidate("asker", "asker"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that listens."""
    made = Receiver()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made.received.append(Received(self.path, dict(self.headers.items()), body))
            made.go_on.wait(60)
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(made.answer)))
            self.end_headers()
            self.wfile.write(made.answer)

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    made.url = f"http://127.0.0.1:{server.server_port}/hook"
    Thread(target=server.serve_forever, daemon=True).start()
    yield made
    made.go_on.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_host(host: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A host whose webhooks may lead to this machine."""
    settings: Settings = host.settings.model_copy(update={"webhooks_to_private": True})
    monkeypatch.setattr(host, "settings", settings)
    return host


@pytest.fixture
def dispatch(open_host: Host) -> Dispatch:
    """What sends the messages."""
    return dispatch_of(open_host)


@pytest.fixture
def hook(open_host: Host, company: CurrentCompany, receiver: Receiver) -> Hook:
    """A function that makes a webhook for some events and returns its id."""

    def made(*events: str, url: str = "", code: str = company.code) -> int:
        with open_host.unit_of_work(company=code, by="admin") as unit:
            known = [one.name for one in offered(open_host.registry, on=unit.on)]
            wish = Wish(name="Shop", url=url or receiver.url, events=events)
            webhook, _secret = make_webhook(wish, known=known, terms=terms_of(open_host.settings))
        return webhook.id

    return made


def deliveries(host: Host) -> Sequence[Delivery]:
    """Return every delivery as it is kept."""
    with only_reading(), host.database.wide_session() as wide:
        return wide.scalars(select(Delivery).order_by(Delivery.id)).all()


def webhook_kept(host: Host, ident: int) -> Webhook:
    """Return a webhook as it is kept."""
    with only_reading(), host.database.wide_session() as wide:
        return wide.get_one(Webhook, ident)


def let_time_pass(host: Host, **values: Any) -> None:
    """Let everything that waits be due now."""
    with host.database.wide_session() as wide, wide.begin():
        now = wide.scalars(select(Delivery.created_at)).first()
        due = update(Delivery).where(Delivery.due_at.is_not(None))
        wide.execute(due.values(due_at=now, **values))
        wide.execute(update(Webhook.__table__).values(rests_until=None))
