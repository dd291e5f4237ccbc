"""What people read of an answer: names of members, numbers, and how they have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from bumen.formats import EMPTY, formats_here
from bumen.i18n import Text, translator
from bumen.listing import GroupKey
from bumen.model.describe import Described, Kind
from bumen.model.paths import path_of
from bumen.reporting.words import group_label, period_text
from bumen.reports import Analysis, Cell, Key, Measure, Member, Working
from bumen.values import MoneyType

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number as it is read: what it comes to, what it came to before, where its records are."""

    text: str
    href: str = ""
    before: str = ""
    change: str = ""
    grew: bool = False
    fell: bool = False


class Writing:
    """Writes the numbers of an analysis for whoever reads them."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._formats = formats_here()

    def member(self, one: Member) -> str:
        """Return what people call a member."""
        value = one.value
        if value is None or value == "":
            return str(_("None"))
        if one.key.span is not None:
            return period_text(value, self._formats)
        if one.key.kind is Kind.REFERENCE:
            return one.name or str(_("None"))
        if one.key.kind is Kind.FLAG:
            return str(_("Yes") if value else _("No"))
        return str(value.label) if one.key.kind is Kind.CHOICE else str(value)

    def number(self, cell: Cell, measure: Measure, *, href: str = "") -> Number:
        """Write what a cell comes to."""
        change = cell.change(measure.name)
        then = (cell.before or {}).get(measure.name)
        return Number(
            text=self.figure(cell.values[measure.name], measure),
            href=href,
            before=self.figure(then, measure) if then else "",
            change="" if change is None else self.change(change),
            grew=change is not None and change > 0,
            fell=change is not None and change < 0,
        )

    def numbers(self, cell: Cell, measures: Sequence[Measure], *, href: str = "") -> list[Number]:
        """Write what a cell comes to by each measure."""
        return [self.number(cell, one, href=href) for one in measures]

    def figure(self, value: Decimal | None, measure: Measure) -> str:
        """Write a value as what is measured: an amount, a quantity, a number."""
        if value is None:
            return EMPTY
        if measure.working is Working.COUNT:
            return f"{int(value):,}"
        field = _field_of(self._analysis, measure)
        if isinstance(field.column.type, MoneyType):
            return self._formats.total(value)
        return self._formats.value(field, value)

    def change(self, percent: Decimal) -> str:
        """Write by how much something has changed: +12.5%, −3%."""
        sign = "+" if percent > 0 else "\N{MINUS SIGN}" if percent < 0 else "±"
        return f"{sign}{format_decimal(abs(percent), '#,##0.#', locale=self._formats.locale)}%"


def label_of(key: Key) -> Text:
    """Return what people call a dimension: Customer, Order date by month."""
    if key.span is None:
        return key.label
    return group_label(GroupKey(field=key.path.field, span=key.span))


def _field_of(analysis: Analysis, measure: Measure) -> Described:
    return path_of(analysis.resource.model, measure.of).field
