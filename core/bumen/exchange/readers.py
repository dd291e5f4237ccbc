"""How the value of a field is read from the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bumen.exchange.cells import Cell, text_of
from bumen.exchange.conversions import Conversion, conversion
from bumen.exchange.mapping import FieldMapping
from bumen.model.describe import Described

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_GAP = re.compile(r"( ?,)+")

Cells = Sequence[Cell]


def columns_of(mapping: FieldMapping) -> tuple[str, ...]:
    """Return the columns a field is read from."""
    if mapping.template is not None:
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(mapping.template)))
    return () if mapping.column is None else (mapping.column,)


def reader(
    mapping: FieldMapping,
    *,
    field: Described,
    positions: dict[str, int],
    null: frozenset[str],
    zone: ZoneInfo,
) -> Callable[[Cells], Any]:
    """Return what reads the field from a row's cells; `Unfit` when a fixed value does not fit."""
    convert = conversion(field, mapping=mapping, zone=zone)
    fixed = conversion(field, mapping=replace(mapping, choices=None), zone=zone)
    default = None if mapping.default is None else fixed(mapping.default)
    if mapping.template is not None:
        return _joined(mapping.template, convert, positions=positions, null=null, default=default)
    if mapping.column is None:
        constant = fixed(mapping.constant)
        return lambda _cells: constant
    place = positions[mapping.column]

    def read(cells: Cells) -> Any:
        cell = cells[place]
        if cell is None or (isinstance(cell, str) and cell.strip() in null):
            return default
        return convert(cell)

    return read


def _joined(
    template: str,
    convert: Conversion,
    *,
    positions: dict[str, int],
    null: frozenset[str],
    default: Any,
) -> Callable[[Cells], Any]:
    """Join columns; an empty one leaves no gap, and when all are empty there is nothing."""

    def read(cells: Cells) -> Any:
        texts = {name: text_of(cells[place]) for name, place in positions.items()}
        filled = {name: "" if text in null else text for name, text in texts.items()}
        if not any(filled.values()):
            return default
        joined = " ".join(_PLACEHOLDER.sub(lambda match: filled[match[1]], template).split())
        return convert(_GAP.sub(",", joined).strip(", "))

    return read
