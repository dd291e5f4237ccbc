"""A list as a file: what its reader sees, in plain values, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from bumen.exchange import import_file
from bumen.exchange.export import extraction
from bumen.host import Host
from bumen.testing.makers import make_user
from tests.core.web.kitchens import Kitchen

DISHES = "/kitchen/dishes"
COLUMNS = "columns=code,name,course,servings,price,weight,margin,launched,served_at,vegan,supplier"
HOSTILE = {
    "A1": "=1+1",
    "A2": "+cmd|' /C calc'!A0",
    "A3": "-2+3",
    "A4": "@SUM(A1:A9)",
    "A5": "＝1+1",
    "A6": "'=already quoted",
    "A7": 'says "hello", twice',
    "A8": "_x0041_ is no A",
    "A9": "<b>&amp;</b>",
    "B1": "臺灣茶 𠮷",
}
"""What people could write into a name, by the code of the dish."""


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of three rows at most."""
    monkeypatch.setattr(extraction, "MOST_ROWS", 3)


def read(answer: TestResponse) -> list[list[str]]:
    """Return the rows of a CSV file, its head first."""
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def cells(answer: TestResponse) -> list[list[Any]]:
    """Return the cells of a workbook, as a program that is not ours reads them."""
    assert answer.status_code == 200, answer.text
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return book.get_sheet_by_index(0).to_python()


def full_dish(kitchen: Kitchen) -> None:
    """Write down a dish with a value of every kind."""
    kitchen.dish(
        code="TEA",
        name="Tea",
        price="1234.50",
        weight="0.250",
        margin="12.5",
        launched="2026-02-28",
        served_at="2026-03-01T08:30:00+08:00",
        vegan=True,
        supplier_id=kitchen.supplier("茶園"),
    )


def test_a_csv_file_has_plain_values_under_labels(kitchen: Kitchen) -> None:
    full_dish(kitchen)

    head, row = read(kitchen.browser().get(f"{DISHES}/export?format=csv&{COLUMNS}"))

    assert head[:4] == ["Code", "Name", "Course", "Servings"]
    assert row == [
        *("TEA", "Tea", "Starter", "2", "1234.50", "0.25", "12.5", "2026-02-28"),
        *("2026-03-01 08:30:00", "Yes", "茶園"),
    ]


def test_a_workbook_has_numbers_and_dates(kitchen: Kitchen) -> None:
    full_dish(kitchen)

    head, row = cells(kitchen.browser().get(f"{DISHES}/export?format=xlsx&{COLUMNS}"))

    assert head[0] == "Code"
    assert row == [
        *("TEA", "Tea", "Starter", 2, 1234.5, 0.25, 12.5, date(2026, 2, 28)),
        *(datetime(2026, 3, 1, 8, 30), "Yes", "茶園"),  # noqa: DTZ001  # workbooks know no zones
    ]


def test_labels_and_choices_are_in_the_readers_language(kitchen: Kitchen) -> None:
    full_dish(kitchen)

    answer = kitchen.browser(language="zh-TW").get(f"{DISHES}/export?columns=vegan")

    assert read(answer)[1] == ["是"]


def test_a_file_has_the_rows_and_the_order_of_the_list(kitchen: Kitchen) -> None:
    for code, course in (("A", "main"), ("B", "starter"), ("C", "main")):
        kitchen.dish(code=code, course=course)

    answer = kitchen.browser().get(
        f"{DISHES}/export?filter.course=main&sort=-code&columns=code&size=25&after=x&view=board"
    )

    assert read(answer) == [["Code"], ["C"], ["A"]]


def test_the_file_is_called_what_the_list_is_called(kitchen: Kitchen) -> None:
    answer = kitchen.browser().get(f"{DISHES}/export?format=xlsx")

    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="kitchen-dishes-20')
    assert "filename*=UTF-8''Dishes%2020" in name
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_no_text_becomes_a_formula_in_a_csv_file(kitchen: Kitchen) -> None:
    for code, name in HOSTILE.items():
        kitchen.dish(code=code, name=name)

    rows = read(kitchen.browser().get(f"{DISHES}/export?columns=code,name&sort=code"))[1:]

    assert not [name for _code, name in rows if name.startswith(tuple("=+-@＝"))]
    assert dict(rows)["A1"] == "'=1+1"
    assert dict(rows)["A6"] == "''=already quoted"
    assert dict(rows)["A8"] == HOSTILE["A8"]


