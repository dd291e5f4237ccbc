"""The editors of templates and of the letterhead: what one puts in prints, and is seen before."""

from flask.testing import FlaskClient

from bumen.host import Host
from bumen.printing.models import Letterhead, PaperTemplate
from bumen.printing.offered import Piece, pieces_of
from bumen.printing.pressing import pressed
from bumen.printing.printing import proof
from bumen.printing.templates import Declared
from bumen.unit_of_work import session, today
from bumen_sales.models import Order
from bumen_sales.resources import Orders

CONFIRMATION = Declared(resource=Orders, printout=Orders.printouts[0])
PAPERS = "/papers/sales.orders.confirmation"
TYPED = {"heading": "晴川", "details": "Taipei", "footer": "", "language": "en", "version": "0"}


def in_loop(piece: Piece) -> str:
    """Return a piece as it stands in a template: cells of a line stand in a loop."""
    if "row." in piece.code and "for row" not in piece.code:
        return f'{{% for row in lines["lines"].rows %}}{piece.code}{{% endfor %}}'
    return piece.code


def test_everything_that_is_offered_can_be_printed(host: Host, order: int) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        groups = pieces_of(CONFIRMATION)
        body = "".join(in_loop(one) for group in groups for one in group.pieces)
        done = pressed(proof(CONFIRMATION, body, session().get(Order, order), on=today()))

    assert len(groups) > 3
    assert done.pdf.startswith(b"%PDF")


def test_fields_stand_beside_the_template_under_their_names(
    reader: FlaskClient, order: int
) -> None:
    page = reader.get(PAPERS).text

    assert 'data-insert="{{ doc.number }}"' in page
    assert 'data-insert="{{ of.customer.tax_id }}"' in page
    assert "A text for each language" in page


def test_a_letterhead_is_seen_before_it_is_kept(host: Host, reader: FlaskClient) -> None:
    tried = reader.post("/papers/letterhead/preview", data=TYPED)
    refused = reader.post("/papers/letterhead/preview", data={**TYPED, "language": "xx"})

    assert tried.status_code == 200
    assert len(tried.json["pictures"]) == 1
    assert (refused.status_code, list(refused.json["error"]["fields"])) == (422, ["language"])
    with host.database.wide_session() as wide:
        assert wide.query(Letterhead).count() == 0


def test_letterhead_and_templates_stand_in_the_history_of_settings(
    reader: FlaskClient, order: int
) -> None:
    reader.post("/papers/letterhead", data=TYPED)
    own = '{% extends "paper.html" %}{% block content %}OWN{% endblock %}'
    reader.post(PAPERS, data={"body": own, "note": "Shorter", "version": "0"})

    told = reader.get("/api/v1/core/history/?kind=papers").json["result"]
    page = reader.get("/company/history/?kind=papers").text

    assert [one["kind"] for one in told] == ["made", "made"]
    assert "Order confirmation · Version 1" in page
    assert "Shorter" in page
    assert PaperTemplate.__tablename__ not in page
