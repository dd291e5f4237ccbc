"""Signing in, and what the first page is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


@pytest.mark.parametrize(
    ("language", "tag"), [("zh_Hant", "zh-Hant-TW"), ("zh_Hans", "zh-Hans-CN")]
)
def test_who_signs_in_is_greeted_in_the_language_of_the_browser(
    visit: Visit, language: str, tag: str
) -> None:
    page = visit("/", language=language)

    expect(page.locator("html")).to_have_attribute("lang", tag)
    expect(page.locator("h1")).to_be_visible()
