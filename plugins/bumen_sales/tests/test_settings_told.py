"""The history of settings names nothing of sales while sales is off."""

from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import select

from bumen import CurrentCompany
from bumen.activation.service import switch
from bumen.documents.numbering import CompanyNumbering
from bumen.host import Host
from bumen.model.accounts import Role
from bumen.printing.templates import Declared
from bumen.security.field_rules import set_field_rule
from bumen.visibility import Effect
from bumen_sales.resources import Orders

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
HISTORY = "/company/history/"
CONFIRMATION = Declared(resource=Orders, printout=Orders.printouts[0])
NAMES = ("Order confirmation", "Orders", "sales.orders", "sales.order")


def test_papers_and_numbers_of_sales_have_no_name_while_it_is_off(
    host: Host, company: CurrentCompany, reader: FlaskClient
) -> None:
    sent = {"body": "{{ doc.number }}", "version": "0", "note": ""}
    assert reader.post(f"/papers/{CONFIRMATION.key}", data=sent).status_code in (302, 303)
    page = told(reader, "papers")
    assert "Order confirmation" in page

    switch(host, company="TW01", name="sales", enabled=False)

    page = told(reader, "papers")
    assert "of a department that is off" in page
    assert not any(one in page for one in NAMES)


def test_rules_and_numbers_of_sales_have_no_name_while_it_is_off(
    host: Host, company: CurrentCompany, reader: FlaskClient
) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        unit.session.add(CompanyNumbering(kind="sales.order", pattern="S{number:5}"))
        role = unit.session.scalars(select(Role.id).where(Role.name == "sales.viewer")).one()
        rule = {"role_id": role, "effect": Effect.HIDDEN, "states": (), "by": None, "at": AT}
        set_field_rule(Orders, "contact", **rule)
    pages = [told(reader, kind) for kind in ("numbers", "fields")]
    assert ["Orders" in page for page in pages] == [True, True]

    switch(host, company="TW01", name="sales", enabled=False)

    for kind in ("numbers", "fields"):
        page = told(reader, kind)
        assert "of a department that is off" in page
        assert not any(one in page for one in NAMES), kind


def told(reader: FlaskClient, kind: str) -> str:
    """Return the entries of one kind of settings, without the page around them."""
    page = reader.get(HISTORY, query_string={"kind": kind}).text
    return page.partition('class="history-entries"')[2].partition("</ol>")[0]
