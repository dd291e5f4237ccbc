"""Cells are read as people write them; what cannot be read is refused, never guessed."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest

from bumen.exchange.cells import plain_number, text_of
from bumen.exchange.dates import read_moment
from bumen.exchange.decimals import Notation


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  two words ", "two words"),
        (None, ""),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (1.5e-7, "0.00000015"),
        (-0.5, "-0.5"),
        (912345678.0, "912345678"),
        (True, "TRUE"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_a_cell_reads_as_a_spreadsheet_shows_it(cell: object, text: str) -> None:
    assert text_of(cell) == text  # type: ignore[arg-type]


def test_no_number_is_written_with_an_exponent() -> None:
    assert [plain_number(10.0**power) for power in (-10, -5, 0, 5, 16)] == [
        "0.0000000001",
        "0.00001",
        "1",
        "100000",
        "10000000000000000",
    ]


@pytest.mark.parametrize(
    ("text", "formats", "day"),
    [
        ("2026-11-21", (), "2026-11-21"),
        ("2026/1/5", (), "2026-01-05"),
        ("20261121", (), "2026-11-21"),
        ("2026年11月21日", (), "2026-11-21"),
        ("1996-07-04 00:00:00.000", (), "1996-07-04"),
        ("115/11/21", (), "2026-11-21"),
        ("115年1月5日", (), "2026-01-05"),
        ("民國 99 年 1 月 5 日".replace(" ", ""), (), "2010-01-05"),
        ("１１５／１１／２１", (), "2026-11-21"),
        ("99/1/5", ("roc",), "2010-01-05"),
        ("1151121", ("roc",), "2026-11-21"),
        ("2026-11-21", ("roc", "iso"), "2026-11-21"),
        ("21.11.2026", ("%d.%m.%Y",), "2026-11-21"),
        ("1/5/2019", ("iso", "%m/%d/%Y"), "2019-01-05"),
    ],
)
def test_dates_are_read_in_the_ways_they_are_written(
    text: str, formats: tuple[str, ...], day: str
) -> None:
    assert read_moment(text, formats=formats).date().isoformat() == day


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("11/21/2026", ()),
        ("99/1/5", ()),
        ("2026-02-30", ()),
        ("115/2/30", ()),
        ("45000", ()),
        ("2026-11-21", ("%d.%m.%Y",)),
        ("2026-11-21 25:00", ()),
        ("٢٠٢٦-١١-٢١", ()),
        ("0/1/5", ("%d.%m.%Y",)),
    ],
)
def test_what_could_be_another_day_is_no_date(text: str, formats: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_moment(text, formats=formats)


@pytest.mark.parametrize(
    ("text", "notation", "number"),
    [
        ("1234.5", Notation(), "1234.5"),
        ("1,234,567.50", Notation(), "1234567.50"),
        ("-12", Notation(), "-12"),
        ("\u2212" + "12", Notation(), "-12"),
        ("(12.50)", Notation(), "-12.50"),
        (".5", Notation(), "0.5"),
        ("NT$1,234", Notation(), "1234"),
        ("￥１２.５", Notation(), "12.5"),
        ("1,200元", Notation(), "1200"),
        ("1.234,50", Notation(",", "."), "1234.50"),
        ("1 234,5", Notation(",", " "), "1234.5"),
        ("15%", Notation(percent_sign=True), "15"),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, notation: Notation, number: str) -> None:
    assert notation.read(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("1,5", Notation()),
        ("12,34,567", Notation()),
        ("1.5", Notation(",", ".")),
        ("1e5", Notation()),
        ("NaN", Notation()),
        ("15%", Notation()),
        ("--1", Notation()),
        ("1 2", Notation()),
        ("", Notation()),
        ("٣", Notation()),
        ("9" * 31, Notation()),
    ],
)
def test_what_could_be_another_number_is_none(text: str, notation: Notation) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        notation.read(text)
