"""A resource without some of its fields: declared as the whole one is, so all follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bumen.model.describe import fields_of
from bumen.remember import remembered
from bumen.resource import Lines, Resource
from bumen.views import Board, Calendar, Cards, Chart, View

Names = tuple[str, ...]


def whole_of(resource: type[Resource]) -> type[Resource]:
    """Return the resource as its plugin declares it."""
    whole: type[Resource] = getattr(resource, "whole", None) or resource
    return whole


@remembered
def narrowed(
    resource: type[Resource], hidden: frozenset[str], fixed: frozenset[str]
) -> type[Resource]:
    """Return a resource that does not show what is hidden, nor take what is fixed."""
    made: dict[str, Any] = {
        "whole": resource,
        "__doc__": resource.__doc__,
        "columns": _without(resource.columns, hidden),
        "filters": _without(resource.filters, hidden),
        "beyond": _without(resource.beyond, hidden),
        "grouped": _without(resource.grouped, hidden),
        "totals": _without(resource.totals, hidden),
        "order": "-id" if resource.order.lstrip("-") in hidden else resource.order,
        "views": tuple(_views(resource.views, hidden)),
        "lines": tuple(_lines(one, hidden, fixed) for one in resource.lines),
        "written": _always(_without(resource.written(), hidden | fixed)),
        "shown": _always(_without(resource.shown(), hidden)),
        "filtered": _always(_without(resource.filtered(), hidden)),
        "searched": _always(_without(resource.searched(), hidden)),
    }
    return type(resource.__name__, (resource,), made)


def _always(names: Names) -> Any:
    return classmethod(lambda _cls: names)


def _without(names: Iterable[str], hidden: frozenset[str]) -> Names:
    """Leave out what is hidden: `ordered_on.month` is with its field, `customer.name` with its
    reference, and by itself."""
    return tuple(one for one in names if not set(_ways(one)) & hidden)


def _ways(name: str) -> Iterator[str]:
    """Yield what a name leads by: `lines`, `lines.product`, `lines.product.category`."""
    parts = name.split(".")
    return (".".join(parts[:far]) for far in range(1, len(parts) + 1))


def _views(views: Sequence[View], hidden: frozenset[str]) -> Iterator[View]:
    """Yield the views that are left, each with what is left of it."""
    for view in views:
        match view:
            case Board() if view.by not in hidden:
                total = "" if view.total in hidden else view.total
                yield replace(view, shows=_without(view.shows, hidden), total=total)
            case Cards():
                picture = "" if view.picture in hidden else view.picture
                yield replace(view, shows=_without(view.shows, hidden), picture=picture)
            case Calendar() if not {view.on, view.until} & hidden:
                yield view
            case Chart() if not {view.by.partition(".")[0], view.of} & hidden:
                yield view


def _lines(lines: type[Lines], hidden: frozenset[str], fixed: frozenset[str]) -> type[Lines]:
    """Return a document's lines without what is hidden; what is fixed is only shown."""
    unseen, still = _of(lines, hidden), _of(lines, fixed)
    if not unseen and not still:
        return lines
    written = [name for name in lines.fields if name not in unseen | still]
    only_shown = [name for name in lines.fields if name in still - unseen]
    shown = [*only_shown, *(name for name in lines.shown if name not in unseen)]
    made = {"__doc__": lines.__doc__, "fields": tuple(written), "shown": tuple(shown)}
    return type(lines.__name__, (lines,), made)


def _of(lines: type[Lines], names: Iterable[str]) -> frozenset[str]:
    known = fields_of(lines.model)
    pairs = (name.partition(".") for name in names)
    return frozenset(name for before, _dot, name in pairs if before == lines.name and name in known)
