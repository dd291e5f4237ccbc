"""What the form of a new or an existing record shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text
from bumen.model import CompanyModel
from bumen.model.describe import fields_of
from bumen.web.cells import Cells, screen_endpoint
from bumen.web.fields import Box
from bumen.web.forms import RecordForm
from bumen.web.grid import Grid
from bumen.web.lookups import equip
from bumen.web.pages.reach import reach_of
from bumen.web.pages.records import department_of, story_of
from bumen.web.pages.sections import Arranged, arranged
from bumen.web.pages.tables import worked_out_columns
from bumen.web.pages.tabs import Tab, opened
from bumen.web.store import Store


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A mistake is what is wrong at one place of a form, and the id of that place."""

    id: str
    label: str
    said: Text | str


def form_page(store: Store, form: RecordForm) -> dict[str, Any]:
    """Return what the form of a new or an existing record shows."""
    record, resource, cells = form.record, store.resource, Cells()
    name_lookups(form)
    groups = _arranged(form)
    tabs = [*map(_grid_tab, form.grids), *_section_tabs(groups)]
    return {
        "form": form,
        "resource": resource,
        "department": department_of(resource),
        "record": record,
        "endpoint": screen_endpoint(resource),
        "groups": groups.first,
        "tabs": tabs,
        "opened": opened(tabs),
        "worked_out": {
            grid.short_name: worked_out_columns(
                grid.lines, [row.line for row in grid.rows if row.line]
            )
            for grid in form.grids
        },
        "cells": cells,
        "mistakes": list(mistakes_in(form)),
        "story": None if record is None else story_of(record, cells),
        "reach": reach_of,
    }


def led_to(doubts: Iterable[Text]) -> Iterator[tuple[Text, str]]:
    """Yield each doubt with the page of the record it names, "" where it names none."""
    cells = Cells()
    for doubt in doubts:
        named = (one for one in doubt.values.values() if isinstance(one, CompanyModel))
        yield doubt, next((cells.link(one) for one in named), "")


def name_lookups(form: RecordForm) -> None:
    """Give the lookups of a form the names of what is chosen in them."""
    record = form.record
    lines = [line for grid in form.grids for line in getattr(record, grid.short_name, ())]
    equip(form.lookups(), known=[] if record is None else [record, *lines])


def mistakes_in(form: RecordForm) -> Iterator[Mistake]:
    """Yield everything that is wrong in a form, in the order in which it stands there."""
    for box in form.boxes:
        yield from _at(box, box.label.text)
    for grid in form.grids:
        name = grid.label.text
        for said in grid.errors:
            yield Mistake(id=f"{grid.short_name}-errors", label=name, said=said)
        for place, row in enumerate(grid.rows, start=1):
            for said in row.said:
                yield Mistake(id=f"{row.prefix}-errors", label=f"{name} {place}", said=said)
            for box in row.boxes:
                yield from _at(box, f"{name} {place} · {box.label.text}")


def _at(box: Box, label: str) -> Iterator[Mistake]:
    for said in box.errors:
        yield Mistake(id=box.id, label=label, said=said)


def _arranged(form: RecordForm) -> Arranged[Box]:
    """Return the boxes in the sections of the resource."""
    names = {described.key: name for name, described in fields_of(form.resource.model).items()}
    return arranged(form.resource, {names[box.short_name]: box for box in form.boxes})


def _section_tabs(arrangement: Arranged[Box]) -> Iterator[Tab]:
    """Yield a tab for the sections of each tab."""
    for place, (title, groups) in enumerate(arrangement.tabs.items()):
        wrong = sum(len(box.errors) for group in groups for box in group.parts)
        yield Tab(key=f"section-{place}", title=title, groups=groups, mistakes=wrong)


def _grid_tab(grid: Grid) -> Tab:
    wrong = len(grid.errors) + sum(
        len(row.said) + sum(len(box.errors) for box in row.boxes) for row in grid.rows
    )
    return Tab(key=grid.short_name, title=grid.label.text, grid=grid, mistakes=wrong)
