"""The installed departments: found through entry points, sorted, and the broken ones set apart.

A plugin that cannot be loaded, or that clashes with another, is put in quarantine: the host starts
without it, says why, and serves the others.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any

import pluggy
from packaging.specifiers import SpecifierSet
from sqlalchemy import Table

from bumen import hooks as host_questions
from bumen import organisation
from bumen.candidates import Candidate, PluginRejected, joined
from bumen.documents.numbering import Numbering
from bumen.errors import BusinessError
from bumen.extension import Extension
from bumen.hooks import PROJECT, Hooks
from bumen.i18n import Text, translator
from bumen.loading import LoadedModels, first_misfit
from bumen.model import Model, metadata
from bumen.plugin import RESERVED, Plugin
from bumen.reports import check_declared
from bumen.resource import Action, Related, Resource

GROUP = "bumen.plugins"
HOST = "core"
"""The name the host's own tables and revisions go by."""
_TABLES_OF_HOST = ("core_", "ab_")
_NAME = re.compile(r"[a-z][a-z0-9]{1,29}")

_ = translator(__file__, "bumen")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Installed:
    """A plugin that stands: what it declares, and where it comes from."""

    plugin: Plugin
    package: str
    folder: Path
    version: str
    description: Text | str

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.plugin.name


def installed_candidates() -> list[Candidate]:
    """Return what the installed distributions offer in the group `bumen.plugins`."""
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return [
        Candidate(
            entry.name, entry.value.partition(":")[0], entry.dist.version if entry.dist else ""
        )
        for entry in found
    ]


class Registry:
    """All departments that stand, in the order in which they need each other."""

    def __init__(self, *, trace_hooks: bool = False) -> None:
        self.plugins: dict[str, Installed] = {}
        self.quarantined: dict[str, str | Text] = {}
        self.resources: dict[str, type[Resource]] = {}
        self.manager = pluggy.PluginManager(PROJECT)
        for questions in (host_questions, organisation):
            self.manager.add_hookspecs(questions)
        self.hooks = Hooks(self.manager, trace=trace_hooks)
        self._by_model: dict[type[Any], type[Resource]] = {}

    @classmethod
    def load(
        cls, candidates: Iterable[Candidate] | None = None, *, trace_hooks: bool = False
    ) -> Registry:
        """Load every candidate that can be loaded; default: what is installed."""
        registry = cls(trace_hooks=trace_hooks)
        asked = list(installed_candidates() if candidates is None else candidates)
        found: dict[str, Installed] = {}
        for candidate in asked:
            registry._find(candidate, found)
        registry._set_misfits_apart(found)
        registry._join_neighbours(found)
        for name in registry._in_order(found):
            registry._admit(found[name])
        return registry

    def resource_of(self, model: type[Any]) -> type[Resource] | None:
        """Return the resource that shows a model, if any does."""
        return self._by_model.get(model)

    def title_of(self, model: type[Any]) -> Text | str:
        """Return what people call the records of a model: by its resource, or as lines of one."""
        if (resource := self.resource_of(model)) is not None:
            return resource.title
        lines = [one for resource in self.resources.values() for one in resource.lines]
        return next((one.title for one in lines if one.model is model), str(model.__tablename__))

    def related_of(self, resource: type[Resource], *, on: frozenset[str]) -> list[Related]:
        """Return the lists on a record's page: its own, and those of departments that are on."""
        added = (one for more in self.extensions_of(resource, on=on) for one in more.related)
        return [one for one in (*resource.related, *added) if one.resource.plugin() in on]

    def actions_of(self, resource: type[Resource], *, on: frozenset[str]) -> list[Action]:
        """Return what may be done with a record: its own, and by departments that are on."""
        added = [one for more in self.extensions_of(resource, on=on) for one in more.actions]
        return [*resource.actions, *added]

    def permissions_of(self, resource: type[Resource]) -> tuple[str, ...]:
        """Return what people can be allowed on a resource, by whichever department."""
        every = self.actions_of(resource, on=frozenset(self.plugins))
        return tuple(dict.fromkeys([*resource.permissions(), *(one.name for one in every)]))

    def extensions_of(self, resource: type[Resource], *, on: frozenset[str]) -> Iterable[Extension]:
        """Yield what departments that are on add to another's resource."""
        for name, installed in self.plugins.items():
            if name in on:
                every = installed.plugin.extensions
                yield from (one for one in every if one.resource == resource.key())

    def requirements(self, name: str) -> tuple[str, ...]:
        """Return all a plugin needs, directly and indirectly, the first needed first."""
        wanted = set(self.plugins[name].plugin.requires)
        for other in reversed(list(self.plugins)):
            if other in wanted:
                wanted |= set(self.plugins[other].plugin.requires)
        return tuple(other for other in self.plugins if other in wanted)

    def dependents(self, name: str) -> tuple[str, ...]:
        """Return all that need a plugin, directly or indirectly, the last in need first."""
        return tuple(n for n in reversed(list(self.plugins)) if name in self.requirements(n))

    def tables_of(self, name: str) -> list[Table]:
        """Return the tables of a plugin, or of the host ("core"), in order of their keys."""
        starts = _TABLES_OF_HOST if name == HOST else (f"{name}_",)
        return [table for table in metadata.sorted_tables if table.name.startswith(starts)]

    def numbers(self) -> list[Numbering]:
        """Return how the documents of every department are numbered."""
        return [one for plugin in self.plugins.values() for one in plugin.plugin.numbers]

    def subscriptions(self) -> Iterable[tuple[str, Any]]:
        """Yield every subscription with the name of its plugin."""
        for name, installed in self.plugins.items():
            for subscription in installed.plugin.subscriptions:
                yield name, subscription

    def _find(self, candidate: Candidate, found: dict[str, Installed]) -> None:
        """Import a candidate; what it left behind when that fails is taken away again."""
        before, name = LoadedModels.now(), candidate.name
        try:
            if name in found:
                name = f"{name} ({candidate.package})"
                raise _bad_name(candidate.name)
            installed = _installed(candidate)
            _check_alone(installed, name)
        except Exception as why:  # noqa: BLE001  # whatever a plugin does wrong
            self._set_apart(name, why)
            before.restore()
        else:
            found[name] = installed

    def _set_misfits_apart(self, found: dict[str, Installed]) -> None:
        while misfit := first_misfit(found):
            name, why = misfit
            if name not in found:
                raise why
            self._set_apart(name, why)
            LoadedModels.without(found.pop(name).package, name).restore()

    def _join_neighbours(self, found: dict[str, Installed]) -> None:
        """Add to each plugin what it gives besides, for every neighbour that is there."""
        for name, installed in list(found.items()):
            before = LoadedModels.now()
            try:
                plugin = joined(installed.plugin, installed.package, found)
                found[name] = replace(installed, plugin=plugin)
            except Exception as why:  # noqa: BLE001  # whatever a plugin does wrong
                self._set_apart(name, why)
                del found[name]
                before.restore()

    def _in_order(self, found: Mapping[str, Installed]) -> list[str]:
        needs = {name: self._needs(found[name], found) for name in found}
        try:
            return list(TopologicalSorter(needs).static_order())
        except CycleError as cycle:
            for name in set(cycle.args[1]):
                self._set_apart(name, PluginRejected(_("It needs itself by way of others.")))
            left = {name: one for name, one in found.items() if name not in self.quarantined}
            return self._in_order(left)

    @staticmethod
    def _needs(installed: Installed, found: Mapping[str, Installed]) -> list[str]:
        plugin = installed.plugin
        return sorted({*plugin.requires, *plugin.optional} & set(found))

    def _admit(self, installed: Installed) -> None:
        plugin = installed.plugin
        try:
            for needed in plugin.requires:
                if needed not in self.plugins:
                    raise PluginRejected(
                        _("It requires “%(name)s”, which is not installed.", name=needed)
                    )
            check_declared(plugin.reports)
            self._register_hooks(plugin)
        except Exception as why:  # noqa: BLE001  # whatever a plugin does wrong
            self._withdraw(plugin)
            self._set_apart(plugin.name, why)
            return
        self.plugins[plugin.name] = installed
        for resource in plugin.resources:
            self.resources[resource.key()] = resource
            self._by_model.setdefault(resource.model, resource)

    def _register_hooks(self, plugin: Plugin) -> None:
        if plugin.hooks is not None:
            self.manager.add_hookspecs(plugin.hooks)
        for module in plugin.answers:
            self.manager.register(module, f"{plugin.name}:{module.__name__}")
        self.manager.check_pending()

    def _withdraw(self, plugin: Plugin) -> None:
        for module in plugin.answers:
            if self.manager.is_registered(module):
                self.manager.unregister(module)

    def _set_apart(self, name: str, why: Exception) -> None:
        reason = why.message if isinstance(why, BusinessError) else f"{type(why).__name__}: {why}"
        self.quarantined[name] = reason
        _log.error("Plugin %s is in quarantine: %s", name, reason, exc_info=why)


