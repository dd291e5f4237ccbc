"""A list whose rows are put together: each group with its rows' address, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bumen.formats import Formats, formats_here
from bumen.i18n import Text, translator
from bumen.listing import MOST_GROUPS
from bumen.web.cells import Column
from bumen.web.grouped import Group, Groups
from bumen.web.list_address import ListAddress
from bumen.web.pages.addresses import url_of
from bumen.web.store import Store

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """A group as a row of the table: `totals` stand under the columns behind its label."""

    label: str
    tone: str
    count: int
    href: str
    totals: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class GroupRows:
    """The groups of a list; a label spans the columns before the first total."""

    rows: Sequence[GroupRow]
    span: int
    totals: Sequence[str]
    where: Text | str
    is_capped: bool


def grouped_rows(store: Store, address: ListAddress, columns: Sequence[Column]) -> GroupRows:
    """Return the groups of a list as rows under the columns of its table."""
    groups, formats = store.groups(address.listing), formats_here()
    span = _span(store, columns)

    def row(group: Group) -> GroupRow:
        opened = address.query(group=None, **address.narrowing(group.condition))
        return GroupRow(
            label=group.label_value,
            tone=group.tone,
            count=group.count,
            href=url_of(store.resource, opened),
            totals=written(columns[span:], group.totals, formats),
        )

    return GroupRows(
        rows=[row(group) for group in groups],
        span=span,
        totals=() if groups.is_capped else _all(columns, groups, formats),
        where=_where(groups),
        is_capped=groups.is_capped,
    )


def written(
    columns: Sequence[Column], totals: Mapping[str, Decimal], formats: Formats
) -> list[str]:
    """Write totals under the columns they belong to; "" under all others."""
    return [_written(column, totals, formats) for column in columns]


def _all(columns: Sequence[Column], groups: Groups, formats: Formats) -> Sequence[str]:
    """Write what all groups come to, under their columns."""
    names = groups[0].totals if groups else ()
    totals = {name: sum((group.totals[name] for group in groups), Decimal()) for name in names}
    found = written(columns, totals, formats)
    return found if any(found) else ()


def _where(groups: Groups) -> Text | str:
    if not groups:
        return ""
    if groups.is_capped:
        return _("The first %(most)s groups", most=MOST_GROUPS)
    return _("%(count)s in all", count=f"{sum(group.count for group in groups):,}")


def _written(column: Column, totals: Mapping[str, Any], formats: Formats) -> str:
    name = column.described.name
    return formats.in_column(column.described, totals[name]) if name in totals else ""


def _span(store: Store, columns: Sequence[Column]) -> int:
    """Return how many columns stand before the first total, at least one."""
    places = (place for place, one in enumerate(columns) if _is_total(store, one))
    return max(1, next(places, len(columns)))


def _is_total(store: Store, column: Column) -> bool:
    return column.described.name in store.resource.totals
