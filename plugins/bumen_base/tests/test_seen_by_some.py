"""Files and bulk actions reach as far as their user sees, and no further."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen import CurrentCompany, create_record
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_base.models import Customer
from bumen_base.resources import Customers

LIST = "/base/customers"


@pytest.fixture
def editor(host: Host, company: CurrentCompany, login: Callable[[str], FlaskClient]) -> FlaskClient:
    """The browser of somebody who sees all customers but the confidential ones."""
    make_user(host, "editor", company="TW01", roles=["base.editor"])
    with host.unit_of_work(company="TW01", by="admin") as unit:
        for name in ("Plain", "Secret"):
            values = {"name": name, "confidential": name == "Secret"}
            create_record(Customers, values, by=unit.user)
    return login("editor")


def test_a_file_has_only_what_its_reader_sees(editor: FlaskClient) -> None:
    told = editor.get(f"{LIST}/export?columns=name").data.decode("utf-8-sig")

    assert told.split() == ["名稱", "Plain"]


def test_a_bulk_action_leaves_alone_what_its_user_does_not_see(
    host: Host, editor: FlaskClient
) -> None:
    with host.unit_of_work(company="TW01") as unit:
        every = unit.session.execute(select(Customer.id, Customer.version)).all()
    records = [f"{ident}:{version}" for ident, version in every]

    answer = editor.post(f"{LIST}/bulk", data={"action": "activate", "records": records})

    assert answer.status_code == 200
    assert "Secret" not in answer.text
    with host.unit_of_work(company="TW01") as unit:
        states = dict(unit.session.execute(select(Customer.name, Customer.state)).all())
    assert states == {"Plain": "active", "Secret": "prospect"}
