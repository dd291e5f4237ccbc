"""Lists are read from place to place: each row once, forwards and backwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise

import pytest

from bumen.host import Host
from bumen.listing import Listing, order_of, page_of, turned, whole_of
from bumen.model.describe import fields_of
from bumen.registry import Candidate, installed_candidates
from bumen.resource import Resource
from bumen.testing.samples import Samples
from bumen.unit_of_work import CurrentCompany, UnitOfWork, session
from tests.core.varied import make_varied, sort_of, telling

NUMBER, SIZE = 13, 4


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The installed departments, and the kitchen, which has a field of every kind."""
    return (*installed_candidates(), Candidate("kitchen", "kitchen"))


@pytest.fixture
def resources(host: Host, other_company: CurrentCompany, unit: UnitOfWork) -> list[type[Resource]]:
    """Resources with all sorts of fields, and records of them that are alike in places."""
    found = telling(kitchen_first(host))
    samples = samples_of(host)
    for resource in found:
        make_varied(samples, resource, number=NUMBER)
    return found


def kitchen_first(host: Host) -> list[type[Resource]]:
    """Return every resource, those of the kitchen first."""
    return sorted(host.registry.resources.values(), key=lambda one: one.plugin() != "kitchen")


def samples_of(host: Host) -> Samples:
    """Return samples that know what codes of dishes look like."""
    numbers = count(1)
    return Samples(host.registry, {"kitchen.dishes.code": lambda: f"D{next(numbers)}"})


def orders(resources: list[type[Resource]]) -> Iterator[tuple[type[Resource], Listing]]:
    """Yield every order of the kitchen, and of the others one of each sort of field there is."""
    for resource in resources:
        known, kinds = fields_of(resource.model), set()
        for name in resource.sorted():
            kind = sort_of(known[name]) if name in known else name
            if kind in kinds and resource.plugin() != "kitchen":
                continue
            kinds.add(kind)
            for order in (name, f"-{name}"):
                yield resource, Listing(order=order, size=SIZE, columns=("id",))


def ids_of(resource: type[Resource], listing: Listing) -> tuple[list[int], str, str]:
    """Read a page: the ids on it, and the tokens of the pages around it."""
    found = session().scalars(page_of(resource, listing, ahead=1)).all()
    page = turned(resource, listing, found)
    return [row.id for row in page.rows], page.next, page.previous


def walk(resource: type[Resource], listing: Listing, *, backwards: bool = False) -> list[list[int]]:
    """Read a list from page to page, from its beginning or from its end."""
    pages: list[list[int]] = []
    here = replace(listing, last=backwards)
    while True:
        ids, after, before = ids_of(resource, here)
        pages.append(ids)
        token = before if backwards else after
        if not token:
            return pages[::-1] if backwards else pages
        here = replace(listing, **{"before" if backwards else "after": token})


def flat(pages: list[list[int]]) -> list[int]:
    """Return the rows of all pages in order."""
    return [ident for page in pages for ident in page]


@pytest.mark.slow
def test_every_order_is_walked_forwards_and_backwards(resources: list[type[Resource]]) -> None:
    for resource, listing in orders(resources):
        whole = [row.id for row in session().scalars(whole_of(resource, listing))]
        forwards, backwards = walk(resource, listing), walk(resource, listing, backwards=True)
        about = (resource.key(), listing.order)

        assert len(set(whole)) == len(whole) >= NUMBER, about
        assert flat(forwards) == flat(backwards) == whole, about
        assert {len(page) for page in (*forwards[:-1], *backwards[1:])} == {SIZE}, about


def test_pages_by_number_are_the_same_pages(resources: list[type[Resource]]) -> None:
    for resource, listing in orders(resources):
        first, after, _none = ids_of(resource, listing)
        second = ids_of(resource, replace(listing, page=1))

        assert second == ids_of(resource, replace(listing, after=after)), listing.order
        assert ids_of(resource, replace(listing, before=second[2])) == (first, after, "")


def test_the_order_is_certain_and_rows_without_a_value_stand_at_its_far_end(
    resources: list[type[Resource]],
) -> None:
    for resource, listing in orders(resources):
        order = order_of(resource, listing)
        rows = session().scalars(whole_of(resource, listing)).all()
        values = [(getattr(row, order.field.key), row.id) for row in rows]
        empty = [value is None for value, _ident in values]
        alike = [(a[1], b[1]) for a, b in pairwise(values) if a[0] == b[0]]

        assert empty == sorted(empty, reverse=order.downwards), (resource.key(), listing.order)
        assert any(empty) or not order.field.column.nullable, (resource.key(), listing.order)
        assert all((a > b) if order.downwards else (a < b) for a, b in alike), listing.order


def test_what_is_added_on_the_way_moves_no_row(host: Host, unit: UnitOfWork) -> None:
    resource, samples = host.registry.resources["kitchen.suppliers"], samples_of(host)
    make_varied(samples, resource, number=NUMBER)
    listing = Listing(order="-id", size=SIZE)
    _first, after, _none = ids_of(resource, listing)
    second = ids_of(resource, replace(listing, after=after))

    samples.record(resource)

    assert ids_of(resource, replace(listing, after=after)) == second
