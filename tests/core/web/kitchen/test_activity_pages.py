"""What is to be done about a record: in sight on its page, given, changed and done there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.core.web.browsing import form_in, forms_in
from tests.core.web.kitchens import Kitchen

HTMX = {"HX-Request": "true"}


@pytest.fixture
def dish(kitchen: Kitchen) -> int:
    """A dish, which the reader may read, too."""
    kitchen.person("reader", "read")
    return kitchen.dish()


@pytest.fixture
def cook(kitchen: Kitchen, dish: int) -> FlaskClient:
    return kitchen.browser()


def show(ident: int) -> str:
    return f"/kitchen/dishes/show/{ident}"


def talk(ident: int) -> str:
    return f"/kitchen/dishes/{ident}/discussion"


def give(
    browser: FlaskClient, ident: int, what: str, *, headers: Any = None, **typed: Any
) -> TestResponse:
    """Fill the form for something to do in, for oneself, and send it."""
    form = form_in(browser.get(talk(ident)), sends="/activities")
    for name, value in {"what": what, **typed}.items():
        form.fields[name] = str(value)
    return browser.post(form.action, data=form.fields, headers=headers)


def panel(page: TestResponse) -> list[str]:
    """Return what the panel on a record's page says is to be done."""
    shown = page.text.partition('id="talk-due"')[2].partition("</section>")[0]
    return re.findall(r'<p class="talk-what">(.*?)</p>', shown)


def test_what_is_due_first_stands_on_the_records_page(cook: FlaskClient, dish: int) -> None:
    for number in range(7):
        give(cook, dish, f"no {number}", due_on=f"2026-12-{20 - number}")

    page = cook.get(show(dish))

    assert panel(page) == ["no 6", "no 5", "no 4", "no 3", "no 2"]
    assert "Show all</a> (7)" in page.text or "Show all (7)" in page.text


def test_nothing_stands_there_when_nothing_is_to_be_done(cook: FlaskClient, dish: int) -> None:
    page = cook.get(show(dish))

    assert panel(page) == []
    assert 'class="card talk-due d-none"' in page.text


def test_what_is_late_is_said_in_words(cook: FlaskClient, dish: int) -> None:
    give(cook, dish, "late", due_on="2020/1/2")

    assert "Overdue" in cook.get(show(dish)).text


def test_it_is_done_from_the_page_without_a_script(cook: FlaskClient, dish: int) -> None:
    give(cook, dish, "Taste")
    form = form_in(cook.get(show(dish)), sends="/done")

    form.fields["remark"] = "Too salty"
    answer = cook.post(form.action, data=form.fields)

    assert (answer.status_code, answer.location) == (303, show(dish))
    assert panel(cook.get(show(dish))) == []
    assert "Too salty" in cook.get(talk(dish)).text


def test_with_a_script_panel_and_discussion_are_drawn_together(
    cook: FlaskClient, dish: int
) -> None:
    answer = give(cook, dish, "Taste", headers=HTMX)

    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in answer.text
    assert panel(answer) == ["Taste"]


def test_what_is_refused_says_why_and_keeps_what_was_typed(cook: FlaskClient, dish: int) -> None:
    answer = give(cook, dish, "Taste", due_on="", headers=HTMX)

    assert answer.status_code == 422
    assert "This field is required." in answer.text
    assert 'value="Taste"' in answer.text


def test_nobody_is_given_anything_whose_number_nobody_has(cook: FlaskClient, dish: int) -> None:
    give(cook, dish, "Taste")
    change = form_in(cook.get(talk(dish)), sends="/activities/1")
    nobody = {**change.fields, "user_id": str(2**31)}
    activities = f"/api/v1/kitchen/dishes/{dish}/activities"
    asked = {"what": "Taste", "user_id": 2**31, "due_on": "2026-12-01"}

    assert give(cook, dish, "Taste", user_id=2**31).status_code == 422
    assert cook.post(change.action, data=nobody, headers=HTMX).status_code == 422
    headers = {"X-CSRFToken": change.fields["csrf_token"]}
    assert cook.post(activities, json=asked, headers=headers).status_code == 422


def test_what_is_done_meanwhile_is_said_above(cook: FlaskClient, dish: int) -> None:
    give(cook, dish, "Taste")
    form = form_in(cook.get(talk(dish)), sends="/done")
    cook.post(form.action, data=form.fields)

    again = cook.post(form.action, data=form.fields, headers=HTMX)

    assert again.status_code == 409
    assert "This activity has been done already." in again.text


def test_it_is_changed_and_taken_back(cook: FlaskClient, dish: int) -> None:
    give(cook, dish, "Taste")
    page = cook.get(talk(dish))
    change, drop = form_in(page, sends="/activities/1"), form_in(page, sends="/drop")

    change.fields["what"] = "Taste twice"
    cook.post(change.action, data=change.fields)
    assert panel(cook.get(show(dish))) == ["Taste twice"]
    cook.post(drop.action, data=drop.fields)
    assert panel(cook.get(show(dish))) == []


def test_whom_it_does_not_concern_is_offered_nothing(kitchen: Kitchen, dish: int) -> None:
    give(kitchen.browser(), dish, "Taste")
    reader = kitchen.browser("reader")

    page = reader.get(talk(dish))

    assert [one.action for one in forms_in(page) if "/activities/" in one.action] == []
    token = form_in(page, sends="/activities").fields
    refused = reader.post(f"/kitchen/dishes/{dish}/activities/1/done", data=token)
    assert refused.status_code == 403


def test_a_page_takes_no_more_statements_for_many_than_for_one(
    cook: FlaskClient, dish: int, statements: Any
) -> None:
    counted = []
    for _more in range(3):
        give(cook, dish, "Taste")
        statements()
        cook.get(show(dish))
        counted.append(len(statements()))

    assert len(set(counted)) == 1, counted