def _installed(candidate: Candidate) -> Installed:
    module = importlib.import_module(candidate.package)
    plugin = module.plugin
    if not isinstance(plugin, Plugin):
        raise PluginRejected(_("Its `plugin` is not a Plugin."))
    return Installed(
        plugin=plugin,
        package=candidate.package,
        folder=Path(str(module.__file__)).parent,
        version=candidate.version,
        description=plugin.description or (module.__doc__ or "").strip(),
    )


def _check_alone(installed: Installed, name: str) -> None:
    plugin = installed.plugin
    if plugin.name != name or not _NAME.fullmatch(name) or name in RESERVED:
        raise _bad_name(plugin.name)
    if version("bumen") not in SpecifierSet(plugin.needs_bumen, prereleases=True):
        raise PluginRejected(
            _(
                "It works with Bumen %(window)s, but this is %(version)s.",
                window=plugin.needs_bumen,
                version=version("bumen"),
            )
        )
    names = [resource.__name__ for resource in plugin.resources]
    for model in _models_of(installed.package):
        if not str(model.__tablename__).startswith(f"{plugin.name}_"):
            raise PluginRejected(
                _("Its table “%(table)s” does not begin with its name.", table=model.__tablename__)
            )
    if len(names) != len(set(names)):
        raise PluginRejected(_("Two of its resources have the same name."))


def _bad_name(name: str) -> PluginRejected:
    return PluginRejected(_("Its name “%(name)s” cannot be used.", name=name))


def _models_of(package: str) -> list[type[Any]]:
    inside = (package, f"{package}.")
    return [
        mapper.class_
        for mapper in Model.registry.mappers
        if mapper.class_.__module__ == inside[0] or mapper.class_.__module__.startswith(inside[1])
    ]
