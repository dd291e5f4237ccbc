"""The command `bumen i18n`: for those who write a plugin's texts."""

import click

from bumen.catalogues import HOST, problems, update_all
from bumen.host import Host
from bumen.registry import Registry


@click.group()
def i18n() -> None:
    """Keep the catalogues of texts."""


@i18n.command()
@click.argument("plugin", required=False)
@click.pass_obj
def update(host: Host, plugin: str | None) -> None:
    """Bring the catalogues of PLUGIN in step with its code; without it, all of them."""
    for name in _chosen(plugin, host.registry):
        for language, count in update_all(name, host.registry).items():
            click.echo(f"{name} {language}: {count} without words")


@i18n.command()
@click.argument("plugin", required=False)
@click.pass_obj
def check(host: Host, plugin: str | None) -> None:
    """Say what is wrong with the texts of PLUGIN; without it, with all texts."""
    names = _chosen(plugin, host.registry)
    found = [problem for name in names for problem in problems(name, host.registry)]
    for problem in found:
        click.echo(problem)
    if found:
        raise SystemExit(1)


def _chosen(plugin: str | None, registry: Registry) -> list[str]:
    """Return the plugin that was asked for, or the host ("core") and every plugin."""
    known = [HOST, *registry.plugins]
    if plugin is None:
        return known
    if plugin not in known:
        raise click.BadParameter(f"is none of {', '.join(known)}", param_hint="PLUGIN")
    return [plugin]
