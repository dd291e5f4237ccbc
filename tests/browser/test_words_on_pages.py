"""Nothing on any page is left in English, or in the other script, or in somebody else's dress."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from bumen.catalogues.chinese import faults
from bumen.testing.people import signed_in
from tests.browser.crawling import Page, walk
from tests.browser.shop import Shop

NAMES = {
    *(
        "Bumen",
        "English",
        "CSV",
        "XLSX",
        "XLS",
        "ODS",
        "Webhook",
        "TW",
        "CN",
        "HK",
        "MB",
        "Company",
        "SO",
        "NT",
    ),
    *("anna", "sally"),
    *(
        "JavaScript",
        "Excel",
        "ID",
        "Ctrl",
        "Alt",
        "Delete",
        "Enter",
        "Esc",
        "Tab",
        "Shift",
        "Cmd",
        "PNG",
        "JPEG",
        "WebP",
        "LINE",
        "API",
        "PDF",
        "Logo",
        "cron",
    ),
    *("YYYY", "YY", "MM", "Anna", "Lee", "App"),
}
"""What is called alike in all languages: file formats, keys, codes, and people of the tests."""
FOREIGN = re.compile(r"[A-Za-z]{2,}")
CODES = re.compile(r"\S*[@/_\d]\S*|\b[a-z]+(?:\.[A-Za-z]+)+\b|\b[A-Z2-7]{4}\b")
"""Addresses, numbers, file names, names of roles and events, and secrets typed into an app."""
TEMPLATE = re.compile(r"\s*\{[{%#]")
"""What begins like a template is written for the press, not for readers."""
DATES = re.compile(r"\d+年(?:\d+月(?:\d+日)?|第\d季度?)?")
"""Dates as each language writes them (CLDR), without spaces."""
STOCK = re.compile(r"/static/appbuilder|jquery|bootstrap\.min\.js|glyphicon|select2|fa-fw", re.I)
INLINE = re.compile(r"<[^>]*\s(?:style|on[a-z]+)\s*=\s*[\"']", re.I)


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
def test_every_word_on_every_page_is_in_the_readers_language(
    shop: Shop, app: Flask, language: str
) -> None:
    code = {"zh_Hant": "TW01", "zh_Hans": "CN01"}[language]

    pages = pages_in(shop, app, language, company=code)

    assert {page.address: found for page in pages if (found := english_on(page))} == {}
    wrong = {page.address: wrongly_written(page, language) for page in pages}
    assert {address: found for address, found in wrong.items() if found} == {}


def test_no_page_wears_flask_appbuilders_dress(shop: Shop, app: Flask) -> None:
    stock = {
        page.address: STOCK.findall(page.text) + INLINE.findall(page.text)
        for page in pages_in(shop, app, "zh_Hant", company="TW01")
    }

    assert len(stock) > 30
    assert {address: found for address, found in stock.items() if found} == {}


def pages_in(shop: Shop, app: Flask, language: str, *, company: str) -> list[Page]:
    client = signed_in(app, shop.host, "anna")
    with client.session_transaction() as kept:
        kept["company"], kept["locale"] = company, language
    return list(walk(client))


def english_on(page: Page) -> list[str]:
    """Return the sentences of a page that hold a foreign word."""
    read = [words for words in page.words if not TEMPLATE.match(words)]
    return [words for words in read if set(FOREIGN.findall(CODES.sub("", words))) - NAMES]


def wrongly_written(page: Page, language: str) -> list[str]:
    """Return what is written in the other script, or in words of the other side."""
    read = [DATES.sub("0", words) for words in page.words]
    return [told for words in read for told in faults(words, language)]
