"""An offer on paper, in both scripts."""

import io

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from bumen import CurrentCompany, create_record, current
from bumen.host import Host
from bumen_sales.resources import Quotations


@pytest.mark.parametrize(
    ("language", "customer", "capitals"),
    [
        ("zh_Hant", "禾豐生活百貨", "新臺幣壹佰捌拾玖元整"),
        ("zh_Hans", "上海栖木家居", "新台币壹佰捌拾玖元整"),
    ],
)
def test_an_offer_is_printed_in_both_scripts(
    host: Host,
    company: CurrentCompany,
    reader: FlaskClient,
    make,
    language: str,
    customer: str,
    capitals: str,
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        line = {"product_id": make.product().id, "quantity": "2", "discount": "10"}
        said = {"customer_id": make.customer(name=customer).id, "lines": [line]}
        made = create_record(Quotations, said | {"terms": "30 days"}, by=current().user)
        ident, number = made.id, made.number

    printed = reader.get(
        f"/api/v1/sales/quotations/{ident}/printouts/quotation?language={language}"
    )

    assert printed.mimetype == "application/pdf", printed.text
    told = PdfDocument(io.BytesIO(printed.data))[0].get_textpage().get_text_bounded()
    assert [one for one in (number, customer, capitals, "30 days") if one not in told] == []
