"""Files whose names no database and no disk can keep are refused wherever they are sent."""

from __future__ import annotations

import io
import re

import pytest

from bumen.exchange.kinds import extension_of
from bumen.testing.people import Login
from tests.core.web.kitchens import Kitchen

RULES = b"chapter,chapter_title,clause,text\n1,A,1.1,x\n"


@pytest.mark.parametrize(
    ("name", "status"), [("a.\x00x", 400), ("a.csv", 302), ("a.zzz", 302), ("csv", 302)]
)
def test_a_regulation_is_read_from_a_file_of_any_honest_name(
    kitchen: Kitchen, login: Login, name: str, status: int
) -> None:
    cook = login("cook", company=kitchen.company.code)
    cook.post("/regulations/new", data={"code": "R", "title": "Rules"})
    cook.post("/regulations/1/begin")
    address = "/regulations/versions/1/import"
    version = re.findall(r'name="version" value="(\d+)"', cook.get(address).text)[0]

    sent = {"file": (io.BytesIO(RULES), name), "version": version}

    assert cook.post(address, data=sent).status_code == status


@pytest.mark.parametrize(
    ("name", "extension"), [("a.\x00x", ""), ("a.CSV", ".csv"), ("a.zzz", ""), ("../a.xlsx/b", "")]
)
def test_only_the_ending_of_a_known_kind_is_taken_over(name: str, extension: str) -> None:
    assert extension_of(name) == extension
