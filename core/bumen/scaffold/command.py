"""The command `bumen plugins new`."""

from pathlib import Path

import click

from bumen.host import Host
from bumen.scaffold import NewPlugin, write_plugin


@click.command()
@click.argument("name")
@click.option("--title", help="Its title in English; by default the name.")
@click.option("--zh-hant", help="Its title in Traditional Chinese; by default the English one.")
@click.option("--zh-hans", help="Its title in Simplified Chinese; by default the English one.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to write it in; by default the current one.",
)
@click.pass_obj
def new(
    host: Host, name: str, title: str | None, zh_hant: str | None, zh_hans: str | None, into: Path
) -> None:
    """Write a new plugin called NAME as a distribution of its own."""
    english = title or name.capitalize()
    plugin = NewPlugin(
        name=name,
        title=english,
        title_zh_hant=zh_hant or english,
        title_zh_hans=zh_hans or english,
    )
    taken = {*host.registry.plugins, *host.registry.quarantined}
    click.echo(write_plugin(plugin, into=into, taken=taken))