def test_a_workbook_keeps_hostile_texts_as_texts(kitchen: Kitchen) -> None:
    for code, name in HOSTILE.items():
        kitchen.dish(code=code, name=name, recipe=f"{name}\n\tsecond line")

    answer = kitchen.browser().get(
        f"{DISHES}/export?format=xlsx&columns=code,name,recipe&sort=code"
    )

    rows = cells(answer)[1:]
    assert {code: name for code, name, _recipe in rows} == {**HOSTILE, "A6": "''=already quoted"}
    assert rows[0][2] == "=1+1\n\tsecond line"
    assert b"<f>" not in answer.data


def test_a_number_with_more_digits_than_spreadsheets_keep_stays_exact(kitchen: Kitchen) -> None:
    kitchen.dish(price="1234567890123456.78")

    answer = kitchen.browser().get(f"{DISHES}/export?format=xlsx&columns=price")

    assert cells(answer)[1] == ["1234567890123456.78"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_is_imported_again_as_it_was(
    kitchen: Kitchen, kind: str, tmp_path: Path
) -> None:
    full_dish(kitchen)
    for code, name in HOSTILE.items():
        kitchen.dish(code=code, name=name)
    every = f"{DISHES}/export?format={kind}&{COLUMNS}"
    answer = kitchen.browser(language="zh-CN").get(every)
    before = kitchen.browser().get(f"{DISHES}/export?{COLUMNS}&sort=code").data
    file = tmp_path / f"dishes.{kind}"
    file.write_bytes(answer.data)
    for code in kitchen.dishes():
        forget(kitchen, code)

    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        report = import_file("kitchen.dishes", file, registry=kitchen.host.registry, by=unit.user)

    assert (report.problems, report.created) == ([], 11)
    assert kitchen.browser().get(f"{DISHES}/export?{COLUMNS}&sort=code").data == before


def forget(kitchen: Kitchen, code: str) -> None:
    """Delete a dish."""
    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        model = kitchen.host.registry.resources["kitchen.dishes"].model
        unit.session.delete(unit.session.query(model).filter_by(code=code).one())


def test_too_many_rows_are_refused_with_what_to_do(kitchen: Kitchen, few_rows: None) -> None:
    browser = kitchen.browser()
    for code in ("A", "B", "C"):
        kitchen.dish(code=code)
    assert browser.get(f"{DISHES}/export").status_code == 200
    kitchen.dish(code="D")

    answer = browser.get(f"{DISHES}/export")

    assert answer.status_code == 422
    assert "Filter it, then export it in parts." in answer.text
    assert browser.get(f"{DISHES}/export?filter.code=D").status_code == 200


@pytest.mark.parametrize(
    "query", ["format=exe", "columns=nope", "columns=pin", "filter.nope=1", "nope=1", "sort=nope"]
)
def test_what_is_not_offered_is_refused(kitchen: Kitchen, query: str) -> None:
    assert kitchen.browser().get(f"{DISHES}/export?{query}").status_code == 400


def test_secrets_are_in_no_file(kitchen: Kitchen) -> None:
    kitchen.supplier("Farm", pin="4711")

    answer = kitchen.browser().get("/kitchen/suppliers/export?columns=name,pin")

    assert "4711" not in answer.text


def test_whoever_may_not_read_gets_no_file(host: Host, app: Flask, kitchen: Kitchen) -> None:
    make_user(host, "stranger", company="TW01")

    for name in ("guest", "stranger"):
        answer = kitchen.browser(name).get(f"{DISHES}/export")
        assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert app.test_client().get(f"{DISHES}/export").status_code == 302


def test_a_file_asks_the_database_as_often_for_many_rows_as_for_one(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    browser, counted = kitchen.browser(), []
    for rows in range(1, 4):
        kitchen.dish(code=f"D{rows}", supplier_id=kitchen.supplier(f"Farm {rows}"))
        statements()
        browser.get(f"{DISHES}/export?format=xlsx&{COLUMNS}")
        counted.append(len(statements()))

    assert len(set(counted)) == 1


def test_a_file_is_of_the_own_company_only(kitchen: Kitchen, other_company: Any) -> None:
    kitchen.dish(code="OURS")
    other: FlaskClient = kitchen.browser()
    with kitchen.host.unit_of_work(company="CN01") as unit:
        model = kitchen.host.registry.resources["kitchen.dishes"].model
        unit.session.add(model(code="THEIRS", name="x", course="main", price=1))

    assert read(other.get(f"{DISHES}/export?columns=code")) == [["Code"], ["OURS"]]
