"""A mail server on this machine, as tests need one: it keeps what it is given, or refuses it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlalchemy import update

from bumen.host import Host
from bumen.model.accounts import User


@dataclass
class Letterbox:
    """What arrived, and what is answered to whom; `refusals` are SMTP answers by address."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where mail is handed in."""
        return f"smtp://localhost:{self.port}"

    def subjects(self) -> list[tuple[str, str]]:
        """Return to whom what was written, in the order it came."""
        return [(letter["To"].addresses[0].addr_spec, letter["Subject"]) for letter in self.letters]

    async def handle_RCPT(  # noqa: N802  # as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer whether an address is known here."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Keep a letter."""
        letter = message_from_bytes(envelope.content, policy=default)
        self.letters.append(cast(EmailMessage, letter))
        return "250 OK"

    def knows(
        self, _server: Any, _session: Any, _envelope: Any, _how: str, told: Any
    ) -> AuthResult:
        """Answer whether somebody may hand in mail."""
        given = cast(LoginPassword, told)
        known = self.people.get(given.login.decode()) == given.password.decode()
        return AuthResult(success=known)


@contextmanager
def letterbox(
    box: Letterbox | None = None,
    *,
    tls: SSLContext | None = None,
    starttls: SSLContext | None = None,
) -> Iterator[Letterbox]:
    """Open a mail server for a while."""
    box = box or Letterbox()
    controller = Controller(
        box,
        hostname="localhost",
        port=_free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=box.knows if box.people else None,
        auth_required=bool(box.people),
        auth_require_tls=False,
    )
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def posts_to(host: Host, url: str) -> None:
    """Let a host hand in its mail there."""
    settings = {**host.settings.model_dump(), "smtp_url": url, "public_url": "https://erp.test"}
    host.settings = type(host.settings).model_validate(settings)


@contextmanager
def mail_of(host: Host) -> Iterator[Letterbox]:
    """Open a mail server for a while that a host hands in its mail at."""
    with letterbox() as box:
        posts_to(host, box.url)
        yield box


def reaches(host: Host, *names: str) -> None:
    """Give people addresses that mail reaches: their user names at example.com."""
    with host.database.wide_session() as wide, wide.begin():
        for name in names:
            address = {"email": f"{name}@example.com"}
            wide.execute(update(User).where(User.username == name).values(address))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port: int = free.getsockname()[1]
        return port
