"""Letterhead and templates through the API: read, changed, tried, put back, by whoever may."""

import base64
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bumen import CurrentCompany
from bumen.host import Host
from bumen.printing.models import Letterhead, PaperTemplate
from bumen.testing.makers import make_company, make_user

API = "/api/v1/core/papers"
CONFIRMATION = f"{API}/sales.orders.confirmation"
SCREEN = "/papers/sales.orders.confirmation"
OWN = '{% extends "paper.html" %}\n{% block content %}<p>OWN {{ doc.number }}</p>{% endblock %}'
LOGO = (files("bumen.demo") / "logos" / "TW01.png").read_bytes()


def result(answered: Any) -> Any:
    """Return what was answered."""
    assert answered.status_code == 200, answered.text
    return answered.get_json()["result"]


def test_the_letterhead_is_read_and_changed_part_by_part(reader: FlaskClient, order: int) -> None:
    empty = result(reader.get(f"{API}/letterhead"))
    assert (empty["version"], empty["heading"], empty["logo"]) == (0, "", None)

    wanted = {"version": 0, "heading": "晴川股份有限公司", "details": "統一編號 12345675\n臺北市"}
    logo = base64.b64encode(LOGO).decode()
    kept = result(reader.put(f"{API}/letterhead", json={**wanted, "logo": logo}))
    again = result(reader.put(f"{API}/letterhead", json={"version": 1, "roc_years": True}))

    assert (kept["version"], kept["details"]) == (1, wanted["details"])
    assert (again["heading"], again["roc_years"], again["version"]) == (kept["heading"], True, 2)
    assert reader.get(again["logo"]).data == LOGO
    printed = reader.get(f"/api/v1/sales/orders/{order}/printouts/confirmation")
    assert b"/Subtype /Image" in printed.data
    bare = result(reader.put(f"{API}/letterhead", json={"version": 2, "logo": None}))
    assert (bare["logo"], reader.get(f"{API}/letterhead/logo").status_code) == (None, 404)


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({}, 422, "version"),
        ({"version": 7}, 409, None),
        ({"version": 0, "heading": "x" * 201}, 422, "heading"),
        ({"version": 0, "language": "tlh"}, 422, "language"),
        ({"version": 0, "colour": "red"}, 422, "colour"),
        ({"version": 0, "logo": "no picture"}, 422, "logo"),
        ({"version": 0, "logo": base64.b64encode(LOGO[:8] + b"broken").decode()}, 422, "logo"),
    ],
)
def test_what_is_no_letterhead_is_refused_at_its_field(
    host: Host, reader: FlaskClient, sent: dict[str, Any], status: int, field: str | None
) -> None:
    answered = reader.put(f"{API}/letterhead", json=sent)

    assert answered.status_code == status
    assert field is None or field in answered.get_json()["error"]["fields"]
    with host.database.wide_session() as wide:
        assert wide.scalars(select(Letterhead.id)).all() == []


def test_a_template_is_changed_tried_and_put_back(
    host: Host, reader: FlaskClient, order: int
) -> None:
    ours = result(reader.get(CONFIRMATION))
    assert (ours["version"], ours["is_own"], ours["versions"]) == (0, False, [])

    tried = result(
        reader.post(f"{CONFIRMATION}/preview", json={"body": OWN, "language": "zh_Hans"})
    )
    assert (tried["pages"], [one[:5] for one in tried["pictures"]]) == (1, ["iVBOR"])
    assert result(reader.get(CONFIRMATION))["version"] == 0

    own = result(reader.put(CONFIRMATION, json={"version": 0, "body": OWN, "note": "Shorter"}))
    assert (own["version"], own["is_own"], own["body"]) == (1, True, OWN)
    stale = reader.put(CONFIRMATION, json={"version": 0, "body": f"{OWN}x"})
    assert stale.status_code == 409

    back = result(reader.post(f"{CONFIRMATION}/restore", json={"version": 1}))
    assert (back["version"], back["is_own"], back["body"]) == (2, False, ours["body"])
    assert [one["is_own"] for one in back["versions"]] == [False, True]
    assert result(reader.get(f"{CONFIRMATION}?version=1"))["body"] == OWN
    assert reader.get(f"{CONFIRMATION}?version=9").status_code == 404
    papers = {one["key"] for one in result(reader.get(f"{API}/"))}
    assert papers >= {"sales.orders.confirmation", "sales.orders.slip"}


