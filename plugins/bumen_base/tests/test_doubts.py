"""Who may be there already is shown before a customer is kept, and kept when asked again."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from bumen import CurrentCompany
from bumen.host import Host
from bumen_base.models import Customer

ADD = "/base/customers/add"


def customers(host: Host, company: CurrentCompany) -> int:
    with host.unit_of_work(company=company.code) as unit:
        return unit.session.scalar(select(func.count()).select_from(Customer)) or 0


def test_the_form_stops_once_at_a_likely_duplicate(
    host: Host, company: CurrentCompany, login: Any
) -> None:
    browser: FlaskClient = login("admin")
    browser.post(ADD, data={"name": "宏達精密股份有限公司"})

    stopped = browser.post(ADD, data={"name": "宏達精密有限公司"})
    assert stopped.status_code == 409
    assert "宏達精密股份有限公司" in stopped.text
    assert re.search(r'<a href="/base/customers/show/\d+" target="_blank">', stopped.text)
    assert customers(host, company) == 1

    kept = browser.post(ADD, data={"name": "宏達精密有限公司", "_sure": "1"})
    assert kept.status_code == 302
    assert customers(host, company) == 2


def test_the_api_keeps_and_warns(host: Host, company: CurrentCompany, login: Any) -> None:
    browser: FlaskClient = login("admin")
    url = "/api/v1/base/customers/"
    first = browser.post(url, json={"name": "宏達精密股份有限公司"})

    second = browser.post(url, json={"name": "宏達精密有限公司"})

    assert "warnings" not in first.json
    assert [first.json["result"]["name"] in one for one in second.json["warnings"]] == [True]
