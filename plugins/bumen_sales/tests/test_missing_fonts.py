"""Where fonts for Chinese are missing nothing is printed, and the package to install is named."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen import CurrentCompany
from bumen.host import Host
from bumen.printing.checking import what_hinders_printing
from bumen.testing.fonts import without_chinese
from bumen_sales.resources import Orders

API = "/api/v1/sales/orders/{}/printouts/confirmation"
SCREEN = "/sales/orders/{}/printouts/confirmation"
PAPERS = "/papers/sales.orders.confirmation"
PACKAGE = "fonts-noto-cjk"


@pytest.fixture
def no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without fonts for Chinese."""
    monkeypatch.setenv("FONTCONFIG_FILE", without_chinese(tmp_path))


@pytest.mark.usefixtures("no_fonts")
def test_screens_and_programs_are_told_the_package(
    host: Host, company: CurrentCompany, login: Any, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        order = make.order(consignee="林美玲").id
    reader: FlaskClient = login("admin")

    shown = reader.get(SCREEN.format(order))
    told = reader.get(API.format(order))
    tried = reader.post(f"{PAPERS}/preview", data={"body": "<p>訂單"})
    saved = reader.post(PAPERS, data={"body": "<p>訂單", "version": "0"})

    for one in (shown, told, tried, saved):
        assert (one.status_code, PACKAGE in one.text) == (503, True)
    assert told.get_json()["error"]["code"] == "font_is_missing"


@pytest.mark.usefixtures("no_fonts")
def test_the_check_of_the_house_names_the_package() -> None:
    (said,) = what_hinders_printing([Orders])

    assert PACKAGE in said


def test_the_check_of_the_house_says_nothing_where_all_is_there() -> None:
    assert list(what_hinders_printing([Orders])) == []
