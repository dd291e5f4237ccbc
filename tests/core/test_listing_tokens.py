"""Whatever stands in a record, its token leads back to exactly that place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bumen.listing import Listing, order_of
from bumen.listing.tokens import place_of, token_of
from bumen.registry import Candidate
from bumen.unit_of_work import UnitOfWork
from kitchen.models import Course
from kitchen.resources import Dishes

VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "id": st.integers(1, 2**63 - 1),
    "name": st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    "price": st.decimals(0, Decimal("9999999999999999.99"), places=2),
    "course": st.sampled_from(Course),
    "vegan": st.booleans(),
    "spicy": st.none() | st.booleans(),
    "launched": st.none() | st.dates(),
    "served_at": st.none() | st.datetimes(timezones=st.just(UTC)),
    "supplier_id": st.none() | st.integers(1, 2**63 - 1),
}
PLACES = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), VALUES[name], st.integers(1, 2**63 - 1))
)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("kitchen", "kitchen"),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=PLACES, downwards=st.booleans())
def test_a_token_leads_back_to_its_place(
    unit: UnitOfWork, place: tuple[str, Any, int], downwards: bool
) -> None:
    name, value, ident = place
    order = order_of(Dishes, Listing(order=f"-{name}" if downwards else name))
    record = SimpleNamespace(**{"id": ident, name: value})

    found = place_of(Dishes, order, token_of(Dishes, order, record))

    assert (found.value, found.ident) == (value, record.id)


def test_a_token_stands_in_an_address_as_it_is(unit: UnitOfWork) -> None:
    order = order_of(Dishes, Listing(order="served_at"))
    record = SimpleNamespace(id=7, served_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC))

    token = token_of(Dishes, order, record)

    assert token.isascii()
    assert token.replace("-", "a").replace("_", "a").isalnum()
