"""Exact values: what goes in comes out, on both databases, or is refused."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, insert, select
from sqlalchemy.exc import StatementError

from bumen.database import Database
from bumen.i18n import speaking, translator
from bumen.values import Choice, MoneyType, PercentType, QuantityType, UtcDateTime, round_money

_ = translator(__file__, "bumen")
TAIPEI = timezone(timedelta(hours=8))


@pytest.fixture
def table(empty_database: str) -> Any:
    """A table of exact values in an empty database."""
    made = Table(
        "exact",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("money", MoneyType()),
        Column("quantity", QuantityType()),
        Column("percent", PercentType()),
        Column("moment", UtcDateTime()),
    )
    database = Database(empty_database)
    made.metadata.create_all(database.engine)
    yield made, database.engine
    database.engine.dispose()


@pytest.mark.parametrize("amount", ["12345678901234.56", "-0.01", "0", "9999999999999999.99"])
def test_money_comes_out_as_it_went_in(table: Any, amount: str) -> None:
    exact, engine = table
    with engine.begin() as connection:
        connection.execute(insert(exact).values(money=Decimal(amount)))
        assert connection.scalar(select(exact.c.money)) == Decimal(amount)


def test_sums_and_comparisons_in_the_database_are_exact(table: Any) -> None:
    exact, engine = table
    with engine.begin() as connection:
        connection.execute(insert(exact), [{"money": Decimal("0.10")}] * 3)
        assert connection.scalar(select(func.sum(exact.c.money))) == Decimal("0.30")
        cheap = select(func.count()).where(exact.c.money < Decimal("0.11"))
        assert connection.scalar(cheap) == 3


@pytest.mark.parametrize("value", [1.5, "1.5", True, Decimal("1.005"), Decimal("NaN"), 10**16])
def test_what_is_not_exact_money_is_refused(table: Any, value: Any) -> None:
    exact, engine = table
    with engine.begin() as connection, pytest.raises(StatementError, match="ValueError"):
        connection.execute(insert(exact).values(money=value))


def test_quantities_have_three_places_and_percentages_four(table: Any) -> None:
    exact, engine = table
    with engine.begin() as connection:
        values = {"quantity": Decimal("1.125"), "percent": Decimal("33.3333")}
        connection.execute(insert(exact).values(values))
        row = connection.execute(select(exact.c.quantity, exact.c.percent)).one()
    assert tuple(row) == (Decimal("1.125"), Decimal("33.3333"))


def test_moments_are_kept_in_utc(table: Any) -> None:
    exact, engine = table
    morning = datetime(2026, 11, 21, 8, 30, tzinfo=TAIPEI)
    with engine.begin() as connection:
        connection.execute(insert(exact).values(moment=morning))
        kept = connection.scalar(select(exact.c.moment))
    assert kept == morning
    assert kept.utcoffset() == timedelta(0)
    assert kept.hour == 0


def test_naive_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="not an aware moment"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)  # noqa: DTZ001  # that is the point


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("1.005", "1.01"), ("1.004", "1.00"), ("-1.005", "-1.01"), ("2.675", "2.68")],
)
def test_money_is_rounded_half_up(amount: str, rounded: str) -> None:
    assert round_money(Decimal(amount)) == Decimal(rounded)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_whatever_has_two_places_is_money(amount: Decimal) -> None:
    dialect = create_engine("sqlite://").dialect
    stored = MoneyType().process_bind_param(amount, dialect)
    assert isinstance(stored, int)
    assert MoneyType().process_result_value(stored, dialect) == amount


class Colour(Choice):
    """A choice for tests."""

    RED = "red", _("Currency")


def test_a_choice_is_its_code_and_carries_its_label() -> None:
    assert Colour("red") is Colour.RED
    assert Colour.RED == "red"
    with speaking("zh_Hant"):
        assert str(Colour.RED.label) == "幣別"
    with speaking("zh_Hans"):
        assert str(Colour.RED.label) == "币种"
