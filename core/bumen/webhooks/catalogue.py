"""What webhooks can hear of: records of every resource, and the public events of departments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bumen.documents.history import HistoryKind
from bumen.events import Event
from bumen.i18n import Text, translator
from bumen.registry import Registry
from bumen.resource import Resource

_ = translator(__file__, "bumen")

MOVED = "moved"
OF_RECORDS: dict[str, Text] = {
    HistoryKind.MADE.value: _("Created"),
    HistoryKind.CHANGED.value: _("Changed"),
    MOVED: _("New state"),
    HistoryKind.DELETED.value: _("Deleted"),
}
"""What can become of a record."""
PING = "core.ping"
"""What a trial is called."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An offered event: what programs call it, what people call it, and whose it is."""

    name: str
    title: Text | str
    subject: Text | str
    plugin: str


def offered(registry: Registry, *, on: frozenset[str]) -> list[Offered]:
    """Return every event of the departments that are on, in their order."""
    found: list[Offered] = []
    for name, installed in registry.plugins.items():
        if name in on:
            for resource in installed.plugin.resources:
                found += _of_records(resource)
            found += _declared(name, installed.package, installed.plugin.title)
    return found


def name_of(event: type[Event], registry: Registry) -> str | None:
    """Return what programs call an event: `sales.OrderConfirmed`; None for nobody's."""
    root = event.__module__.partition(".")[0]
    owners = (n for n, one in registry.plugins.items() if one.package.partition(".")[0] == root)
    plugin = next(owners, None)
    return None if plugin is None else f"{plugin}.{event.__name__}"


def _of_records(resource: type[Resource]) -> Iterable[Offered]:
    if not resource.model.in_history:
        return
    for word, title in OF_RECORDS.items():
        if word == MOVED and not moves(resource.model):
            continue
        yield Offered(
            name=f"{resource.key()}.{word}",
            title=title,
            subject=resource.title,
            plugin=resource.plugin(),
        )


def moves(model: type) -> bool:
    """Whether records of a model go through states."""
    return hasattr(model, "workflow")


def _declared(plugin: str, package: str, title: Text | str) -> Iterable[Offered]:
    root = package.partition(".")[0]
    for event in Event.known.values():
        if event.__module__.partition(".")[0] == root:
            name = f"{plugin}.{event.__name__}"
            label = event.label or event.__name__
            yield Offered(name=name, title=str(label), subject=title, plugin=plugin)
