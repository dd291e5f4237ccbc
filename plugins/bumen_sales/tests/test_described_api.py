"""The OpenAPI document says of everything what is sent and what is answered, and says the truth."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.host import Host
from bumen.testing import work_off
from bumen_sales.tests.described import Document, gaps, operations_of, resolved, unlike

DOCUMENT = "/api/v1/_openapi"
_UNDESCRIBED = ("/api/v1/security/", "/api/v1/menu/", DOCUMENT)
"""Flask-AppBuilder's own, and the document itself."""


@pytest.fixture
def document(reader: FlaskClient) -> Document:
    """What an administrator is told of the API."""
    found: Document = reader.get(DOCUMENT).get_json()
    return found


def test_whatever_is_sent_or_answered_has_a_schema(document: Document) -> None:
    assert list(gaps(document)) == []


def test_every_address_of_the_api_is_described(app: Flask, document: Document) -> None:
    described = {(verb.upper(), shape(path)) for verb, path, _told in operations_of(document)}
    every = {
        (verb, shape(rule.rule))
        for rule in app.url_map.iter_rules()
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and not rule.rule.startswith(_UNDESCRIBED)
    }

    assert sorted(every - described) == []


def shape(path: str) -> str:
    """Return an address without names: what one resource or report has, others may have."""
    path = re.sub("{.*?}|<.*?>", "{}", path)
    path = re.sub("^/api/v1/(base|sales)/(reports|figures)/[^/]+", r"\2 {}", path)
    path = re.sub("^/api/v1/(base|sales)/(?!reports/|figures/)[^/]+/", "", path)
    return re.sub("(actions|approvals)/(?!preview)[^/]+$", r"\1/{}", path)


@pytest.fixture
def much(host: Host, reader: FlaskClient, sold: date) -> None:
    """A company with orders that are talked about, printed, and sent by mail."""
    order = "/api/v1/sales/orders/1"
    for address, sent in (
        (f"{order}/comments", {"text": "Hello"}),
        (f"{order}/activities", {"what": "Call", "user_id": 1, "due_on": sold.isoformat()}),
        ("/api/v1/core/tags/", {"name": "VIP"}),
        ("/api/v1/sales/orders/printouts/confirmation", {"ids": [1, 2, 3, 4]}),
        ("/api/v1/sales/reports/sales/views/", {"name": "Mine", "query": "rows=state"}),
        ("/api/v1/sales/reports/sales/mails/", {"query": "rows=state", "rhythm": "daily"}),
    ):
        assert reader.post(address, json=sent).status_code in {201, 202}, address
    assert reader.put(f"{order}/tags", json={"tags": ["VIP"]}).status_code == 200
    work_off(host)


def test_answers_are_as_they_are_described(
    reader: FlaskClient, document: Document, much: None
) -> None:
    names = {"place": "home", "key": "sales.orders.confirmation", "company_code": "TW01"}
    wrong, asked = [], 0
    for verb, path, told in operations_of(document):
        answered = told["responses"].get("200", {}).get("content", {})
        if verb != "get" or "application/json" not in answered:
            continue
        address = re.sub("{(.*?)}", lambda one: names.get(one[1], "1"), path)
        found: Any = reader.get(address)
        if found.status_code == 200:
            asked += 1
            schema = resolved(document, answered["application/json"]["schema"])
            wrong += list(unlike(document, schema, found.get_json(), path))

    assert wrong == []
    assert asked > 40
