"""The `bumen` command: every thing it can do, and where that is done."""

from __future__ import annotations

import logging
from typing import Any

import click

from bumen import migrations
from bumen.activation.command import plugins
from bumen.catalogues.command import i18n
from bumen.checking import problems
from bumen.company.command import company, user
from bumen.conformance import report
from bumen.demo.command import demo
from bumen.documents.history import sign_anew
from bumen.errors import BusinessError
from bumen.exchange.command import import_command
from bumen.exchange.export_command import export_command
from bumen.host import Host
from bumen.i18n import speaking
from bumen.scaffold.command import new
from bumen.search.command import search
from bumen.security.command import access
from bumen.serving import UnfitToServe, serve, work
from bumen.settings import SettingsProblem, load_settings
from bumen.upgrading import upgrade

REFUSALS = (BusinessError, SettingsProblem, UnfitToServe)
"""What is told to people in words, without a traceback."""

LOG = "%(asctime)s %(levelname)s %(name)s: %(message)s"
TALKATIVE = ("alembic", "flask_appbuilder", "huey")
"""Libraries whose every step is news to nobody."""
PORT = 8000
WITHOUT_HOST = ("demo", "serve", "worker")
"""Commands that start a host themselves, each worker its own."""


class Commands(click.Group):
    """The commands; when one refuses, the reason is printed and the status is 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(context)
        except REFUSALS as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bumen")
@click.pass_context
def main(context: click.Context) -> None:
    """Companies, and the departments each of them has switched on."""
    settings = load_settings()
    logging.basicConfig(level=settings.log_level, format=LOG)
    for talkative in TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    context.with_resource(speaking(settings.default_locale))
    starts_itself = context.invoked_subcommand in WITHOUT_HOST
    context.obj = settings if starts_itself else Host.start(settings)


@main.command("upgrade")
@click.pass_obj
def upgrade_command(host: Host) -> None:
    """Bring the database up to the installed versions, permissions included."""
    done = upgrade(host)
    for step in done.applied:
        click.echo(f"{step.plugin} {step.revision}: {step.message}")
    for kind, records in done.found.items():
        click.echo(f"{kind}: {records} found by the search")
    for problem in done.synced.problems:
        click.echo(problem, err=True)
    if not done.applied and not done.synced.changed:
        click.echo("Nothing to do.")


@main.command("serve")
@click.option("--host", "address", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def serve_command(settings: Any, address: str, port: int, workers: int) -> None:
    """Serve people: for production, behind a proxy that speaks TLS."""
    serve(settings, address=address, port=port, workers=workers)


@main.command("worker")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def worker_command(settings: Any, threads: int) -> None:
    """Do what waits in the background, and what starts by itself, until stopped."""
    work(settings, threads=threads)


@main.command()
@click.argument("plugin")
@click.argument("message")
@click.option("--empty", is_flag=True, help="Write one to fill by hand, for data.")
@click.pass_obj
def revise(host: Host, plugin: str, message: str, *, empty: bool) -> None:
    """Write the next revision of PLUGIN's tables; MESSAGE says what becomes true."""
    click.echo(migrations.revise(plugin, message, host.registry, empty=empty))


@main.command()
@click.pass_obj
def check(host: Host) -> None:
    """Ask whether everything holds that must always hold; status 1 when something does not."""
    broken = list(problems(host))
    for one in broken:
        click.echo(one)
    if broken:
        raise SystemExit(1)
    click.echo("Everything holds.")


@main.command("sign-history")
@click.pass_obj
def sign_history(host: Host) -> None:
    """Sign every history anew: after the secret key was changed, or a doubt was looked into."""
    if not host.settings.secret:
        raise click.ClickException("There is no secret key to sign with.")
    with host.database.engine.begin() as connection:
        for done in sign_anew(connection, host.departments.signet):
            click.echo(done)


@plugins.command("check")
@click.argument("name")
def check_plugin(name: str) -> None:
    """Run what every plugin promises as tests of NAME, and print the report."""
    if not report(name):
        raise SystemExit(1)


plugins.add_command(new)
OWN = (access, company, demo, export_command, i18n, import_command, plugins, search, user)
"""The commands that stand elsewhere."""
for command in OWN:
    main.add_command(command)
