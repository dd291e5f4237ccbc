"""A real Redis for tests: a server of this machine, started on a port of its own and ended."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest

from tests.browser.install import redis

PATIENCE = 10.0
_IN_MEMORY = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--loglevel", "warning")


class RedisServer:
    """A server that may be stopped and started again; it keeps nothing when it is stopped."""

    def __init__(self, program: str) -> None:
        self.program = program
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [self.program, "--port", str(self.port), *_IN_MEMORY]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = monotonic() + PATIENCE
        while not self._answers():
            assert monotonic() < deadline, "Redis did not start."
            sleep(0.02)

    def stop(self) -> None:
        """Kill it, with all it held."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Yield a server that runs; skips, saying so, where none is installed."""
    program = redis()
    if program is None:
        pytest.skip("The queue on Redis is not tested: apt-get install redis-server")
    server = RedisServer(program)
    server.start()
    try:
        yield server
    finally:
        server.stop()
