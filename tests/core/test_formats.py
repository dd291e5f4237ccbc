"""Values are written as readers in Taiwan, in mainland China and in English expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bumen.formats import (
    Formats,
    read_day,
    read_moment,
    read_number,
    typed_decimal,
    typed_moment,
)

TAIWAN = Formats(language="zh_Hant", currency="TWD", timezone="Asia/Taipei")
CHINA = Formats(language="zh_Hans", currency="CNY", timezone="Asia/Shanghai")
ENGLISH = Formats(language="en", currency="HKD", timezone="Asia/Hong_Kong")
AFTERNOON = datetime(2026, 11, 21, 7, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("currency", "written"),
    [
        ("TWD", "NT$1,234.50"),
        ("CNY", "¥1,234.50"),
        ("HKD", "HK$1,234.50"),
        ("USD", "US$1,234.50"),
        ("THB", "THB\N{NO-BREAK SPACE}1,234.50"),
        ("", "1,234.50"),
    ],
)
def test_money_carries_a_sign_nobody_confuses(currency: str, written: str) -> None:
    assert Formats(language="zh_Hant", currency=currency).money(Decimal("1234.50")) == written


def test_taiwans_money_has_no_cents_where_there_are_none() -> None:
    assert [TAIWAN.money(Decimal(one)) for one in ("1234.00", "-5", "0", "0.10")] == [
        "NT$1,234",
        "-NT$5",
        "NT$0",
        "NT$0.10",
    ]
    assert CHINA.money(Decimal(1234)) == "¥1,234.00"


def test_amounts_of_lines_have_two_places_and_no_sign() -> None:
    assert [TAIWAN.amount(Decimal(one)) for one in ("1234", "0.5")] == ["1,234.00", "0.50"]


def test_halves_are_rounded_up_and_large_numbers_stay_exact() -> None:
    assert [CHINA.amount(Decimal(one)) for one in ("0.005", "0.015", "2.675")] == [
        "0.01",
        "0.02",
        "2.68",
    ]
    assert CHINA.amount(Decimal("9999999999999999.99")) == "9,999,999,999,999,999.99"


def test_quantities_and_percentages_have_no_empty_places() -> None:
    assert TAIWAN.quantity(Decimal("1234.500")) == "1,234.5"
    assert TAIWAN.percent(Decimal("5.0000")) == "5%"


def test_days_and_moments_are_written_where_the_reader_is() -> None:
    written = [(one.day(date(2026, 1, 2)), one.moment(AFTERNOON)) for one in (TAIWAN, CHINA)]

    assert written == [
        ("2026/1/2", "2026/11/21 15:04"),
        ("2026/1/2", "2026/11/21 15:04"),
    ]
    assert ENGLISH.day(date(2026, 1, 2)) == "Jan 2, 2026"
    assert ENGLISH.moment(AFTERNOON) == "Nov 21, 2026 15:04"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,234.50", "1234.50"),
        (" 1234 ", "1234"),
        ("１，２３４．５", "1234.5"),
        ("-1,000", "-1000"),
        ("1,23", "1,23"),
        ("1,2345", "1,2345"),
        ("1e3", "1e3"),
        ("٣", "٣"),
        ("NaN", "NaN"),
        ("12,345,678.9", "12345678.9"),
    ],
)
def test_a_typed_number_is_read_or_left_to_the_schema(typed: str, read: str) -> None:
    assert read_number(typed, TAIWAN) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-01-02", "2026-01-02"),
        ("2026/1/2", "2026-01-02"),
        ("2026年1月2日", "2026-01-02"),
        ("２０２６．１．２", "2026-01-02"),
        ("1/2/2026", "1/2/2026"),
        ("soon", "soon"),
    ],
)
def test_a_typed_day_is_read_or_left_to_the_schema(typed: str, read: str) -> None:
    assert read_day(typed) == read


def test_a_typed_moment_is_where_the_company_is() -> None:
    assert read_moment("2026-11-21T15:04", TAIWAN) == AFTERNOON.isoformat()
    assert read_moment("2026-11-21T07:04+00:00", TAIWAN) == AFTERNOON.isoformat()
    assert read_moment("0001-01-01T00:00", TAIWAN) == "0001-01-01T00:00"
    assert read_moment("noon", TAIWAN) == "noon"


@given(some.decimals(places=2, min_value=-(10**15), max_value=10**15))
def test_a_decimal_is_typed_as_it_is_kept(value: Decimal) -> None:
    assert Decimal(read_number(typed_decimal(value, places=2), TAIWAN)) == value
    assert Decimal(read_number(TAIWAN.amount(value), TAIWAN)) == value


@given(some.datetimes(min_value=datetime(1992, 1, 1), max_value=datetime(2900, 1, 1)))  # noqa: DTZ001
def test_a_moment_is_typed_as_it_is_kept(local: datetime) -> None:
    moment = local.replace(microsecond=0, tzinfo=UTC)

    assert datetime.fromisoformat(read_moment(typed_moment(moment, ENGLISH), ENGLISH)) == moment
