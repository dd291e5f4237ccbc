"""What a chart shows: the groups of a list, and how many or how much each comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import url_for

from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.listing import Span, key_of
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.views import Chart, Drawn
from bumen.web.cells import screen_endpoint
from bumen.web.list_address import ListAddress
from bumen.web.list_words import group_label, period_text
from bumen.web.pages.lists import frame_page
from bumen.web.store import Group, Store

_ = translator(__file__, "bumen")

MOST_DRAWN = 40
"""How many groups are drawn; the table below has them all."""
MOST_SLICES = 9
"""Into how many slices a pie is cut; the last is all the others."""
MOST_FILLED = 120
"""How many spans of time without a record are shown between those that have some."""
_KINDS = (
    (Drawn.BAR, _("Bars"), "chart-bar"),
    (Drawn.LINE, _("Line"), "chart-line"),
    (Drawn.PIE, _("Pie"), "chart-pie"),
)
_IN_A_YEAR = {Span.MONTH: 12, Span.QUARTER: 4, Span.YEAR: 1}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar is one group: what it is called, what it comes to, and where its records are."""

    label: str
    count: int = 0
    amount: Decimal = Decimal(0)
    text: str = ""
    tone: str = ""
    href: str = ""

    @property
    def count_text(self) -> str:
        """How many records there are, as people read it."""
        return f"{self.count:,}"


def chart_page(store: Store, address: ListAddress) -> tuple[str, dict[str, Any]]:
    """Return what a chart shows: by what the list is grouped, or else by what is declared."""
    resource, chart = store.resource, chart_of(store.resource)
    listing = replace(address.listing, group=address.group or chart.by)
    key, of = key_of(resource, listing.group), _amounts(resource, chart)
    groups = store.groups(listing)
    bars = list(_bars(resource, address, groups, of))
    if key.span is not None:
        bars = list(_by_time(groups, bars, key.span, of))
    elif key.field.kind is Kind.REFERENCE:
        bars.sort(key=lambda bar: _figure(bar, of), reverse=True)
    return "bumen/views/chart.html", frame_page(store, address) | {
        "by": group_label(key),
        "of": _("Number of records") if of is None else of.about.label,
        "bars": bars,
        "more": groups.is_capped,
        "kinds": _KINDS,
        "drawing": _drawing(bars, chart, of, in_time=key.span is not None),
        "has_amounts": of is not None,
        "total_count": f"{sum(bar.count for bar in bars):,}",
        "total_text": _written(of, sum((bar.amount for bar in bars), Decimal(0))),
    }


def chart_of(resource: type[Resource]) -> Chart:
    """Return the chart a resource declares."""
    return next(view for view in resource.views if isinstance(view, Chart))


def _amounts(resource: type[Resource], chart: Chart) -> Described | None:
    return fields_of(resource.model)[chart.of] if chart.of else None


def _bars(
    resource: type[Resource],
    address: ListAddress,
    groups: Iterable[Group],
    of: Described | None,
) -> Iterator[Bar]:
    list_url = f"{screen_endpoint(resource)}.list"
    for group in groups:
        amount = group.totals[of.name] if of is not None else Decimal(0)
        opened = address.narrowing(group.condition)
        narrowed: dict[str, Any] = {**address.query(view=None, group=None, **opened)}
        yield Bar(
            label=group.label_value,
            count=group.count,
            amount=amount,
            text=_written(of, amount) or f"{group.count:,}",
            tone=group.tone or "",
            href=url_for(list_url, **narrowed),
        )


def _written(of: Described | None, amount: Decimal) -> str:
    return "" if of is None else formats_here().in_column(of, amount)


def _by_time(
    groups: Sequence[Group], bars: Sequence[Bar], span: Span, of: Described | None
) -> Iterator[Bar]:
    """Yield bars from early to late, with empty ones between; those without a day at the end."""
    found = {str(group.value): bar for group, bar in zip(groups, bars, strict=True) if group.value}
    formats, nothing = formats_here(), _written(of, Decimal(0)) or "0"
    for value in _spans(sorted(found), span):
        yield found.get(value) or Bar(label=period_text(value, formats), text=nothing)
    yield from (bar for group, bar in zip(groups, bars, strict=True) if not group.value)


def _spans(values: Sequence[str], span: Span) -> Sequence[str]:
    """Return the spans from the first to the last, unless too many of them are empty."""
    if not values or span not in _IN_A_YEAR:
        return values
    first, last = (_number(value, span) for value in (values[0], values[-1]))
    if last - first - len(values) >= MOST_FILLED:
        return values
    return [_name(number, span) for number in range(first, last + 1)]


def _number(value: str, span: Span) -> int:
    """Return how many spans lie between the year 0 and one: 2026-11, 2026-Q4, 2026."""
    year, _dash, part = value.partition("-")
    return int(year) * _IN_A_YEAR[span] + (int(part.lstrip("Q")) - 1 if part else 0)


def _name(number: int, span: Span) -> str:
    year, part = divmod(number, _IN_A_YEAR[span])
    if span is Span.YEAR:
        return f"{year:04}"
    return f"{year:04}-Q{part + 1}" if span is Span.QUARTER else f"{year:04}-{part + 1:02}"


def _figure(bar: Bar, of: Described | None) -> Decimal:
    return Decimal(bar.count) if of is None else bar.amount


def _drawing(
    bars: Sequence[Bar], chart: Chart, of: Described | None, *, in_time: bool
) -> dict[str, Any]:
    """Return what the script draws: the last spans of time, or the first groups of others."""
    drawn = bars[-MOST_DRAWN:] if in_time else bars[:MOST_DRAWN]
    return {
        "drawn": chart.drawn.value,
        "time": in_time,
        "bars": [_told(bar, of) for bar in drawn],
        "slices": [_told(bar, of) for bar in _slices(bars, of)],
    }


def _told(bar: Bar, of: Described | None) -> dict[str, Any]:
    value = _figure(bar, of)
    told = {"label": bar.label, "text": bar.text, "tone": bar.tone, "href": bar.href}
    return {**told, "value": int(value) if value == int(value) else float(value)}


def _slices(bars: Sequence[Bar], of: Described | None) -> Iterator[Bar]:
    """Yield the slices of a pie: what is there, and the small ones as one."""
    some = [bar for bar in bars if _figure(bar, of) > 0]
    if len(some) <= MOST_SLICES:
        yield from some
        return
    by_size = sorted(some, key=lambda bar: _figure(bar, of), reverse=True)
    yield from by_size[: MOST_SLICES - 1]
    rest = by_size[MOST_SLICES - 1 :]
    count, amount = sum(bar.count for bar in rest), sum((bar.amount for bar in rest), Decimal(0))
    text = _written(of, amount) or f"{count:,}"
    yield Bar(label=str(_("Others")), count=count, amount=amount, text=text)
