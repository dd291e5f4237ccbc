"""What departments show at places of others' pages: worked out, drawn, and guarded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from bumen.formats import formats_here
from bumen.hooks import guarded
from bumen.resource import READ
from bumen.slots import Slot
from bumen.unit_of_work import current, session
from bumen.visibility import hidden_fields
from bumen.web.house import registry
from bumen.web.security import allowed


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A filled slot is what a department shows here: drawn already, under a title."""

    key: str
    """Tells it from the others of a page: `sales-1`."""
    title: str
    html: Markup


def slots_at(place: str, **about: Any) -> list[Filled]:
    """Return what the departments that are on show at a place, to those who may see it.

    `about` is what the page is about: `record` for a record's tab. A department that fails is
    logged by name and left out; what it did is undone.
    """
    found = []
    for plugin, number, slot in _seen(place):
        with guarded(session(), plugin=plugin, what=f"its slot at {place}"):
            values = slot.values(**about)
            if values is not None:
                drawn = render_template(slot.template, **{"formats": formats_here(), **values})
                html = Markup(drawn)  # noqa: S704  # the template has escaped what it shows
                found.append(Filled(key=f"{plugin}-{number}", title=str(slot.title), html=html))
    return found


def _seen(place: str) -> Iterator[tuple[str, int, Slot]]:
    """Yield the slots of departments that are on, as far as this person may read them."""
    for name, installed in registry().plugins.items():
        if name in current().on:
            for number, slot in enumerate(installed.plugin.slots, start=1):
                if slot.place == place and allowed(READ, slot.permission) and _sees(slot):
                    yield name, number, slot


def _sees(slot: Slot) -> bool:
    """Whether every field a slot shows is one this person sees."""
    if not slot.shows:
        return True
    every = registry().resources.values()
    found = next((one for one in every if one.permission() == slot.permission), None)
    return found is None or hidden_fields(found).isdisjoint(slot.shows)
