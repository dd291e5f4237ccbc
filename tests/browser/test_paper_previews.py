"""While somebody types, the server prints one preview at a time, and the last of what was typed."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit

WAIT = 900
"""Milliseconds after which a page asks for what was typed."""


def test_no_preview_is_asked_for_before_the_one_on_its_way_is_there(visit: Visit) -> None:
    page = visit("/papers/letterhead")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/papers/letterhead/preview", hold)
    heading = page.locator("[name=heading]")

    for written in ("Q", "Qi", "Qing"):
        heading.fill(written)
        page.wait_for_timeout(WAIT)
    assert len(held) == 1

    held[0].fulfill(status=422, json={"error": {"message": "Not this one.", "fields": {}}})
    page.wait_for_timeout(WAIT)
    assert len(held) == 2
    assert "Qing" in (held[1].request.post_data or "")
    expect(page.get_by_text("Not this one.")).to_be_hidden()

    held[1].fulfill(status=422, json={"error": {"message": "The last.", "fields": {}}})
    expect(page.get_by_text("The last.")).to_be_visible()
    expect(page.locator("[data-shown]")).not_to_have_attribute("aria-busy", "true")
