"""What can be wrong with how a resource says its records are shown: sections, views, sums."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bumen.listing import Span
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.views import Board, Calendar, Cards, Chart, View

Known = Mapping[str, Described]

_SUMMED = {Kind.NUMBER, Kind.DECIMAL}
_DAYS = {Kind.DATE, Kind.MOMENT}
_PLAIN = {Kind.CHOICE, Kind.REFERENCE, Kind.FLAG}


def problems_of_views(resource: type[Resource]) -> Iterator[str]:
    """Name fields of sections, views, groups and sums that are unknown, twice, or of no use."""
    name, known = resource.__name__, fields_of(resource.model)
    yield from _problems_of_sections(resource)
    yield from _unfit(f"{name}.totals", resource.totals, known, _SUMMED)
    for key in resource.grouped:
        yield from _ungroupable(f"{name}.grouped", key, known)
    yield from _twice(f"{name}.views: twice", (view.name for view in resource.views))
    for view in resource.views:
        yield from _problems_of_view(f"{name}.{view.name}", view, known)
        amount = getattr(view, "total", "") or getattr(view, "of", "")
        if amount and amount not in resource.totals:
            yield f"{name}.{view.name}: {amount} is not among the totals"


def _problems_of_sections(resource: type[Resource]) -> Iterator[str]:
    name = f"{resource.__name__}.sections"
    named = [field for section in resource.sections for field in section.fields]
    shown = {*resource.shown(), *resource.written()}
    yield from (f"{name}: {field}" for field in dict.fromkeys(named) if field not in shown)
    yield from _twice(f"{name}: twice", named)


def _problems_of_view(where: str, view: View, known: Known) -> Iterator[str]:
    match view:
        case Board():
            yield from _unfit(f"{where}.by", [view.by], known, {Kind.CHOICE})
            yield from _unfit(f"{where}.shows", view.shows, known, set(Kind))
            yield from _unfit(f"{where}.total", _given(view.total), known, _SUMMED)
            yield from _unfit(f"{where}.due", _given(view.due), known, {Kind.DATE})
        case Calendar():
            yield from _unfit(f"{where}.on", [view.on], known, _DAYS)
            yield from _unfit(f"{where}.until", _given(view.until), known, _DAYS)
        case Chart():
            yield from _ungroupable(f"{where}.by", view.by, known, needs_span=True)
            yield from _unfit(f"{where}.of", _given(view.of), known, _SUMMED)
        case Cards():
            yield from _unfit(f"{where}.shows", view.shows, known, set(Kind))
            yield from _unfit(f"{where}.picture", _given(view.picture), known, {Kind.PICTURE})


def _ungroupable(where: str, key: str, known: Known, *, needs_span: bool = False) -> Iterator[str]:
    """Name what nothing can be grouped by: only days have spans, and a chart wants one of them."""
    field, _dot, span = key.partition(".")
    spans = {""} if field in known and known[field].kind in _PLAIN else set(Span)
    if field in known and known[field].kind in _DAYS and not needs_span:
        spans = {"", *Span}
    if field not in known or known[field].kind not in _PLAIN | _DAYS or span not in spans:
        yield f"{where}: {key}"


def _unfit(where: str, names: Iterable[str], known: Known, kinds: Iterable[Any]) -> Iterator[str]:
    fitting = set(kinds)
    return (
        f"{where}: {name}" for name in names if name not in known or known[name].kind not in fitting
    )


def _twice(where: str, names: Iterable[str]) -> Iterator[str]:
    return (f"{where}: {name}" for name, count in Counter(names).items() if count > 1)


def _given(name: str) -> list[str]:
    return [name] if name else []
