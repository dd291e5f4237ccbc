"""A product shows its picture: kept with it, known by its content, seen by whoever may see it."""

from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen import CurrentCompany

URL = "/api/v1/base/products/"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000000200015e6dd4d50000000049454e44ae426082"
)
PAGE = b"<html><script>alert(1)</script>"


@pytest.fixture
def browser(company: CurrentCompany, login: Any) -> FlaskClient:
    """The browser of somebody who may do everything."""
    found: FlaskClient = login("admin")
    return found


def made(browser: FlaskClient, **more: Any) -> dict[str, Any]:
    """Make a product through the API."""
    sent = {"name": "Lamp", "unit": "pcs", **more}
    answer = browser.post(URL, json=sent)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json["result"]
    return found


def test_a_picture_comes_back_as_what_it_is(browser: FlaskClient) -> None:
    product = made(browser, picture=b64encode(PNG).decode())

    picture = browser.get(product["picture"])

    assert (picture.data, picture.mimetype) == (PNG, "image/png")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert f'src="{product["picture"]}"' in browser.get(f"/base/products/show/{product['id']}").text


def test_browsers_keep_a_picture_for_a_while_by_its_records_version(browser: FlaskClient) -> None:
    product = made(browser, picture=b64encode(PNG).decode())
    address = product["picture"]

    kept = [browser.get(f"{address}?version={one}").headers.get("Cache-Control") for one in (1, 2)]

    assert kept == ["private, max-age=3600", None]


def test_what_is_no_picture_is_refused(browser: FlaskClient) -> None:
    for content in (PAGE, b"", PNG + b"0" * 1024 * 1024):
        sent = {"name": "Lamp", "unit": "pcs", "picture": b64encode(content).decode()}
        refused = browser.post(URL, json=sent)
        assert list(refused.json["error"]["fields"]) == ["picture"]
    assert browser.get(URL).json["count"] == 0


def test_a_picture_is_sent_kept_and_taken_away_by_the_form(browser: FlaskClient) -> None:
    file = (BytesIO(PNG), "燈.png")
    sent = browser.post("/base/products/add", data={"name": "Lamp", "unit": "pcs", "picture": file})
    ident = int(sent.location.rpartition("/")[2])
    edit, address = f"/base/products/edit/{ident}", f"{URL}{ident}/pictures/picture"
    assert browser.get(address).data == PNG

    form = {"version": "1", "name": "Desk lamp", "unit": "pcs", "tax_rate": "5", "active": "1"}
    assert browser.post(edit, data=form).status_code == 302
    assert browser.get(address).data == PNG, "what is not sent stays"

    gone = browser.post(edit, data={**form, "version": "2", "picture": "-"})
    assert gone.status_code == 302
    assert browser.get(address).status_code == 404


def test_a_chosen_picture_survives_the_correction_of_other_boxes(browser: FlaskClient) -> None:
    file = (BytesIO(PNG), "lamp.png")

    again = browser.post("/base/products/add", data={"name": "", "unit": "pcs", "picture": file})

    assert again.status_code == 422
    assert b64encode(PNG).decode() in again.text


def test_lists_do_not_carry_pictures(browser: FlaskClient) -> None:
    made(browser, picture=b64encode(PNG).decode())

    assert "picture" not in browser.get(URL).json["result"][0]
    assert browser.get(f"{URL}?q=(columns:!(picture))").status_code == 400


def test_nothing_else_is_read_as_a_picture(browser: FlaskClient) -> None:
    product = made(browser)

    for name in ("picture", "name", "company_id", "nope"):
        assert browser.get(f"{URL}{product['id']}/pictures/{name}").status_code == 404
