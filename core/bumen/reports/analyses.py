"""Analyses as departments declare them: by what records are gathered, and what is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bumen.i18n import Text
from bumen.listing import Period
from bumen.resource import Resource
from bumen.views import Drawn


class Working(StrEnum):
    """How a measure comes about."""

    SUM = "sum"
    COUNT = "count"
    AVERAGE = "average"


@dataclass(frozen=True)
class Dimension:
    """A dimension is what records may be gathered by: a choice, a reference, a flag, a day.

    `path` leads from the record to the field: `customer`, `customer.industry`, `lines.product`,
    `lines.product.category`. Days are offered by year, quarter, month and day. Its label is the
    field's, unless another is told.
    """

    path: str
    label: Text | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Measure:
    """A measure is what gathered records come to: a sum, an average, or how many there are.

    `of` is an amount, a quantity or a number of the record's, or of its lines': `lines.quantity`.
    `in_lines` names the same amount as its lines have it, for when records are gathered by
    something of their lines: what a whole order comes to says nothing of one of its products.
    Without `of` the records are counted. An average is the sum by the number of records.
    """

    name: str
    of: str = ""
    label: Text = field(kw_only=True)
    in_lines: str = field(default="", kw_only=True)
    average: bool = field(default=False, kw_only=True)

    @property
    def working(self) -> Working:
        """How it comes about."""
        if not self.of:
            return Working.COUNT
        return Working.AVERAGE if self.average else Working.SUM

    def source(self, *, by_lines: bool) -> str:
        """Return what is added up; "" where it does not fit, or where records are counted."""
        if not by_lines:
            return self.of
        return self.in_lines or (self.of if "." in self.of else "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Analysis:
    """An analysis gathers records by what people choose, and says what they come to.

    Whoever may read `resource` may read it, of the records and fields they see. `day` is the day
    that periods are about, and that last period and last year are compared by. `filters` narrow
    it at first as the address of the list would: `{"filter.state": "confirmed"}`; people change
    them. `rows`, `columns` and `period` are what it opens with, the first measure what a chart
    draws. `clauses` are the demands of a company's regulations that it fulfils.
    """

    name: str
    title: Text
    resource: type[Resource]
    dimensions: Sequence[Dimension]
    measures: Sequence[Measure]
    rows: str
    day: str = ""
    columns: str = ""
    period: Period | None = None
    filters: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    drawn: Drawn = Drawn.BAR
    help: Text | None = None
    clauses: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not self.dimensions or not self.measures:
            raise ValueError(f"{self.name} has no dimensions, or measures nothing")