BAD = [
    ("\n\n{{ ''.__class__.__mro__ }}", "Line 3"),
    ("{{ _.__globals__ }}", "Line 1"),
    ('{% include "/etc/passwd" %}', "Line 1"),
    ("{% for %}", "Line 1"),
    ("{{ 'x' * 9999999999 }}", "too long"),
    ("<div>" * 2000, "template"),
]


@pytest.mark.parametrize(("body", "said"), BAD)
def test_what_reaches_out_or_does_not_end_is_refused_on_screen_and_through_the_api(
    host: Host, reader: FlaskClient, order: int, body: str, said: str
) -> None:
    answers = [
        reader.post(f"{CONFIRMATION}/preview", json={"body": body}),
        reader.put(CONFIRMATION, json={"version": 0, "body": body}),
        reader.post(f"{SCREEN}/preview", data={"body": body}),
        reader.post(SCREEN, data={"body": body, "version": "0"}),
    ]

    assert [one.status_code for one in answers] == [422] * 4
    assert all(said in one.text for one in answers)
    with host.database.wide_session() as wide:
        assert wide.scalars(select(PaperTemplate)).all() == []


def test_a_missing_font_names_its_package_on_screen_and_through_the_api(
    reader: FlaskClient, order: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    latin = "<dir>/usr/share/fonts/truetype</dir>"
    (tmp_path / "fonts.conf").write_text(f"<fontconfig>{latin}</fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))

    answers = [
        reader.get(f"/sales/orders/{order}/printouts/confirmation?language=zh_Hant"),
        reader.get(f"/api/v1/sales/orders/{order}/printouts/confirmation?language=zh_Hant"),
        reader.post(f"{CONFIRMATION}/preview", json={"body": OWN + "訂單"}),
        reader.post(f"{SCREEN}/preview", data={"body": '<p lang="zh-Hant">訂單'}),
    ]

    assert [one.status_code for one in answers] == [503] * 4
    assert all("fonts-noto-cjk" in one.text for one in answers)


def test_who_may_not_see_papers_reads_and_changes_none(
    host: Host, company: CurrentCompany, login: Any
) -> None:
    make_user(host, "bob", company="TW01", roles=())
    bob = login("bob")
    asked = [
        bob.get(f"{API}/"),
        bob.get(f"{API}/letterhead"),
        bob.get(CONFIRMATION),
        bob.put(f"{API}/letterhead", json={"version": 0}),
        bob.put(CONFIRMATION, json={"version": 0, "body": OWN}),
        bob.post(f"{CONFIRMATION}/preview", json={"body": OWN}),
        bob.post(f"{CONFIRMATION}/restore", json={"version": 0}),
    ]

    assert [one.status_code for one in asked] == [403] * 7
    assert not [one for one in bob.get("/api/v1/_openapi").get_json()["paths"] if API in one]


def test_another_company_has_a_letterhead_and_templates_of_its_own(
    host: Host, reader: FlaskClient, order: int
) -> None:
    make_company(host, code="CN01", plugins=["sales"], country="CN", currency="CNY")
    with host.unit_of_work(company="CN01") as unit:
        unit.session.add(Letterhead(heading="云杉家居用品有限公司", details="", footer=""))
        body = OWN.replace("OWN", "THEIRS")
        unit.session.add(PaperTemplate(printout="sales.orders.confirmation", number=1, body=body))

    assert result(reader.get(f"{API}/letterhead"))["heading"] == ""
    assert result(reader.get(CONFIRMATION))["version"] == 0
    answered = reader.get(f"/api/v1/sales/orders/{order}/printouts/confirmation")
    said = PdfDocument(answered.data)[0].get_textpage().get_text_bounded()
    assert "THEIRS" not in said
    assert "云杉" not in said


def test_papers_are_described_with_the_records_that_are_printed_together(
    reader: FlaskClient,
) -> None:
    paths = reader.get("/api/v1/_openapi").get_json()["paths"]

    assert set(paths[f"{API}/letterhead"]) == {"get", "put"}
    assert set(paths[f"{API}/{{key}}"]) == {"get", "put"}
    assert {f"{API}/{{key}}/preview", f"{API}/{{key}}/restore"} <= set(paths)
    several = paths["/api/v1/sales/orders/printouts/{name}"]["get"]
    assert {"name", "ids", "language"} <= {one["name"] for one in several["parameters"]}
    assert list(several["responses"]["200"]["content"]) == ["application/pdf"]
    one = paths["/api/v1/sales/orders/{ident}/printouts/{name}"]["get"]
    assert list(one["responses"]["200"]["content"]) == ["application/pdf"]
