"""Reports: tables that services work out, declared once for screens, files and the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Enum, Integer, String
from sqlalchemy.types import TypeEngine

from bumen.argument import Argument
from bumen.i18n import Text
from bumen.resource import Resource
from bumen.values import (
    Money,
    MoneyType,
    Percent,
    PercentType,
    Quantity,
    QuantityType,
    UtcDateTime,
)
from bumen.visibility import hidden_fields

Rows = Callable[..., Iterable[Sequence[Any]]]
"""A function of the plugin's: `(*, seen, **arguments)`, which yields rows of as many values as
there are columns; `seen` are the conditions that limit records to those somebody may see."""


_STORED: dict[Any, TypeEngine[Any]] = {
    str: String(),
    int: Integer(),
    bool: Boolean(),
    date: Date(),
    datetime: UtcDateTime(),
    Money: MoneyType(),
    Quantity: QuantityType(),
    Percent: PercentType(),
}


@dataclass(frozen=True)
class ReportColumn:
    """A column of a report: `ReportColumn("total", Money, label=_("Total"))`.

    The type says how its values are written: `str`, `int`, `bool`, `date`, `datetime`, `Money`,
    `Quantity`, `Percent`, or a `Choice`. `of` names the fields of the report's resource it is made
    from, where they are not called like the column; who does not see one of them does not see it.
    """

    name: str
    type: Any
    label: Text = field(kw_only=True)
    of: Sequence[str] = field(default=(), kw_only=True)

    @property
    def stored(self) -> TypeEngine[Any]:
        """The type as a field of a model would have it."""
        return _STORED[self.type] if self.type in _STORED else Enum(self.type, native_enum=False)


@dataclass(frozen=True)
class Link:
    """A link is a value of a report that leads somewhere.

    To a record of a resource by its `ident`, or to the resource's list by the arguments of its
    address: `Link(12, Customers, query={"filter.phone.empty": "1"})`.
    """

    value: Any
    resource: type[Resource]
    ident: int | None = field(default=None, kw_only=True)
    query: Mapping[str, str | Sequence[str]] = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class Report:
    """A report is a table that a service works out, rather than a list of records.

    Whoever may read `resource` may read the report, as far as that resource's rule lets them see
    its records. `arguments` are what people may narrow it by; where a choice is required its first
    is made beforehand, the others come as None when they are left out. A cell may be a value, a
    `Link`, or a tuple of either. Where a row says the same in the column `gathered` as the one
    above, it belongs to it. `clauses` are the demands of a company's regulations that it fulfils.
    """

    name: str
    title: Text
    resource: type[Resource]
    columns: Sequence[ReportColumn]
    rows: Rows
    help: Text | None = None
    arguments: Sequence[Argument] = ()
    gathered: str = ""
    empty: Text | None = None
    clauses: Sequence[str] = ()


def as_read(report: Report) -> Report:
    """Return a report as whoever works now may read it: without what fields are hidden from them.

    Columns go with the fields they are made from, and so does what people narrow the report by.
    """
    hidden = hidden_fields(report.resource)
    kept = [
        place for place, one in enumerate(report.columns) if hidden.isdisjoint({one.name, *one.of})
    ]
    arguments = [one for one in report.arguments if one.name not in hidden]
    if len(kept) == len(report.columns) and len(arguments) == len(report.arguments):
        return report
    columns = [report.columns[place] for place in kept]
    nothing = {one.name: None for one in report.arguments if one.name in hidden}

    def rows(**given: Any) -> Iterable[Sequence[Any]]:
        return ([row[place] for place in kept] for row in report.rows(**nothing, **given))

    gathered = report.gathered if report.gathered in {one.name for one in columns} else ""
    return replace(report, columns=columns, arguments=arguments, rows=rows, gathered=gathered)


def told(cell: Any) -> list[Any]:
    """Return the values and links of a cell one by one."""
    return list(cell) if isinstance(cell, tuple) else [cell]


def bare(part: Any) -> Any:
    """Return the value alone of a value or a link."""
    return part.value if isinstance(part, Link) else part
