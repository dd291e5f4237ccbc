"""What is offered as a plugin: packages, why one is refused, and what one gives besides."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.plugin import Beside, Plugin

_ = translator(__file__, "bumen")


class PluginRejected(BusinessError):
    """The refusal of a plugin; the message is shown on the departments page."""


@dataclass(frozen=True)
class Candidate:
    """A package that offers a plugin under the attribute `plugin`."""

    name: str
    package: str
    version: str = ""


def joined(plugin: Plugin, package: str, neighbours: Iterable[str]) -> Plugin:
    """Return a plugin with what its modules `with_<neighbour>` give, for neighbours that are there.

    Refuses a module whose `beside` is something else: `PluginRejected`.
    """
    for neighbour in sorted(set(plugin.optional) & set(neighbours)):
        name = f"{package}.with_{neighbour}"
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:  # nothing, or a folder that was left behind
            continue
        beside = importlib.import_module(name).beside
        if not isinstance(beside, Beside):
            raise PluginRejected(_("Its `beside` is not a Beside."))
        plugin = plugin.joined(beside)
    return plugin
