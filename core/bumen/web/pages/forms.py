"""What the form of a new or an existing record shows."""

from __future__ import annotations

from typing import Any

from bumen.model.describe import fields_of
from bumen.web.cells import Cells, columns_of, screen_endpoint
from bumen.web.forms import RecordForm
from bumen.web.lookups import equip
from bumen.web.pages.tables import lines_table, worked_out_columns
from bumen.web.store import Store


def form_page(store: Store, form: RecordForm) -> dict[str, Any]:
    """Return what the form of a new or an existing record shows."""
    record = form.record
    lines = [line for grid in form.grids for line in getattr(record, grid.short_name, ())]
    equip(form.lookups(), known=[] if record is None else [record, *lines])
    cells = Cells()
    worked_out = {grid.short_name: worked_out_columns(grid.lines) for grid in form.grids}
    return {
        "form": form,
        "resource": store.resource,
        "record": record,
        "endpoint": screen_endpoint(store.resource),
        "worked_out": worked_out,
        "cells": cells,
    }


def differences(form: RecordForm) -> dict[str, Any]:
    """Return what is kept now wherever the form says something else: fields, and lines whole."""
    resource, record, cells = form.resource, form.record, Cells()
    kept = RecordForm(resource, record=record)
    now, typed = kept.json(), form.json()
    other = [n for n, f in fields_of(resource.model).items() if typed.get(f.key) != now.get(f.key)]
    grids = [grid for grid in form.grids if grid.json() != kept.grid(grid.short_name).json()]
    return {
        "kept": cells.of(record, columns_of(resource, other)),
        "kept_lines": [lines_table(grid.lines, record, cells) for grid in grids],
    }
