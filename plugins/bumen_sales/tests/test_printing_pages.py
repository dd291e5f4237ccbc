"""Printing an order on screens: the page that asks, what is kept with the order, what is mailed."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bumen import CurrentCompany
from bumen.documents.attachments import Attachment
from bumen.host import Host
from bumen.mail.models import Mail, MailFile
from bumen.testing.makers import make_user
from bumen_sales.tests.test_papers_api import LOGO

FILLED = {"heading": "晴川股份有限公司", "details": "", "footer": "", "language": ""}


@pytest.fixture
def order(host: Host, company: CurrentCompany, make: Any) -> str:
    """The address of an order's page without its last word."""
    with host.unit_of_work(company="TW01", by="admin"):
        customer = make.customer(email="buyer@cust.example").id
        return f"/sales/orders/{make.order(customer_id=customer).id}"


@pytest.fixture
def with_mail(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that was told of a mail server."""
    mailing = {"smtp_url": SecretStr("smtp://127.0.0.1:9")}
    monkeypatch.setattr(host, "settings", host.settings.model_copy(update=mailing))


@pytest.mark.usefixtures("with_mail")
def test_the_page_offers_languages_keeping_and_mail(reader: FlaskClient, order: str) -> None:
    page = reader.get(f"{order}/print?language=zh_Hans").text

    assert "printouts/confirmation?language=zh_Hans" in page
    assert "buyer@cust.example" in page
    assert "Attach to the record" in page
    assert "订单确认书" in page  # the subject, in the language of the paper


def test_a_paper_is_kept_with_the_order_in_the_chosen_language(
    host: Host, reader: FlaskClient, order: str
) -> None:
    sent = reader.post(f"{order}/printouts/confirmation/attach", data={"language": "zh_Hans"})

    assert (sent.status_code, sent.location.endswith("#tab-files")) == (302, True)
    with host.database.wide_session() as wide:
        [name] = wide.scalars(select(Attachment.name)).all()
    assert name.startswith("订单确认书")


@pytest.mark.usefixtures("with_mail")
def test_a_paper_is_mailed_and_what_was_typed_wrong_stays(
    host: Host, reader: FlaskClient, order: str
) -> None:
    typed = {"to": "nobody", "subject": "Your order", "message": "Here it is.", "language": "en"}

    wrong = reader.post(f"{order}/printouts/confirmation/mail", data=typed)
    assert wrong.status_code == 422
    assert "This must be an e-mail address." in wrong.text
    assert "Here it is." in wrong.text

    sent = reader.post(
        f"{order}/printouts/confirmation/mail", data={**typed, "to": "buyer@cust.example"}
    )
    assert sent.status_code == 302
    with host.database.wide_session() as wide:
        mail, file = wide.execute(select(Mail, MailFile).join(MailFile)).one()
        assert (mail.recipient, mail.subject) == ("buyer@cust.example", "Your order")
        assert "Here it is." in mail.plain
        assert len(PdfDocument(file.content)) == 1


@pytest.mark.usefixtures("with_mail")
def test_who_only_reads_prints_and_neither_keeps_nor_mails(
    host: Host, login: Any, order: str
) -> None:
    make_user(host, "vera", company="TW01", roles=("sales.viewer",))
    vera = login("vera")

    page = vera.get(f"{order}/print")
    assert page.status_code == 200
    assert "/attach" not in page.text
    for deed in ("attach", "mail"):
        assert vera.post(f"{order}/printouts/confirmation/{deed}").status_code == 403


def test_a_logo_that_was_uploaded_stands_on_the_paper(reader: FlaskClient, order: str) -> None:
    bare = reader.get(f"{order}/printouts/confirmation").data
    logo = (BytesIO(LOGO), "logo.png")
    saved = reader.post("/papers/letterhead", data={**FILLED, "version": "0", "logo": logo})
    broken = (BytesIO(LOGO[:8] + b"broken"), "logo.png")
    refused = reader.post("/papers/letterhead", data={**FILLED, "version": "1", "logo": broken})

    assert (saved.status_code, refused.status_code) == (303, 422)
    assert "This picture cannot be printed." in refused.text
    assert reader.get("/papers/logo").data == LOGO
    assert b"/Subtype /Image" not in bare
    assert b"/Subtype /Image" in reader.get(f"{order}/printouts/confirmation").data
