"""One page of a list as one SELECT: only the columns it shows, and the references it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import joinedload, load_only

from bumen.i18n import translator
from bumen.listing.asked import Listing, check_page, refused
from bumen.listing.conditions import parted
from bumen.listing.near import met_soon
from bumen.listing.order import Order, order_of
from bumen.listing.search import led
from bumen.listing.tokens import place_of, token_of
from bumen.model.describe import Described, Kind, fields_of, naming_columns
from bumen.resource import Resource

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Turned:
    """Rows as they are read from top to bottom, and the tokens of the pages around them."""

    rows: Sequence[Any]
    next: str
    """What to go on `after`; "" where the list ends."""
    previous: str
    """What to go back `before`; "" where the list begins."""


def page_of(
    resource: type[Resource], listing: Listing, *, ahead: int = 0, counted: int | None = None
) -> Select[Any]:
    """Select one page; `Malformed` names what the resource does not offer.

    `ahead` are rows beyond it, which tell whether the list goes on there. A page `before` a place
    comes in reverse: `turned` puts it right. `counted` is how many there are in all, where that is
    known: when they do not fill a page nothing is met soon.
    """
    check_page(listing)
    order, rows = order_of(resource, listing), listing.size + ahead
    by = order.by(backwards=listing.is_backwards)
    query = _rows(resource, listing, order).order_by(*by).limit(rows)
    wheres, id_ = parted(resource, listing), resource.model.id
    if listing.page:
        ids = select(id_).where(*wheres.every()).order_by(*by)
        here = ids.limit(rows).offset(listing.page * listing.size).subquery()
        return query.where(id_.in_(select(here.c.id)))  # joins only what is shown
    ranges = _ranges(resource, listing, order)
    is_full = counted is None or counted >= rows
    if is_full and (
        soon := met_soon(resource, listing, wheres, order=order, ranges=ranges, rows=rows)
    ):
        return query.where(id_.in_(soon))
    if len(ranges) <= 1:
        found = led(query, resource, wheres.sought, is_ordered=True)
        return found.where(*wheres.others, *ranges)
    parts = (
        select(id_).where(*wheres.every(), one).order_by(*by).limit(rows).subquery()
        for one in ranges
    )
    return query.where(id_.in_(union_all(*(select(part.c.id) for part in parts))))


def whole_of(resource: type[Resource], listing: Listing) -> Select[Any]:
    """Select the whole list in its order, however long it is: for exports, a part at a time."""
    order = order_of(resource, listing)
    query = _rows(resource, listing, order).order_by(*order.by())
    return query.where(*parted(resource, listing).every())


def turned(resource: type[Resource], listing: Listing, found: Sequence[Any]) -> Turned:
    """Return the rows of a page that was read with one row ahead, and where it goes on."""
    goes_on, rows = len(found) > listing.size, list(found[: listing.size])
    if listing.is_backwards:
        rows.reverse()
        has_next, has_previous = bool(listing.before), goes_on
    else:
        has_next, has_previous = goes_on, bool(listing.after or listing.page)
    if not rows:
        return Turned(rows=rows, next="", previous="")
    order = order_of(resource, listing)
    return Turned(
        rows=rows,
        next=token_of(resource, order, rows[-1]) if has_next else "",
        previous=token_of(resource, order, rows[0]) if has_previous else "",
    )


def columns_of(resource: type[Resource], listing: Listing) -> tuple[str, ...]:
    """Return the attributes to show: the ones asked for, or all a list can show of the resource."""
    known = fields_of(resource.model)
    listed = [name for name in resource.shown() if known[name].kind is not Kind.PICTURE]
    shown = {known[name].key: name for name in listed} | {name: name for name in listed}
    for column in listing.columns:
        if column not in shown:
            raise refused("columns", _("There is no column “%(name)s”.", name=column))
    return tuple(dict.fromkeys(shown[c] for c in listing.columns)) or tuple(listed)


def naming(model: type[Any], described: Described) -> Any:
    """Return the option that loads a reference with just the columns that name it."""
    target: Any = described.target
    return joinedload(getattr(model, described.name)).load_only(*naming_columns(target))


def _ranges(resource: type[Resource], listing: Listing, order: Order) -> list[Any]:
    """Return where the page lies, as ranges of the order; none means from its beginning."""
    token = listing.after or listing.before
    if not token:
        return []
    place = place_of(resource, order, token)
    return list(order.beyond(place, backwards=listing.is_backwards))


def _rows(resource: type[Resource], listing: Listing, order: Order) -> Select[Any]:
    columns = [*columns_of(resource, listing), order.field.name]
    return select(resource.model).options(*loading(resource, columns))


def loading(resource: type[Resource], names: Sequence[str]) -> list[Any]:
    """Return the options that load only what is shown, and of references only what names them."""
    model, known = resource.model, fields_of(resource.model)
    plain = [getattr(model, known[name].key) for name in names]
    options: list[Any] = [load_only(model.id, model.company_id, model.version, *plain)]
    references = (known[name] for name in names if known[name].kind is Kind.REFERENCE)
    return options + [naming(model, reference) for reference in references]
