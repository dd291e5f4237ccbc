"""Peers in processes of their own: one line asks, one line answers.

Two applications of one framework cannot stand in one process: they share its tables, mappers and
views. So each is started in a fresh interpreter and asked over its standard input.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[1]


class PeerFailed(Exception):
    """A peer ended without an answer; the message is the last it said."""


class Peer:
    """A peer is an application in a process of its own: `benchmarks.peers.<name>`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.begun = time.perf_counter()
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed with the peer
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", f"benchmarks.peers.{name}"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ignored: object) -> None:
        self._process.communicate()
        self._said.close()

    def ask(self, verb: str, **arguments: Any) -> Any:
        """Ask the peer to do something; return what it answers, or raise `PeerFailed`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([verb, arguments]), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._said.seek(0)
            raise PeerFailed(f"{self.name}: {self._said.read()[-4000:]}")
        return json.loads(line)

    @property
    def age(self) -> float:
        """How many seconds ago its interpreter was called."""
        return time.perf_counter() - self.begun


def answer(peer: object) -> None:
    """Answer on standard output what is asked on standard input, until it ends.

    Whatever else is printed meanwhile goes to the standard error; the first fault ends it all.
    """
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        try:
            done = getattr(peer, verb)(**arguments)
        except Exception:  # noqa: BLE001  # told to whoever asked, whatever it is
            traceback.print_exc()
            sys.exit(1)
        print(json.dumps(done), file=answers, flush=True)
