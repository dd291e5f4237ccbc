"""What else must happen when a plugin is switched on or off.

Switching on takes along what the plugin requires; switching off takes along what depends on it.
Everything here is arithmetic on names: nothing is read and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bumen.activation.errors import PluginIsQuarantined, PluginIsUnknown, RequirementIsMissing
from bumen.i18n import Text

Requires = Mapping[str, Sequence[str]]
"""The installed plugins, each with the names of those it requires."""
Reasons = Mapping[str, Text | str]
"""The plugins in quarantine, each with what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan is what a switch would do: the plugins that go on, and those that go off, in order."""

    name: str
    enabled: bool
    turn_on: tuple[str, ...] = ()
    turn_off: tuple[str, ...] = ()

    @property
    def touched(self) -> tuple[str, ...]:
        """The plugins that change, in the order in which they do."""
        return self.turn_on + self.turn_off

    @property
    def others(self) -> tuple[str, ...]:
        """The plugins that change although nobody named them."""
        return tuple(name for name in self.touched if name != self.name)

    def to_json(self) -> dict[str, Any]:
        """Return the plan as the API shows it and the history keeps it."""
        return {
            "name": self.name,
            "enabled": self.enabled,
            "turn_on": list(self.turn_on),
            "turn_off": list(self.turn_off),
        }


def plan_switch(
    *,
    name: str,
    enabled: bool,
    on: frozenset[str],
    requires: Requires,
    quarantined: Reasons | None = None,
) -> Plan:
    """Work out a switch of one plugin in a company where those in `on` are on.

    Refuses to switch on what is unknown, quarantined or lacks a requirement; whatever is on can be
    switched off. A switch to what already is has an empty plan.
    """
    broken = quarantined or {}
    if name not in {*requires, *on, *broken}:
        raise PluginIsUnknown(name)
    if enabled:
        needed = _requirements(name, requires=requires, quarantined=broken)
        return Plan(name=name, enabled=True, turn_on=tuple(one for one in needed if one not in on))
    gone = _dependents(name, on=on, requires=requires) if name in on else ()
    return Plan(name=name, enabled=False, turn_off=tuple(gone))


def after(plan: Plan, *, on: frozenset[str]) -> frozenset[str]:
    """Return which plugins are on once a plan has been carried out."""
    return (on | frozenset(plan.turn_on)) - frozenset(plan.turn_off)


def standing(on: Iterable[str], *, requires: Requires) -> frozenset[str]:
    """Return those of the switched-on plugins that can work: installed, their requirements on.

    They differ from `on` when a plugin was removed from the machine, broke, or came to require
    another in a new version: it stands still until somebody switches.
    """
    left = {name for name in on if name in requires}
    while fallen := {name for name in left if not left.issuperset(requires[name])}:
        left -= fallen
    return frozenset(left)


def _requirements(name: str, *, requires: Requires, quarantined: Reasons) -> Iterator[str]:
    """Yield what a plugin needs, itself last, each after what it needs in turn."""
    for one, asked_by in _deepest_first(name, requires):
        if one in quarantined:
            raise PluginIsQuarantined(one, reason=quarantined[one])
        if one not in requires:
            raise RequirementIsMissing(asked_by, requirement=one)
        yield one


def _dependents(name: str, *, on: frozenset[str], requires: Requires) -> Iterator[str]:
    """Yield those that are on and cannot work without a plugin, itself last, users first."""
    users = {one: tuple(sorted(o for o in on if one in requires.get(o, ()))) for one in on}
    return (one for one, _asked_by in _deepest_first(name, users))


def _deepest_first(name: str, edges: Requires) -> Iterator[tuple[str, str]]:
    """Walk from a name along its edges; yield each name once, after all it leads to."""
    seen: set[str] = set()

    def walk(one: str, came_from: str) -> Iterator[tuple[str, str]]:
        if one in seen:
            return
        seen.add(one)
        for following in edges.get(one, ()):
            yield from walk(following, one)
        yield one, came_from

    return walk(name, name)
