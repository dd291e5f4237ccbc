"""The parts of a record's page and form in the groups its resource declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bumen.i18n import Text
from bumen.resource import Resource

Part = TypeVar("Part")


@dataclass(frozen=True, kw_only=True)
class Group(Generic[Part]):
    """A group is what stands together under one title: cells of a page, or boxes of a form."""

    key: str
    title: Text | None
    parts: Sequence[Part]


@dataclass(frozen=True, kw_only=True)
class Arranged(Generic[Part]):
    """The groups that come first, and those of each tab by its name."""

    first: Sequence[Group[Part]]
    tabs: Mapping[Text, Sequence[Group[Part]]]


def arranged(resource: type[Resource], parts: Mapping[str, Part]) -> Arranged[Part]:
    """Put parts, by the names of their fields, into the resource's sections.

    What no section names comes first, without a title; a section nothing is left of is left out.
    One that is called as its tab is needs no title of its own.
    """
    named = {name for section in resource.sections for name in section.fields}
    loose = [part for name, part in parts.items() if name not in named]
    first: list[Group[Part]] = [Group(key="group", title=None, parts=loose)] if loose else []
    tabs: dict[str, tuple[Text, list[Group[Part]]]] = {}
    for place, section in enumerate(resource.sections):
        inside = [parts[name] for name in section.fields if name in parts]
        if not inside:
            continue
        title = None if str(section.title) == str(section.tab or "") else section.title
        group = Group(key=f"group-{place}", title=title, parts=inside)
        if section.tab is None:
            first.append(group)
        else:
            tabs.setdefault(str(section.tab), (section.tab, []))[1].append(group)
    return Arranged(first=first, tabs=dict(tabs.values()))
