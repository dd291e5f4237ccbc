"""From what stands in a cell to what a field takes: numbers, dates, truths, choices.

A conversion gives what a person would have sent through the API, so that the resource's own rules
judge it; it refuses, with an `Unfit`, only what it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bumen.exchange.cells import Cell, text_of
from bumen.exchange.dates import read_moment
from bumen.exchange.decimals import Notation
from bumen.exchange.mapping import FieldMapping, Scalar
from bumen.i18n import LANGUAGES, Text, translator
from bumen.model.describe import Described, Kind
from bumen.values import Choice, PercentType

_ = translator(__file__, "bumen")

Conversion = Callable[[Cell], Any]

_YES = {"true", "yes", "y", "t", "1", "是"}
_NO = {"false", "no", "n", "f", "0", "否"}


class Unfit(Exception):
    """What stands in a cell cannot be read as what the field takes."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


def conversion(field: Described, *, mapping: FieldMapping, zone: ZoneInfo) -> Conversion:
    """Return what turns a cell into the field's value; empty cells never come here."""
    plain = _plain(field, mapping=mapping, zone=zone)
    return _chosen(mapping.choices, plain) if mapping.choices else plain


def _plain(field: Described, *, mapping: FieldMapping, zone: ZoneInfo) -> Conversion:
    if field.kind in {Kind.DECIMAL, Kind.NUMBER}:
        is_percent = isinstance(field.column.type, PercentType)
        notation = Notation(mapping.decimal, mapping.thousands, percent_sign=is_percent)
        if field.kind is Kind.NUMBER:
            return lambda cell: _whole(cell, notation)
        factor = Decimal(100) if mapping.fraction else Decimal(1)
        return lambda cell: f"{_exact(cell, notation) * factor:f}"
    if field.kind is Kind.DATE:
        return lambda cell: _moment(cell, mapping).date()
    if field.kind is Kind.MOMENT:
        return lambda cell: _zoned(_moment(cell, mapping), zone)
    if field.kind is Kind.FLAG:
        return _flag
    if field.kind is Kind.CHOICE and field.choices:
        return _labelled(field.choices)
    return text_of


def _chosen(choices: Mapping[str, Scalar], plain: Conversion) -> Conversion:
    known = {code: plain(value) for code, value in choices.items()}
    return lambda cell: _looked_up(text_of(cell), cell, known, known)


def _labelled(choice: type[Choice]) -> Conversion:
    """Read a choice by its code, or by its label in any language, whatever the case."""
    known: dict[str, Any] = {}
    for member in choice:
        for name in (member.value, *(member.label.in_language(one) for one in LANGUAGES)):
            known.setdefault(name.casefold(), member.value)
    codes = [member.value for member in choice]
    return lambda cell: _looked_up(text_of(cell).casefold(), cell, known, codes)


def _looked_up(key: str, cell: Cell, known: Mapping[str, Any], shown: Iterable[str]) -> Any:
    if key not in known:
        options = str(_(", ")).join(map(str, shown))
        raise Unfit(_("“%(text)s” is none of: %(options)s.", text=text_of(cell), options=options))
    return known[key]


def _exact(cell: Cell, notation: Notation) -> Decimal:
    text = text_of(cell)
    try:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return Decimal(text)
        return notation.read(text)
    except (ValueError, ArithmeticError):
        raise Unfit(_("“%(text)s” is not a number.", text=text)) from None


def _whole(cell: Cell, notation: Notation) -> str:
    number = _exact(cell, notation)
    if number != number.to_integral_value():
        raise Unfit(_("“%(text)s” is not a whole number.", text=text_of(cell)))
    return f"{number:.0f}"


def _moment(cell: Cell, mapping: FieldMapping) -> datetime:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    text = text_of(cell)
    try:
        return read_moment(text, formats=mapping.dates)
    except ValueError:
        raise Unfit(_("“%(text)s” is not a date that can be read.", text=text)) from None


def _zoned(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _flag(cell: Cell) -> bool:
    text = text_of(cell).casefold()
    if text not in _YES | _NO:
        raise Unfit(_("“%(text)s” is neither yes nor no.", text=text_of(cell)))
    return text in _YES
