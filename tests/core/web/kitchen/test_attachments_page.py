"""The tab of a record's files: what it shows, and what may be done there."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bumen.web.pages.files import size_of
from tests.core.attached import PDF, PNG, TEXT
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen

PART = {"HX-Request": "true"}


def show(dish: int) -> str:
    return f"/kitchen/dishes/show/{dish}"


def attach(browser: FlaskClient, dish: int, *files: tuple[str, bytes], part: bool) -> TestResponse:
    form = form_in(browser.get(show(dish)), sends="/files")
    sent = {name: form.fields[name] for name in ("csrf_token", "company")}
    chosen = [(io.BytesIO(content), name) for name, content in files]
    headers = PART if part else {}
    return browser.post(form.action, data={**sent, "file": chosen}, headers=headers)


def test_files_are_attached_without_any_script(kitchen: Kitchen) -> None:
    cook, dish = kitchen.browser(), kitchen.dish()

    sent = attach(cook, dish, ("菜單.pdf", PDF), ("備註.txt", TEXT), part=False)

    assert (sent.status_code, sent.location) == (302, f"{show(dish)}#tab-files")
    page = cook.get(show(dish)).text
    assert "菜單.pdf, 備註.txt has been attached." in page
    assert page.count('class="files-one"') == 2


def test_a_script_gets_the_tab_alone(kitchen: Kitchen) -> None:
    cook, dish = kitchen.browser(), kitchen.dish()

    drawn = attach(cook, dish, ("菜單.pdf", PDF), part=True)

    assert drawn.status_code == 200
    assert "菜單.pdf" in drawn.text
    assert "<html" not in drawn.text


def test_pictures_are_seen_small_and_documents_by_a_sign(kitchen: Kitchen) -> None:
    cook, dish = kitchen.browser(), kitchen.dish()

    drawn = attach(cook, dish, ("photo.png", PNG), ("text.txt", TEXT), part=True).text

    assert drawn.count("<img ") == 1
    assert "?inline=1" in drawn.partition("<img ")[2].partition(">")[0]


def test_a_refusal_is_said_on_the_tab_and_on_the_page(kitchen: Kitchen) -> None:
    cook, dish = kitchen.browser(), kitchen.dish()

    drawn = attach(cook, dish, ("run.exe", b"MZ"), part=True)
    sent = attach(cook, dish, ("run.exe", b"MZ"), part=False)

    said = "Files like “run.exe” cannot be attached here."
    assert (drawn.status_code, said in drawn.text) == (422, True)
    assert said in cook.get(sent.location).text


def test_a_file_is_taken_away_from_the_page(kitchen: Kitchen) -> None:
    cook, dish = kitchen.browser(), kitchen.dish()
    attach(cook, dish, ("a.pdf", PDF), part=True)
    away = form_in(cook.get(show(dish)), sends="/drop")

    drawn = cook.post(away.action, data=away.fields, headers=PART)

    assert drawn.status_code == 200
    assert "a.pdf</a>" not in drawn.text
    assert list(kitchen.host.departments.files.names()) == []


def test_who_only_reads_sees_files_and_no_way_to_change_them(kitchen: Kitchen) -> None:
    dish = kitchen.dish()
    attach(kitchen.browser(), dish, ("a.pdf", PDF), part=True)
    kitchen.person("reader", "read")
    reader = kitchen.browser("reader")

    page = reader.get(show(dish)).text

    assert "a.pdf" in page
    assert "/files" not in page.partition("data-files")[2].partition("tab-pane")[0]


@pytest.mark.parametrize("address", ["/kitchen/suppliers/1/files", "/kitchen/dishes/77/files"])
def test_what_keeps_no_files_or_is_not_there_takes_none(kitchen: Kitchen, address: str) -> None:
    kitchen.supplier()
    browser = kitchen.browser()
    token = form_in(browser.get("/kitchen/dishes/add")).fields["csrf_token"]

    assert browser.post(address, data={"csrf_token": token}).status_code == 404


def test_the_page_asks_as_little_for_three_files_as_for_one(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    cook, counted = kitchen.browser(), []
    dish = kitchen.dish()
    for number in range(3):
        attach(cook, dish, (f"{number}.pdf", PDF), part=True)
        cook.get(show(dish))
        statements()
        cook.get(show(dish))
        counted.append(len(statements()))

    assert len(set(counted)) == 1


@pytest.mark.parametrize(
    ("size", "told"), [(0, "0 B"), (1023, "1023 B"), (2048, "2 KB"), (2621440, "2.5 MB")]
)
def test_sizes_are_told_as_people_say_them(size: int, told: str) -> None:
    assert size_of(size) == told
