"""Columns of a document's lines stand as their model has them, in its table and in its form."""

from __future__ import annotations

import pytest

from bumen.registry import Registry
from bumen.resource import Lines
from bumen.web.cells import Column, columns_of_lines
from bumen.web.pages.tables import worked_out_columns


@pytest.fixture
def goods(registry: Registry) -> type[Lines]:
    """Return the lines of a preparation: product and quantity are given, what is ready typed."""
    (lines,) = registry.resources["logistics.preparations"].lines
    return lines


def names(columns: list[Column]) -> list[str]:
    return [one.described.name for one in columns]


def test_a_table_names_the_product_before_its_quantities(goods: type[Lines]) -> None:
    assert names(columns_of_lines(goods))[:3] == ["product", "quantity", "ready"]


def test_what_is_given_stands_before_what_is_typed_and_the_rest_after(goods: type[Lines]) -> None:
    told = worked_out_columns(goods)

    assert names([*told.before]) == ["product", "quantity"]
    assert names([*told.after]) == ["missing", "missing_since"]


def test_lines_that_nobody_types_are_told_at_all(registry: Registry) -> None:
    (lines,) = registry.resources["sales.statements"].lines

    told = worked_out_columns(lines)

    assert names([*told.before]) == []
    assert names([*told.after]) == names(columns_of_lines(lines))
