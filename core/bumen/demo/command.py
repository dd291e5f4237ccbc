"""The command `bumen demo`."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

import click
from pydantic import SecretStr

from bumen.demo import Shown, empty, fill
from bumen.errors import BusinessError
from bumen.host import Host
from bumen.i18n import translator
from bumen.serving import Server
from bumen.settings import Settings

ADDRESS = "127.0.0.1"
WORKERS = 2

_ = translator(__file__, "bumen")


class PortIsTaken(BusinessError):
    """The refusal to serve where another program listens."""

    def __init__(self, port: int) -> None:
        super().__init__(
            _("Something else listens on port %(port)s; choose another by --port.", port=port)
        )


@click.command()
@click.option("--reset", is_flag=True, help="Start over: what was entered is lost.")
@click.option("--no-serve", is_flag=True, help="Make it, and stop there.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def demo(settings: Settings, port: int, *, reset: bool, no_serve: bool) -> None:
    """Try Bumen: two companies with all departments on, served on this machine only."""
    if not no_serve:
        _refuse_taken(port)
    if reset:
        empty(settings.database_url)
    settings = settings.model_copy(update={"secret_key": _secret(settings)})
    host = Host.start(settings)  # with the secret: what is filled in is signed as what follows is
    given = settings.demo_password
    shown = fill(host, password=given.get_secret_value() if given else None)
    host.database.engine.dispose()
    _tell(shown, given=given is not None)
    if not no_serve:
        click.echo(_("Open http://%(address)s:%(port)s", address=ADDRESS, port=port))
        quiet = settings.model_copy(update={"log_level": "WARNING"})
        Server(quiet, address=ADDRESS, port=port, workers=WORKERS).run()


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as taken:
            raise PortIsTaken(port) from taken


def _tell(shown: Shown, *, given: bool) -> None:
    click.echo(_("Accounts of the demonstration:"))
    for account in shown.accounts:
        click.echo(f"  {account.name:<16} {' '.join(account.companies):<10} {account.full_name}")
    if shown.password:
        click.echo(_("Password of all (shown this once): %(password)s", password=shown.password))
    elif given:
        click.echo(_("The password of all is the one in BUMEN_DEMO_PASSWORD."))
    else:
        click.echo(
            _("The password was shown at the first start; set BUMEN_DEMO_PASSWORD for a new one.")
        )


def _secret(settings: Settings) -> SecretStr:
    """Return what sessions are signed with: the one that is set, else one kept beside the data."""
    if settings.secret_key is not None:
        return settings.secret_key
    file = Path(settings.data_dir) / "demo-secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return SecretStr(file.read_text(encoding="ascii"))
