"""Every address of every plugin, with something filled in for what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from bumen.host import Host
from bumen.web.gate import plugin_of

API = "/api/v1/"


@dataclass(frozen=True)
class Route:
    """An address that a plugin answers at."""

    plugin: str
    method: str
    rule: Rule

    def url(self, ident: int = 1) -> str:
        """Return the address with an id and a name filled in."""
        values = {
            name: ident if "id" in name or name == "pk" else "x" for name in self.rule.arguments
        }
        path = str(self.rule)
        for argument in self.rule.arguments:
            for written in (
                f"<{argument}>",
                f"<int:{argument}>",
                f"<path:{argument}>",
                f"<string:{argument}>",
            ):
                path = path.replace(written, str(values[argument]))
        assert "<" not in path, path
        return path

    @property
    def blueprint(self) -> str:
        """What the route belongs to: what is off is told by it, before anything is looked up."""
        return self.rule.endpoint.partition(".")[0]

    @property
    def parts(self) -> list[str]:
        """The parts of the address, from the department on."""
        return str(self.rule).removeprefix(API).strip("/").split("/")

    @property
    def shape(self) -> tuple[str, ...]:
        """What the route looks like, whatever its resource is called: the code that serves it."""
        program = str(self.rule).startswith(API)
        return (self.plugin, API if program else "", self.method, *self.parts[2:])

    @property
    def names_a_record(self) -> bool:
        """Whether the address names a record by its id."""
        return bool({"ident", "pk"} & set(self.rule.arguments))


def telling(routes: Iterable[Route]) -> list[Route]:
    """Return of each department one route of each shape: resources share the code behind it."""
    return list({route.shape: route for route in routes}.values())


def routes_of(app: Flask, host: Host) -> Iterator[Route]:
    """Yield every route of every installed plugin, once per method."""
    for rule in app.url_map.iter_rules():
        plugin = plugin_of(rule.endpoint.partition(".")[0], host)
        if plugin is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Route(plugin, method, rule)
