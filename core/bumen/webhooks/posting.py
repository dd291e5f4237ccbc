"""Posting one message to a server: to a checked address, within ten seconds, no further."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from time import monotonic
from typing import Any

from bumen.webhooks.destinations import (
    AddressIsPrivate,
    AddressIsWrong,
    NameIsUnknown,
    addresses_of,
    destination_of,
)
from bumen.webhooks.models import LONGEST_ANSWER, Trouble

PATIENCE = 10.0
"""Seconds a server has, from the look for its name to the end of its answer."""
LONGEST_WAIT = timedelta(days=1)
"""A server that asks for more time than this is asked again earlier."""
_MOST_ADDRESSES = 3
_DONE, _ELSEWHERE, _WRONG = 200, 300, 400


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a try: `trouble` is None when the message was taken.

    `wait` is how long the server asked to be left alone.
    """

    took: int = 0
    trouble: Trouble | None = None
    status: int | None = None
    answer: str | None = None
    wait: timedelta | None = None


def post(url: str, body: str, *, headers: Mapping[str, str], to_private: bool) -> Outcome:
    """Post a message and return what came of it, whatever that is."""
    begun = monotonic()
    try:
        connection = _connection(url, to_private=to_private)
    except (AddressIsPrivate, AddressIsWrong):
        return Outcome(trouble=Trouble.PRIVATE)
    except NameIsUnknown:
        return Outcome(trouble=Trouble.UNKNOWN)
    except TimeoutError:
        return Outcome(trouble=Trouble.TOO_SLOW, took=_since(begun))
    with _limited(connection, max(PATIENCE - (monotonic() - begun), 0.1)) as is_over:
        try:
            connection.connect()
            if is_over():
                raise TimeoutError
            connection.sock.settimeout(PATIENCE)
            found = _asked(connection, body.encode(), headers)
        except ssl.SSLCertVerificationError:
            found = {"trouble": Trouble.UNTRUSTED}
        except TimeoutError:
            found = {"trouble": Trouble.TOO_SLOW}
        except (OSError, AttributeError):
            found = {"trouble": Trouble.TOO_SLOW if is_over() else Trouble.UNREACHABLE}
        except (HTTPException, ValueError):
            found = {"trouble": Trouble.TOO_SLOW if is_over() else Trouble.UNREADABLE}
    return Outcome(took=_since(begun), **found)


def _since(begun: float) -> int:
    return round((monotonic() - begun) * 1000)


class _Direct:
    """How a connection is opened: to addresses that were checked, not to what a name means now."""

    addresses: list[str]
    port: int

    def _reach(self) -> socket.socket:
        why: OSError = ConnectionRefusedError()
        for address in self.addresses[:_MOST_ADDRESSES]:
            try:
                return socket.create_connection((address, self.port), timeout=PATIENCE / 4)
            except OSError as one:
                why = one
        raise why


class _Plain(_Direct, HTTPConnection):
    """A connection without TLS, where that is allowed."""

    def connect(self) -> None:
        self.sock = self._reach()


class _Secure(_Direct, HTTPSConnection):
    """A connection over TLS: the certificate must bear the name that was asked for."""

    def connect(self) -> None:
        trust = ssl.create_default_context()
        self.sock = trust.wrap_socket(
            self._reach(), server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()


def _connection(url: str, *, to_private: bool) -> Any:
    where = destination_of(url, to_private=to_private)
    addresses = addresses_of(where, to_private=to_private, patience=PATIENCE)
    made: Any = (_Secure if where.is_secure else _Plain)(where.host, where.port, timeout=PATIENCE)
    made.addresses, made.where = addresses, where
    return made


def _asked(connection: Any, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    where = connection.where
    told = {
        "Host": where.authority,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Bumen",
        "Accept": "*/*",
        "Connection": "close",
        **headers,
    }
    connection.request("POST", where.path, body=body, headers=told)
    response = connection.getresponse()
    answer = response.read(LONGEST_ANSWER).decode("utf-8", "replace").replace("\x00", "\ufffd")
    return {
        "status": response.status,
        "answer": answer,
        "trouble": _trouble(response.status),
        "wait": _wait(response),
    }


def _trouble(status: int) -> Trouble | None:
    if _DONE <= status < _ELSEWHERE:
        return None
    return Trouble.REDIRECTED if _ELSEWHERE <= status < _WRONG else Trouble.ANSWERED_NO


def _wait(response: HTTPResponse) -> timedelta | None:
    """Return how long the server asks to be left alone, in seconds or until a date."""
    said = (response.getheader("Retry-After") or "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(), min(until - datetime.now(UTC), LONGEST_WAIT))


@contextmanager
def _limited(connection: Any, seconds: float) -> Iterator[Any]:
    """Close a connection after so many seconds, however slowly the server goes on talking."""
    over = Event()

    def end() -> None:
        over.set()
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()
        with suppress(OSError):
            connection.close()
