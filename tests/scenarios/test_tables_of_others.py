"""Tables that other people's programs wrote are read whole, in any format they come in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bumen.exchange import Table, read_table
from bumen.exchange.cells import text_of
from bumen.exchange.dates import read_moment

FILES = Path(__file__).parents[3] / "shared" / "data"
MONTHS = {"January": 352, "February": 303, "March": 345}
SAME = ("Invoice ID", "City", "Product line", "Unit price", "Quantity", "Total", "Payment")

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason=f"the files are not there: {FILES}")


def texts(table: Table, *columns: str) -> list[tuple[str, ...]]:
    """Return what stands in some columns."""
    places = [table.header.index(column) for column in columns]
    return [tuple(text_of(row.cells[place]) for place in places) for row in table.rows()]


def test_a_workbook_and_a_text_file_say_the_same() -> None:
    plain = read_table(FILES / "supermarket" / "supermarket_Sales.csv")
    path = FILES / "supermarket" / "supermarket_sales.xlsx"
    sheets = [read_table(path, sheet=month) for month in MONTHS]

    assert [len(list(sheet.rows())) for sheet in sheets] == list(MONTHS.values())
    from_sheets = sorted(row for sheet in sheets for row in texts(sheet, *SAME))
    assert from_sheets == sorted(texts(plain, *SAME))
    days = sorted(day for sheet in sheets for (day,) in texts(sheet, "Date"))
    american = (read_moment(day, formats=["%m/%d/%Y"]) for (day,) in texts(plain, "Date"))
    assert days == sorted(day.date().isoformat() for day in american)


def test_a_month_of_a_shop_is_read_to_the_penny() -> None:
    table = read_table(FILES / "online_retail" / "2010-12.csv")
    rows = texts(table, "Quantity", "UnitPrice", "CustomerID")

    assert len(rows) == 42_481
    value = sum(Decimal(number) * Decimal(price) for number, price, _who in rows)
    assert value == Decimal("748957.02")
    assert sum(not who for _number, _price, who in rows) == 15_631


@pytest.mark.parametrize(
    ("year", "rows", "total"),
    [
        (2014, 1_185, 1_685_237_229_000),
        (2015, 1_200, 1_666_528_028_000),
        (2016, 1_217, 1_665_839_906_000),
        (2017, 1_221, 1_663_645_032_000),
    ],
)
def test_a_states_budget_is_read_in_chinese(year: int, rows: int, total: int) -> None:
    table = read_table(FILES / "tw_budget" / f"tw{year}ap.csv")
    lines = texts(table, "amount", "topname")

    assert (len(lines), sum(int(amount) for amount, _agency in lines)) == (rows, total)
    assert lines[0][1] == "總統府主管"
