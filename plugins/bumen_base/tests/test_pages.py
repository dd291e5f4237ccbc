"""What people see of master data: sections, ways to reach somebody, questions before it counts."""

import re

import pytest
from flask.testing import FlaskClient

from bumen.host import Host

ADD = "/base/customers/add"
TYPED = {
    "name": "Teahouse",
    "phone": "(02) 2755-3180",
    "email": "tea@example.com",
    "website": "www.example.com",
    "tags": "0912 345 678",
}


@pytest.fixture
def page(reader: FlaskClient) -> str:
    """The page of a new customer."""
    return reader.get(reader.post(ADD, data=TYPED).location).text


def test_whoever_is_named_can_be_called_written_to_and_visited(page: str) -> None:
    links = re.findall(r'<dd><a href="((?:tel|mailto|https?):[^"]+)"', page)

    assert links == ["tel:0227553180", "mailto:tea@example.com", "https://www.example.com"]


def test_blocking_and_archiving_ask_first(page: str) -> None:
    asked = ["Block this customer?", "it can be taken back. Archive it?"]

    assert [question in page for question in asked] == [True, True]


def test_saving_all_the_same_is_a_button_of_its_own(host: Host, reader: FlaskClient) -> None:
    reader.post(ADD, data=TYPED)

    stopped = reader.post(ADD, data=TYPED)

    assert (stopped.status_code, 'name="_sure" value="1"' in stopped.text) == (409, True)
    assert 'type="hidden" name="_sure"' not in stopped.text
