"""What every plugin keeps in a running application; inherit it beside `PluginConformance`.

class TestConformance(PluginConformance, WebConformance):
    plugin = "sales"
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from bumen.activation.service import switch
from bumen.host import Host
from bumen.registry import Registry
from bumen.resource import Resource
from bumen.testing.people import Login
from bumen.testing.samples import Samples
from bumen.unit_of_work import CurrentCompany


class WebConformance:
    """The promises of a plugin's screens and API; a part of `PluginConformance`."""

    plugin: ClassVar[str]

    @pytest.fixture
    def samples(self, registry: Registry) -> Samples:
        """Records to test with; override it where fields have rules that types do not tell."""
        return Samples(registry)

    @pytest.fixture
    def resources(self, registry: Registry) -> list[type[Resource]]:
        """What the plugin shows."""
        return list(registry.plugins[self.plugin].plugin.resources)

    @pytest.fixture
    def visitor(self, company: CurrentCompany, login: Login) -> FlaskClient:
        """The browser of an administrator of the company."""
        return login("admin")

    def test_its_lists_ask_as_little_for_three_records_as_for_one(
        self,
        host: Host,
        company: CurrentCompany,
        visitor: FlaskClient,
        samples: Samples,
        resources: list[type[Resource]],
    ) -> None:
        """No list, on a page or through the API, asks the database once for every row."""
        addresses = [address for resource in resources for address in _lists(resource)]
        _make_one_of_each(host, company, samples, resources)
        _statements(host, visitor, addresses)  # what is remembered for good is remembered now
        for_one = _statements(host, visitor, addresses)
        for _ in range(2):
            _make_one_of_each(host, company, samples, resources)

        assert _statements(host, visitor, addresses) == for_one

    def test_its_lists_are_gone_where_it_is_off(
        self,
        host: Host,
        company: CurrentCompany,
        visitor: FlaskClient,
        resources: list[type[Resource]],
    ) -> None:
        """A department that is off answers as if it did not exist."""
        addresses = [address for resource in resources for address in _lists(resource)]
        shown = {address: visitor.get(address).status_code for address in addresses}

        switch(host, company=company.code, name=self.plugin, enabled=False)

        gone = {address: visitor.get(address).status_code for address in addresses}
        assert shown == dict.fromkeys(addresses, 200)
        assert gone == dict.fromkeys(addresses, 404)


def _lists(resource: type[Resource]) -> tuple[str, str]:
    place = f"{resource.plugin()}/{resource.path()}"
    return f"/{place}/list/", f"/api/v1/{place}/"


def _make_one_of_each(
    host: Host, company: CurrentCompany, samples: Samples, resources: list[type[Resource]]
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        for resource in resources:
            samples.record(resource)


def _statements(host: Host, visitor: FlaskClient, addresses: list[str]) -> dict[str, int]:
    """Ask for every address; return how many statements each took."""
    counted = {}
    for address in addresses:
        with _counting(host) as sent:
            assert visitor.get(address).status_code == 200, address
        counted[address] = len(sent)
    return counted


@contextmanager
def _counting(host: Host) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(host.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(host.database.engine, "before_cursor_execute", note)
