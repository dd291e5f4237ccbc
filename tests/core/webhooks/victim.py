"""Somebody who sends in a process of its own, to be killed: `python -m … URL`."""

from __future__ import annotations

import sys

from pydantic import SecretStr

from bumen.dispatching import dispatch_of
from bumen.host import Host
from bumen.registry import Candidate
from bumen.settings import Settings


def main(database: str) -> None:
    """Send what is due."""
    settings = Settings(
        _env_file=None,
        database_url=database,
        secret_key=SecretStr("only-for-tests-0123456789-abcdefghijk"),
        webhooks_to_private=True,
    )
    host = Host.start(settings, [Candidate("notes", "notes"), Candidate("asker", "asker")])
    dispatch_of(host).send_due()


if __name__ == "__main__":
    main(*sys.argv[1:])
