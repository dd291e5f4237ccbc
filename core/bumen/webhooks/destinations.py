"""Where a webhook may lead: over TLS to servers of the open internet, never inside the house.

The addresses of a name are looked up when something is sent, each is checked, and the connection
goes to the one that was checked: a name that means another server a moment later helps nobody.
Source: OWASP, Server Side Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.webhooks.models import LONGEST_URL

_ = translator(__file__, "bumen")

_PORTS = {"https": 443, "http": 80}
_LOCAL = ("localhost", "local", "internal", "localdomain")
"""Names, and ends of names, that never mean a server of the open internet."""
_CLOSED = tuple(map(IPv4Network, ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")))
"""What looks public and leads to the machinery of a cloud, or nowhere."""
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class AddressIsWrong(BusinessError):
    """The refusal of what is no address a webhook can lead to."""

    def __init__(self) -> None:
        super().__init__(
            _("Please give an address that begins with https://, without user name or password."),
            field="url",
        )


class AddressIsPrivate(BusinessError):
    """The refusal to send anything into a private network, or to the house itself."""

    def __init__(self) -> None:
        super().__init__(
            _("This address lies in a private network. Webhooks lead to public servers only."),
            field="url",
        )


class NameIsUnknown(BusinessError):
    """The refusal to send to a name that no server has."""

    def __init__(self) -> None:
        super().__init__(_("There is no server of this name."), field="url")


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A destination is an address taken apart: the server, and what is asked of it."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The server as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = _PORTS["https" if self.is_secure else "http"]
        return host if self.port == usual else f"{host}:{self.port}"


def destination_of(url: str, *, to_private: bool) -> Destination:
    """Take an address apart; refuses what can be no webhook's, as far as it shows.

    With `to_private` plain HTTP and the own network are allowed, too.
    """
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressIsWrong
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise AddressIsWrong from None
    schemes = ("https", "http") if to_private else ("https",)
    if parts.scheme not in schemes or not host or "@" in parts.netloc or parts.fragment:
        raise AddressIsWrong
    if not to_private and _is_plainly_private(host):
        raise AddressIsPrivate
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(is_secure=parts.scheme == "https", host=host, port=port, path=path)


def addresses_of(destination: Destination, *, to_private: bool, patience: float) -> list[str]:
    """Look up where a destination is now; refuses it when any of its addresses is a private one.

    `TimeoutError` when nobody knows after so many seconds.
    """
    addresses = _looked_up(destination, patience)
    if addresses is None:
        raise NameIsUnknown
    if not to_private and not all(is_public(one) for one in addresses):
        raise AddressIsPrivate
    return addresses


def _looked_up(destination: Destination, patience: float) -> list[str] | None:
    """Return the addresses of a name; what looks them up has no limit of its own."""
    answers: SimpleQueue[list[str] | None] = SimpleQueue()

    def look() -> None:
        try:
            found = socket.getaddrinfo(destination.host, destination.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answers.put(None)
        else:
            answers.put(list(dict.fromkeys(str(one[4][0]) for one in found)))

    Thread(target=look, name="bumen-webhook-name", daemon=True).start()
    try:
        return answers.get(timeout=patience)
    except Empty:
        raise TimeoutError from None


def is_public(text: str) -> bool:
    """Whether an address belongs to the open internet, however it is written or wrapped."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return all(map(_is_open, inner))
    return _is_open(address)


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    closed = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not closed and not any(address in net for net in _CLOSED)


def _inside(address: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """Return the IPv4 addresses that an IPv6 address leads to; None when it is just itself."""
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if any(address in net for net in _NAT64) or int(address) < 2**32:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return None


def _is_plainly_private(host: str) -> bool:
    """Whether a name says by itself that it leads into a private network."""
    try:
        return not is_public(host)
    except ValueError:
        return host.rstrip(".").rpartition(".")[2].lower() in _LOCAL
