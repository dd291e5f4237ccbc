"""Serving: refused while something would be unsafe, and every reason is named at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bumen.host import Host
from bumen.serving import Server, UnfitToServe, is_public, serve
from bumen.settings import Settings
from bumen.upgrading import upgrade

SECRET = SecretStr("4f1c8a07d2b96e35ac70f1d49b2e68c3")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    """The servers that were started; none of them runs."""
    servers: list[Server] = []
    monkeypatch.setattr(Server, "run", lambda server: servers.append(server))  # noqa: PLW0108
    return servers


def test_a_weak_secret_debugging_in_public_and_a_database_behind_are_all_named(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[Server]
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    settings = Settings(
        _env_file=None, data_dir=tmp_path, database_url=empty_database, secret_key=SecretStr("x")
    )

    with pytest.raises(UnfitToServe) as refused:
        serve(settings, address="0.0.0.0", port=8000, workers=1)  # noqa: S104  # that is the point

    assert [reason.split()[0] for reason in refused.value.reasons] == [
        "BUMEN_SECRET_KEY",
        "Debugging",
        "The",
    ]
    assert started == []


def test_a_good_secret_and_a_database_up_to_date_are_served(
    empty_database: str, tmp_path: Path, started: list[Server]
) -> None:
    settings = Settings(
        _env_file=None, data_dir=tmp_path, database_url=empty_database, secret_key=SECRET
    )
    host = Host.start(settings)
    upgrade(host)
    host.database.engine.dispose()

    serve(settings, address="127.0.0.1", port=8001, workers=3)

    assert [(one.cfg.address, one.cfg.workers) for one in started] == [([("127.0.0.1", 8001)], 3)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("0.0.0.0", True),  # noqa: S104
        ("::", True),
        ("192.168.1.5", True),
        ("erp.example.com", True),
    ],
)
def test_only_this_machine_reaches_a_loopback_address(address: str, *, public: bool) -> None:
    assert is_public(address) is public
