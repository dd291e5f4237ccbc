"""Many people at once: sixteen clients ask two server processes, over sockets.

Every peer is served by gunicorn as ours is; they take turns, and only one runs at a time.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from statistics import median

from benchmarks.processes import ROOT
from benchmarks.records import COMPANY, OURS, STOCK, Known
from bumen.testing.makers import PASSWORD

CLIENTS, SECONDS, ROUNDS = 16, 6.0, 3
PATIENCE = 120
_OURS = "(columns:!(number,customer,ordered_on,requested_on,state,salesperson,total),"
_NEWEST = "order_column:id,order_direction:desc,page_size:25"

Headers = Mapping[str, str]
Rates = Mapping[str, Mapping[str, float]]
"""Answers a second, by what is asked and the name of a peer."""


def addresses(known: Known) -> Mapping[str, Mapping[str, str]]:
    """Return what is asked, and where each peer has it."""
    long = known["long"]
    return {
        "list": {
            "plain": "/orders?page=0",
            "bumen": f"/api/v1/sales/orders/?q={_OURS}{_NEWEST})",
            "stock": f"/api/v1/sales_order/?q=({_NEWEST})",
            "django": "/api/orders/",
        },
        "open an order": {
            "plain": f"/orders/{long}",
            "bumen": f"/api/v1/sales/orders/{long}",
            "stock": f"/api/v1/sales_order/{long}",
            "django": f"/api/orders/{long}/",
        },
    }


def measure(url: str, known: Known, *, cookie: str) -> Rates:
    """Return how many answers a second each peer gives; Django knows people by a cookie."""
    asked = addresses(known)
    found: dict[str, dict[str, list[float]]] = {
        title: {name: [] for name in where} for title, where in asked.items()
    }
    for _round in range(ROUNDS):
        for name in next(iter(asked.values())):
            with _serving(name, url, known) as port:
                headers = _headers(name, port, cookie)
                for title, where in asked.items():
                    found[title][name].append(_rate(port, where[name], headers))
    return {
        title: {name: median(rates) for name, rates in by_peer.items()}
        for title, by_peer in found.items()
    }


@contextmanager
def _serving(name: str, url: str, known: Known) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    words = ["-m", "benchmarks.peers.served", name, url, str(port), str(known["company"])]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _get(HTTPConnection("127.0.0.1", port, timeout=PATIENCE), "/", {})
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _headers(name: str, port: int, cookie: str) -> Headers:
    """Return what tells a peer who asks."""
    people = {"bumen": OURS, "stock": STOCK}
    if name not in people:
        return {"Cookie": cookie} if name == "django" else {}
    sent = json.dumps({"username": people[name], "password": PASSWORD, "provider": "db"})
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("POST", "/api/v1/security/login", sent, {"Content-Type": "application/json"})
    token = json.loads(line.getresponse().read())["access_token"]
    return {"Authorization": f"Bearer {token}", "X-Company": COMPANY}


def _rate(port: int, address: str, headers: Headers) -> float:
    """Let everybody ask, first for a moment that is not counted; return answers a second."""

    def answers(seconds: float) -> int:
        each = clients.map(lambda _n: _ask(port, address, headers, seconds), range(CLIENTS))
        return sum(each)

    with ThreadPoolExecutor(CLIENTS) as clients:
        answers(SECONDS / 4)
        begun = time.monotonic()
        return answers(SECONDS) / (time.monotonic() - begun)


def _ask(port: int, address: str, headers: Headers, seconds: float) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    until, answers = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        status = _get(line, address, headers)
        assert status == 200, (address, status)
        answers += 1
    return answers


def _get(line: HTTPConnection, address: str, headers: Headers) -> int:
    line.request("GET", address, headers=dict(headers))
    answer = line.getresponse()
    answer.read()
    return answer.status
