"""What a company writes before and after the table of a paper, in each language."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import func, select

from bumen import CurrentCompany
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.host import Host
from bumen.printing.models import PaperText
from bumen.testing.makers import make_company, make_user

KEY = "sales.orders.confirmation"
PAGE, TEXTS = f"/papers/{KEY}/texts", f"/api/v1/core/papers/{KEY}/texts"
GREETING = "感謝您的訂購"
OLD = '{% extends "paper.html" %}\n{% block content %}<p>OWN {{ doc.number }}</p>{% endblock %}'
TYPED = {
    "opening_zh_Hant": "  林小姐您好：\r\n\r\n茲確認如下。 ",
    "closing_zh_Hant": "匯款帳號 <b>012-345</b> {{ 7 * 7 }}",
    "opening_zh_Hans": "",
    "closing_zh_Hans": "收款账号 6222",
    "opening_en": "",
    "closing_en": "",
    **{f"version_{code}": "0" for code in ("zh_Hant", "zh_Hans", "en")},
}


def printed(browser: FlaskClient, order: int, language: str) -> str:
    """Return what the confirmation of an order says in a language, as one line."""
    asked = {"language": language}
    made = browser.get(f"/sales/orders/{order}/printouts/confirmation", query_string=asked)
    assert made.mimetype == "application/pdf", made.text
    return " ".join(PdfDocument(made.data)[0].get_textpage().get_text_bounded().split())


def kept(host: Host) -> dict[str, tuple[str, str, int]]:
    """Return the texts that are kept, by language, each with its version."""
    with host.database.wide_session() as wide:
        rows = wide.scalars(select(PaperText))
        return {one.language: (one.opening, one.closing, one.version) for one in rows}


def test_texts_stand_around_the_table_in_the_language_of_the_paper(
    host: Host, reader: FlaskClient, order: int
) -> None:
    assert GREETING in printed(reader, order, "zh_Hant")

    assert reader.post(PAGE, data=TYPED).location.endswith("/papers/")
    assert kept(host) == {
        "zh_Hant": ("林小姐您好：\n\n茲確認如下。", TYPED["closing_zh_Hant"], 1),
        "zh_Hans": ("", "收款账号 6222", 1),
    }

    traditional, simplified = (printed(reader, order, one) for one in ("zh_Hant", "zh_Hans"))
    places = [
        traditional.index(one) for one in ("林小姐您好", "茲確認如下", "未稅金額", "匯款帳號")
    ]
    assert places == sorted(places)
    assert "<b>012-345</b> {{ 7 * 7 }}" in traditional
    assert GREETING not in traditional
    assert ("收款账号 6222" in simplified, "感谢您的订购" in simplified) == (True, True)
    assert "帳號" not in printed(reader, order, "en")


def test_the_board_says_in_which_languages_there_are_texts(
    host: Host, reader: FlaskClient, order: int
) -> None:
    assert "Write texts" in reader.get("/papers/").text
    reader.post(PAGE, data=TYPED)

    assert "繁體中文, 简体中文</a>" in reader.get("/papers/").text
    shown = reader.get(PAGE).text
    assert "茲確認如下。" in shown
    assert "&lt;b&gt;012-345" in shown
    history = reader.get("/company/history/", query_string={"kind": "papers"}).text
    assert "Order confirmation · 繁體中文" in history
    assert "After the table" in history


def test_texts_are_tried_on_a_paper_before_they_are_kept(
    host: Host, reader: FlaskClient, order: int
) -> None:
    bare = reader.post(f"{PAGE}/preview", data={"language": "zh_Hant"}).get_json()
    tried = reader.post(f"{PAGE}/preview", data={**TYPED, "language": "zh_Hant"}).get_json()

    assert (tried["pages"], tried["pictures"] != bare["pictures"]) == (1, True)
    assert kept(host) == {}


def test_a_template_that_names_no_texts_prints_them_all_the_same(
    host: Host, reader: FlaskClient, order: int
) -> None:
    reader.post(PAGE, data=TYPED)
    body = {"body": OLD, "version": "0", "note": ""}
    assert reader.post(f"/papers/{KEY}", data=body).status_code < 400

    said = printed(reader, order, "zh_Hant")

    places = [said.index(one) for one in ("林小姐您好", "OWN", "匯款帳號")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"closing_en": "x" * 2001}, 422, "At most 2000 characters."),
        ({"opening_en": "a\x07b"}, 422, "cannot be stored"),
        ({"version_en": "7"}, 409, "in the meantime"),
        ({"version_en": "x"}, 409, "in the meantime"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_on_the_page(
    host: Host, reader: FlaskClient, changed: dict[str, str], status: int, said: str
) -> None:
    answered = reader.post(PAGE, data={**TYPED, **changed})

    assert answered.status_code == status
    assert said in answered.text
    assert "茲確認如下。" in answered.text
    assert kept(host) == {}
    assert reader.get("/papers/sales.orders.nothing/texts").status_code == 404


def test_programs_read_and_change_texts_language_by_language(
    host: Host, reader: FlaskClient
) -> None:
    wanted = {"language": "en", "version": 0, "closing": "EXW Taipei"}
    made = reader.put(TEXTS, json=wanted)
    again = reader.put(TEXTS, json={"language": "en", "version": 1, "opening": "Dear Sirs"})

    assert (made.status_code, again.status_code) == (200, 200)
    told = {one["language"]: one for one in reader.get(TEXTS).get_json()["result"]}
    english = {"language": "en", "version": 2, "opening": "Dear Sirs", "closing": "EXW Taipei"}
    assert told["en"] == english
    assert told["zh_Hant"]["version"] == 0
    assert reader.put(TEXTS, json=wanted).status_code == 409
    for bad in ({"language": "tlh"}, {"closing": "x" * 2001}, {"colour": "red"}):
        assert reader.put(TEXTS, json={**wanted, **bad}).status_code in {400, 422}
    assert f"{TEXTS.replace(KEY, '{key}')}" in reader.get("/api/v1/_openapi").get_json()["paths"]


def test_who_may_not_write_papers_writes_no_texts(
    host: Host, company: CurrentCompany, login: Any
) -> None:
    make_user(host, "bob", company="TW01", roles=())
    bob = login("bob")

    asked = [bob.get(PAGE), bob.post(PAGE, data=TYPED), bob.post(f"{PAGE}/preview", data=TYPED)]
    asked += [bob.get(TEXTS), bob.put(TEXTS, json={"language": "en", "version": 0})]
    assert [one.status_code for one in asked] == [403] * 5
    assert kept(host) == {}


def test_texts_are_the_companys_own(host: Host, reader: FlaskClient, order: int) -> None:
    make_company(host, code="CN01", plugins=["sales"], country="CN", currency="CNY")
    with host.unit_of_work(company="CN01") as unit:
        unit.session.add(PaperText(printout=KEY, language="zh_Hant", opening="別家", closing=""))

    assert "別家" not in printed(reader, order, "zh_Hant")
    assert "別家" not in reader.get(PAGE).text


def test_a_purge_takes_the_texts_along(host: Host, company: CurrentCompany, tmp_path: Path) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        unit.session.add(PaperText(printout=KEY, language="en", opening="x", closing=""))
    switch(host, company="TW01", name="sales", enabled=False)

    purge(host, company="TW01", name="sales", export=tmp_path / "sales.zip", confirm="sales")

    with host.database.wide_session() as wide:
        assert wide.scalar(select(func.count(PaperText.id))) == 0
