"""What is exported: columns with a heading each, and rows of plain values as they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.types import TypeEngine

from bumen.formats import Formats, typed_decimal
from bumen.i18n import Text, translator
from bumen.model.describe import Kind, kind_of
from bumen.values import Choice, MoneyType, PercentType

_ = translator(__file__, "bumen")

Value = str | int | Decimal | date | datetime | None
"""What a cell may hold; moments are told by the company's clock, without a zone."""
Plainly = Callable[[Any], Value]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading is what a column is called, and what sort of values stand below it."""

    label: str
    kind: Kind
    stored: TypeEngine[Any] | None = None

    @property
    def pattern(self) -> str:
        """How a spreadsheet shows the numbers and dates of the column; "" for texts."""
        if isinstance(self.stored, PercentType):
            return '0.####"%"'
        if isinstance(self.stored, MoneyType):
            return "#,##0.00"
        return _PATTERNS.get(self.kind, "")

    def spelled(self, value: Decimal) -> str:
        """Write a decimal as programs read it: exact, ungrouped, amounts with two places."""
        return typed_decimal(value, places=2 if isinstance(self.stored, MoneyType) else 0)


_PATTERNS = {
    Kind.NUMBER: "0",
    Kind.DECIMAL: "#,##0.###",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet is a table with a title; its rows are made one by one and can be read once."""

    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Value]]


def heading_of(label: Text | str, stored: TypeEngine[Any], *, kind: Kind | None = None) -> Heading:
    """Return the heading of a column, in the language of the moment."""
    return Heading(label=str(label), kind=kind or kind_of(stored), stored=stored)


def plainly(kind: Kind, formats: Formats) -> Plainly:
    """Return what turns a field's value into a cell's, in the language of the moment."""
    if kind is Kind.MOMENT:
        return _clock(formats.zone)
    if kind is Kind.FLAG:
        words: dict[Any, str] = {True: str(_("Yes")), False: str(_("No"))}
        return words.get
    if kind is Kind.CHOICE:
        return _labels()
    if kind is Kind.REFERENCE:
        return lambda value: None if value is None else str(value)
    return lambda value: value


def _clock(zone: ZoneInfo) -> Plainly:
    def told(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment.astimezone(zone).replace(tzinfo=None)

    return told


def _labels() -> Plainly:
    """Look each label up in the catalogue once, not once for every row."""
    known: dict[Choice, str] = {}

    def label(choice: Choice | None) -> str | None:
        if choice is None:
            return None
        if choice not in known:
            known[choice] = str(choice.label)
        return known[choice]

    return label
