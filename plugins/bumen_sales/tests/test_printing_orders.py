"""Printing orders from their pages and through the API: who may, what comes, where it goes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bumen import CurrentCompany, InvalidInput
from bumen.documents.attachments import Attachment
from bumen.host import Host
from bumen.mail.models import Mail, MailFile
from bumen.printing.models import PaperTemplate
from bumen.printing.printing import set_up
from bumen.printing.sending import Dispatch, mail_paper, proposed
from bumen.printing.templates import Declared
from bumen.testing.makers import make_user
from bumen_sales.models import Order
from bumen_sales.resources import Orders

CONFIRMATION = Declared(resource=Orders, printout=Orders.printouts[0])
DAY, AT = date(2026, 3, 2), datetime(2026, 3, 2, 8, tzinfo=UTC)
API = "/api/v1/sales/orders"
PAPERS = "/papers/sales.orders.confirmation"
OWN = '{% extends "paper.html" %}\n{% block content %}<p>OWN {{ doc.number }}</p>{% endblock %}'


def said(answer: Any) -> str:
    """Return what the first page of a PDF says."""
    assert answer.mimetype == "application/pdf"
    page = PdfDocument(answer.data)[0].get_textpage()
    return " ".join(page.get_text_bounded().split())


def test_an_order_is_printed_from_its_page(reader: FlaskClient, order: int) -> None:
    address = f"/sales/orders/{order}/printouts/confirmation"

    assert address in reader.get(f"/sales/orders/show/{order}").text
    answer = reader.get(address, query_string={"language": "zh_Hant"})

    assert "林美玲" in said(answer)
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_programs_print_one_order_or_several_in_the_order_they_are_named(
    host: Host, reader: FlaskClient, order: int, make: Any
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        other = make.order().id

    one = reader.get(f"{API}/{order}/printouts/confirmation")
    several = reader.get(f"{API}/printouts/confirmation?ids={other},{order}")
    listed = reader.get(f"{API}/{order}/printouts").json["result"]

    assert "-00001" in said(one)
    assert "-00002" in said(several)
    assert len(PdfDocument(several.data)) == 2
    assert [(told["name"], told["possible"]) for told in listed] == [
        ("confirmation", True),
        ("slip", False),
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("{order}/printouts/nothing_such", 404),
        ("{order}/printouts/confirmation?language=de", 400),
        ("999999/printouts/confirmation", 404),
        ("printouts/confirmation?ids=", 400),
        ("printouts/confirmation?ids=1,x", 400),
        ("printouts/confirmation?ids=99999999999999999999", 400),
        ("printouts/confirmation?ids={order},999999", 404),
        ("printouts/confirmation?ids=" + ",".join(map(str, range(1, 60))), 422),
    ],
)
def test_what_cannot_be_printed_is_refused(
    reader: FlaskClient, order: int, path: str, status: int
) -> None:
    assert reader.get(f"{API}/{path.format(order=order)}").status_code == status


def test_a_list_prints_what_was_chosen_as_one_file(reader: FlaskClient, order: int) -> None:
    answer = reader.post("/sales/orders/printouts/confirmation", data={"records": [f"{order}:1"]})

    assert "-00001" in said(answer)
    assert reader.post("/sales/orders/printouts/confirmation").status_code == 303


def test_a_paper_is_attached_once_for_one_key(reader: FlaskClient, order: int) -> None:
    address, key = f"{API}/{order}/printouts/confirmation/attach", {"Idempotency-Key": "one"}

    first = reader.post(address, json={"language": "zh_Hant"}, headers=key)
    again = reader.post(address, json={"language": "zh_Hant"}, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    kept = reader.get(f"{API}/{order}/attachments").json["result"]
    assert [one["type"] for one in kept] == ["application/pdf"]
    assert reader.post(address, json={"colour": "red"}).status_code == 422


def test_without_a_mail_server_nothing_is_sent(host: Host, reader: FlaskClient, order: int) -> None:
    sent = reader.post(f"{API}/{order}/printouts/confirmation/mail", json={"to": "a@b.example"})

    assert (sent.status_code, sent.json["error"]["code"]) == (422, "mail_is_not_set_up")
    assert "No mail server is set up" in reader.get(f"/sales/orders/{order}/print").text
    with host.database.wide_session() as wide:
        assert wide.scalars(select(Mail)).all() == []


def test_a_template_of_the_company_counts_until_it_is_put_back(
    host: Host, reader: FlaskClient, order: int
) -> None:
    saved = reader.post(PAPERS, data={"body": OWN, "version": "0", "note": "Shorter"})
    assert (saved.status_code, "OWN SO-" in said(_printed(reader, order))) == (303, True)

    page = reader.get(PAPERS).text
    assert "Shorter" in page
    back = reader.post(f"{PAPERS}/back", data={"version": "1"})

    assert (back.status_code, "OWN" in said(_printed(reader, order))) == (303, False)
    with host.database.wide_session() as wide:
        kept = wide.scalars(select(PaperTemplate).order_by(PaperTemplate.number)).all()
        assert [(one.number, one.body) for one in kept] == [(1, OWN), (2, None)]


def test_a_template_that_cannot_be_printed_is_not_kept_and_its_line_is_told(
    host: Host, reader: FlaskClient, order: int
) -> None:
    wrong = {"body": "\n{% for %}"}

    refused = reader.post(PAPERS, data={**wrong, "version": "0"})
    tried = reader.post(f"{PAPERS}/preview", data=wrong)

    assert (refused.status_code, 'data-line="2"' in refused.text) == (422, True)
    assert tried.status_code == 422
    assert tried.json["error"]["fields"]["body"] == [
        "Line 2 of the template: “%}” is not expected here."
    ]
    with host.database.wide_session() as wide:
        assert wide.scalars(select(PaperTemplate)).all() == []


def test_whoever_was_faster_is_not_overwritten(reader: FlaskClient, order: int) -> None:
    assert reader.post(PAPERS, data={"body": OWN, "version": "0"}).status_code == 303
    assert reader.post(PAPERS, data={"body": f"{OWN}x", "version": "0"}).status_code == 409


def test_the_preview_shows_pages_and_keeps_nothing(
    host: Host, reader: FlaskClient, order: int
) -> None:
    told = reader.post(f"{PAPERS}/preview", data={"body": OWN, "language": "zh_Hans"}).json

    assert [one[:5] for one in told["pictures"]] == ["iVBOR"]
    assert told["pages"] == 1
    with host.database.wide_session() as wide:
        assert wide.scalars(select(PaperTemplate)).all() == []


def test_the_letterhead_is_kept_and_what_is_no_picture_is_refused(reader: FlaskClient) -> None:
    said_of_it = {"heading": "晴川股份有限公司", "details": "", "footer": "", "language": ""}

    saved = reader.post("/papers/letterhead", data={**said_of_it, "version": "0"})
    stale = reader.post("/papers/letterhead", data={**said_of_it, "version": "0"})
    wrong = reader.post("/papers/letterhead", data={**said_of_it, "version": "1", "language": "xx"})

    assert (saved.status_code, stale.status_code, wrong.status_code) == (303, 409, 422)
    assert "晴川股份有限公司" in reader.get("/papers/letterhead").text
    assert reader.get("/papers/logo").status_code == 404


def test_whoever_may_not_change_papers_sees_no_editor(
    host: Host, company: CurrentCompany, login: Any, order: int
) -> None:
    make_user(host, "bob", company="TW01", roles=())
    stranger = login("bob")

    for path in ("/papers/", PAPERS, "/papers/letterhead"):
        assert stranger.get(path).status_code == 403
    assert stranger.get(f"/sales/orders/{order}/printouts/confirmation").status_code == 403


def test_what_was_mailed_is_kept_with_the_order_and_told_in_its_history(
    host: Host, reader: FlaskClient, order: int
) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        printed = set_up(CONFIRMATION, [order], on=DAY, language="zh_Hant").printed()
        record = unit.session.get(Order, order)
        own = proposed(CONFIRMATION, record, language="zh_Hant")
        dispatch = Dispatch.of({"to": " buyer@example.com "}, own)
        mail_paper(CONFIRMATION, record, printed, dispatch=dispatch, by=unit.user, at=AT)

    with host.database.wide_session() as wide:
        mail, file = wide.execute(select(Mail, MailFile).join(MailFile)).one()
        assert (mail.recipient, mail.due_at) == ("buyer@example.com", AT)
        assert (file.content, file.name) == (printed.pdf, printed.name)
        assert wide.scalars(select(Attachment.name)).all() == [printed.name]
    told = reader.get(f"{API}/{order}/history").json["result"][0]
    assert (told["action"], told["by"]["label"]) == ("paper.mailed", "admin")
    assert (told["opinion"], told["receiver"]) == (printed.name, "buyer@example.com")
    page = reader.get(f"/sales/orders/history/{order}").text
    assert "Sent by mail" in page
    assert "buyer@example.com" in page


@pytest.mark.parametrize("to", ["", "nobody", "a@b", "a@b.example, c@d.example", "a b@c.example"])
def test_a_paper_is_sent_to_one_address_that_is_one(to: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Dispatch(to=to, subject="Order", message="").checked()

    assert list(refused.value.fields) == ["to"]


def _printed(reader: FlaskClient, order: int) -> Any:
    return reader.get(f"/sales/orders/{order}/printouts/confirmation")
