"""A regulation that was never published is known to those who write it, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bumen.host import Host
from bumen.testing.makers import make_user
from bumen.testing.people import signed_in
from tests.core.rule_books import publish, write_book
from tests.core.travelling import PLUGINS, Agency

PAGES, API = "/regulations/", "/api/v1/core/regulations/"


@pytest.fixture(scope="session")
def bumen_plugins() -> Any:
    return PLUGINS


def test_only_its_writers_know_of_a_regulation_before_it_is_published(
    app: Flask, host: Host
) -> None:
    Agency.opened(host)
    make_user(host, "guest", company="TW01")
    bob, guest = signed_in(app, host, "bob"), signed_in(app, host, "guest")
    with host.unit_of_work(company="TW01", by="bob"):
        book = publish(write_book(("1.1", "Be kind.", ""))).regulation_id
        draft = write_book(("9.1", "Layoffs.", ""), code="SECRET-01").regulation_id
    urls = (f"{PAGES}{draft}/", f"{API}{draft}")

    assert [bob.get(url).status_code for url in urls] == [200, 200]
    assert [guest.get(url).status_code for url in urls] == [404, 404]
    assert guest.get(f"{API}{book}").status_code == 200
    assert "SECRET-01" in bob.get(API).text
    assert guest.get(API).json["count"] == 1
    assert "SECRET-01" not in guest.get(PAGES).text
