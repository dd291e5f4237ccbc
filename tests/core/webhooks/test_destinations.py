"""Webhooks lead to public servers over TLS, however an address is written, and nowhere else."""

import socket
from threading import Event, Thread
from time import monotonic

import pytest

from bumen.webhooks import posting
from bumen.webhooks.destinations import (
    AddressIsPrivate,
    AddressIsWrong,
    NameIsUnknown,
    addresses_of,
    destination_of,
    is_public,
)
from bumen.webhooks.models import Trouble
from bumen.webhooks.posting import post

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "0.0.0.0",  # noqa: S104  # nothing is bound to it
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known_however_they_are_wrapped(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "140.112.8.1", "2606:4700::1111", "64:ff9b::101:101"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "http://example.com/",
        "ftp://example.com/",
        "https://",
        "https:///x",
        "https://a:b@example.com/",
        "https://example.com/#x",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://example.com/\r\nX: y",
        "https://例子.tw/",
        "https://[::1/",
        "https://example.com/" + "x" * 500,
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(AddressIsWrong):
        destination_of(url, to_private=False)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "printer.local", "db.internal", "127.0.0.1", "[::1]"]
)
def test_what_is_plainly_private_is_refused_at_once(host: str) -> None:
    with pytest.raises(AddressIsPrivate):
        destination_of(f"https://{host}/", to_private=False)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "017700000001"])
def test_odd_spellings_of_this_machine_are_refused_when_looked_up(host: str) -> None:
    with pytest.raises((AddressIsPrivate, NameIsUnknown)):
        addresses_of(
            destination_of(f"https://{host}/", to_private=False), to_private=False, patience=10
        )


def test_a_name_that_means_this_machine_is_not_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **_k: spoken.append(a))
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("1.1.1.1", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers)

    came = post("https://rebinding.example/", "{}", headers={}, to_private=False)

    assert came.trouble is Trouble.PRIVATE
    assert spoken == []


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoken: list[str] = []
    asked = iter(["1.1.1.1", "127.0.0.1"])

    def looked_up(*_a: object, **_k: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(asked), 443))]

    def reach(address: tuple[str, int], **_k: object) -> socket.socket:
        spoken.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", reach)

    came = post("https://rebinding.example/", "{}", headers={}, to_private=False)

    assert came.trouble is Trouble.UNREACHABLE
    assert spoken == ["1.1.1.1"]


def test_a_name_that_nobody_can_tell_about_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: known.wait(60) and [])
    monkeypatch.setattr(posting, "PATIENCE", 0.2)
    begun = monotonic()

    came = post("https://slow.example/", "{}", headers={}, to_private=False)

    assert came.trouble is Trouble.TOO_SLOW
    assert monotonic() - begun < 10
    known.set()


@pytest.mark.parametrize("trickle", [b"", b"HTTP/1.1 100 Continue\r\n\r\n", b"H"])
def test_a_server_that_never_comes_to_an_end_is_left(
    monkeypatch: pytest.MonkeyPatch, trickle: bytes
) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_trickle, args=(server, trickle), daemon=True).start()
        begun = monotonic()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        came = post(url, "{}", headers={}, to_private=True)

    assert came.trouble is Trouble.TOO_SLOW
    assert monotonic() - begun < 5


def test_an_answer_that_is_none_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_say, args=(server, b"SSH-2.0-OpenSSH\r\n\r\n"), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert post(url, "{}", headers={}, to_private=True).trouble is Trouble.UNREADABLE
        Thread(target=_say, args=(server, b"nonsense"), daemon=True).start()
        came = post(url.replace("http:", "https:"), "{}", headers={}, to_private=True)
        assert came.trouble in {Trouble.UNREACHABLE, Trouble.UNTRUSTED}


def _trickle(server: socket.socket, part: bytes) -> None:
    caller, _where = server.accept()
    with caller:
        caller.recv(10_000)
        try:
            for _time in range(100):
                caller.sendall(part)
                posting.Event().wait(0.1)
        except OSError:
            return


def _say(server: socket.socket, words: bytes) -> None:
    caller, _where = server.accept()
    with caller:
        caller.recv(10_000)
        caller.sendall(words)
