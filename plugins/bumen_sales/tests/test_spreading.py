"""Amounts are spread over trees to the cent, whatever they are and however they are split."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bumen_sales.services.spreading import (
    Difference,
    differences,
    shares,
    spread,
    weights_of,
    with_months,
)

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
TREE = [(1,), (1, 7), (2,), (2, 8), (2, 9)]


def money(text: str) -> Decimal:
    """Return an amount."""
    return Decimal(text)


def test_an_amount_is_split_evenly_to_the_cent() -> None:
    assert shares(money("100.00"), [money("0")] * 3) == [
        money("33.33"),
        money("33.34"),
        money("33.33"),
    ]


def test_an_amount_is_split_by_what_its_parts_weigh() -> None:
    assert shares(money("90.00"), [money("1"), money("0"), money("2")]) == [
        money("30.00"),
        money("0.00"),
        money("60.00"),
    ]


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=12))
def test_shares_add_up_to_the_amount(amount: Decimal, weights: list[Decimal]) -> None:
    split = shares(amount, weights)

    assert sum(split) == amount
    assert min(split) >= 0


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_an_amount_is_split_as_it_was_before(weights: list[Decimal]) -> None:
    assert not any(weights) or shares(sum(weights, Decimal(0)), weights) == weights


def test_a_tree_is_filled_from_the_top() -> None:
    assert spread(money("120.00"), TREE, lambda _path: Decimal(1)) == {
        (1,): money("60.00"),
        (1, 7): money("60.00"),
        (2,): money("60.00"),
        (2, 8): money("30.00"),
        (2, 9): money("30.00"),
    }


@given(AMOUNTS)
def test_a_tree_that_was_filled_adds_up(amount: Decimal) -> None:
    filled = spread(amount, with_months(TREE), lambda path: Decimal(path[-1]))

    assert list(differences(amount, filled)) == []
    assert len(filled) == 5 + 3 * 12


def test_parts_that_do_not_add_up_are_told_from_the_top() -> None:
    amounts = {(1,): money("50"), (1, 7): money("40"), (2,): money("40")}

    assert list(differences(money("100"), amounts)) == [
        Difference(path=(), amount=money("100"), parts=money("90")),
        Difference(path=(1,), amount=money("50"), parts=money("40")),
    ]


def test_wholes_weigh_what_their_parts_weigh_and_nothing_less_than_nothing() -> None:
    sold = {(1, 7, 1): money("5"), (1, 7, 2): money("-3"), (1, 8, 1): money("2")}

    assert weights_of(sold) == {
        (1,): money("7"),
        (1, 7): money("5"),
        (1, 7, 1): money("5"),
        (1, 7, 2): money("0"),
        (1, 8): money("2"),
        (1, 8, 1): money("2"),
    }
