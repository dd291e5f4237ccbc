"""The discussion on a record's page: at a glance, opened, added to, with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.core.web.browsing import Form, form_in, forms_in
from tests.core.web.kitchens import Kitchen
from tests.core.web.looking import look_at

HTMX = {"HX-Request": "true"}
Statements = Callable[[], list[str]]


@pytest.fixture
def dish(kitchen: Kitchen) -> int:
    """A dish the cook has written down, which the reader may read, too."""
    kitchen.person("reader", "read")
    return kitchen.dish()


def show(ident: int) -> str:
    return f"/kitchen/dishes/show/{ident}"


def talk(ident: int) -> str:
    return f"/kitchen/dishes/{ident}/discussion"


def say(browser: FlaskClient, ident: int, text: str, **options: Any) -> TestResponse:
    """Write into the box of the discussion, and send it."""
    form = form_in(browser.get(talk(ident)), sends="/discussion")
    form.fields["text"] = text
    return browser.post(form.action, data=form.fields, **options)


def form_at(browser: FlaskClient, ident: int, sends: str) -> Form:
    """Return a form of the discussion's page."""
    return form_in(browser.get(talk(ident)), sends=sends)


def words(page: TestResponse) -> list[str]:
    """Return the texts of the comments on a page, newest first."""
    found = re.findall(r'<p class="talk-text">(.*?)</p>', page.text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one) for one in found]


def test_without_a_script_a_discussion_is_a_page(kitchen: Kitchen, dish: int) -> None:
    cook = kitchen.browser()

    answer = say(cook, dish, "Hello\nthere")

    assert (answer.status_code, answer.location) == (303, talk(dish))
    page = cook.get(talk(dish))
    assert words(page) == ["Hello\nthere"]
    assert f'href="{show(dish)}"' in page.text


def test_with_a_script_only_the_discussion_is_drawn_again(kitchen: Kitchen, dish: int) -> None:
    answer = say(kitchen.browser(), dish, "Hello", headers=HTMX)

    assert (answer.status_code, words(answer)) == (200, ["Hello"])
    assert answer.text.lstrip().startswith('<div id="discussion"')
    assert 'id="talk-due"' in answer.text
    assert "<html" not in answer.text


def test_the_piece_and_the_page_are_not_taken_for_each_other(kitchen: Kitchen, dish: int) -> None:
    cook = kitchen.browser()

    piece, page = cook.get(talk(dish), headers=HTMX), cook.get(talk(dish))

    assert "<html" not in piece.text
    assert "<html" in page.text
    assert "HX-Request" in piece.headers["Vary"]


def test_a_records_page_says_how_much_was_said_and_what_is_new(kitchen: Kitchen, dish: int) -> None:
    reader = kitchen.browser("reader")
    for text in ("one", "two"):
        say(kitchen.browser(), dish, text)

    head = re.search(r'id="head-discussion".*?</button>', reader.get(show(dish)).text, re.DOTALL)

    assert head is not None
    assert "2, 2 new" in head[0]
    assert f'hx-get="{talk(dish)}"' in reader.get(show(dish)).text


def test_what_was_shown_is_marked_as_read_and_its_author_sees_by_whom(
    kitchen: Kitchen, dish: int
) -> None:
    reader = kitchen.browser("reader")
    say(kitchen.browser(), dish, "one")

    form = form_at(reader, dish, "/discussion/read")
    answer = reader.post(form.action, data=form.fields, headers=HTMX)

    assert (answer.status_code, answer.data) == (204, b"")
    assert "Read by 1" in kitchen.browser().get(talk(dish)).text
    assert not [one for one in forms_in(reader.get(talk(dish))) if one.action.endswith("/read")]


def test_looking_at_a_discussion_changes_nothing(kitchen: Kitchen, dish: int) -> None:
    say(kitchen.browser(), dish, "one")

    for _again in range(2):
        assert "is-new" in kitchen.browser("reader").get(talk(dish)).text


def test_what_is_said_is_never_taken_for_a_page(kitchen: Kitchen, dish: int) -> None:
    cook = kitchen.browser()
    say(cook, dish, '<script>alert(1)</script> @cook javascript:alert(1) "http://a.b/?x=<b>"')

    page = cook.get(talk(dish)).text

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert '<span class="talk-named is-me">@cook</span>' in page
    assert '<a href="http://a.b/?x=" target="_blank" rel="noopener noreferrer">' in page


def test_an_author_corrects_and_withdraws_others_cannot(kitchen: Kitchen, dish: int) -> None:
    cook, reader = kitchen.browser(), kitchen.browser("reader")
    say(cook, dish, "frist")
    edit, gone = form_at(cook, dish, "/discussion/1"), form_at(cook, dish, "/discussion/1/delete")

    edit.fields["text"] = "first"
    assert cook.post(edit.action, data=edit.fields).status_code == 303
    refused = reader.post(gone.action, data=form_at(reader, dish, "/discussion").fields)
    assert refused.status_code == 403
    assert "Only who wrote this comment can change it." in refused.text
    assert words(reader.get(talk(dish))) == ["first"]
    assert cook.post(gone.action, data=gone.fields).status_code == 303
    page = reader.get(talk(dish))
    assert words(page) == []
    assert "This comment has been deleted." in page.text


@pytest.mark.parametrize(("headers", "whole"), [(HTMX, False), ({}, True)])
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    kitchen: Kitchen, dish: int, headers: dict[str, str], *, whole: bool
) -> None:
    answer = say(kitchen.browser(), dish, "@cook " * 21, headers=headers)

    assert answer.status_code == 422
    assert "One comment can mention at most 20 people." in answer.text
    assert "@cook @cook" in answer.text
    assert ("<html" in answer.text) is whole


def test_an_empty_comment_is_refused(kitchen: Kitchen, dish: int) -> None:
    assert say(kitchen.browser(), dish, " \n").status_code == 422


def test_who_was_mentioned_in_vain_is_said(kitchen: Kitchen, dish: int) -> None:
    answer = say(kitchen.browser(), dish, "@guest look", headers=HTMX)

    assert "guest cannot read this record and was not told." in answer.text


def test_long_discussions_are_read_page_by_page(kitchen: Kitchen, dish: int) -> None:
    cook = kitchen.browser()
    with kitchen.talking(dish) as said:
        for number in range(60):
            said(f"no {number}")

    first = cook.get(talk(dish), headers=HTMX)
    older = re.search(r'hx-get="([^"]*before=\d+)"', first.text)
    assert older is not None
    second = cook.get(older[1], headers=HTMX)

    assert words(first) == [f"no {number}" for number in range(59, 9, -1)]
    assert words(second) == [f"no {number}" for number in range(9, -1, -1)]
    assert "before=" not in second.text
    assert 'name="text"' in second.text
    assert "Write a comment" not in second.text
    assert cook.get(older[1]).text.count('class="talk-text"') == 10


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "1.5"])
def test_a_place_that_is_none_is_refused(kitchen: Kitchen, dish: int, asked: str) -> None:
    assert kitchen.browser().get(f"{talk(dish)}?before={asked}").status_code == 400


def test_people_are_offered_who_may_read_the_dishes(kitchen: Kitchen, dish: int) -> None:
    found = kitchen.browser().get("/kitchen/dishes/people?q=READ")

    [person] = found.json
    assert (person["label"], person["says"]) == ("reader", "reader")
    assert kitchen.browser().get("/kitchen/dishes/people?q=guest").json == []


def test_following_is_switched_by_a_button(kitchen: Kitchen, dish: int) -> None:
    reader = kitchen.browser("reader")
    for label in ("Follow", "Unfollow", "Follow"):
        form = form_at(reader, dish, "/follow")
        assert f"{label}</button>" in reader.get(talk(dish)).text
        assert reader.post(form.action, data=form.fields).status_code == 303


def test_who_may_not_read_the_record_does_not_talk_about_it(kitchen: Kitchen, dish: int) -> None:
    cook, guest = kitchen.browser(), kitchen.browser("guest")
    fields = dict(form_at(cook, dish, "/discussion").fields) | {"text": "x"}
    home = look_at(guest.get("/users/userinfo/"))
    fields["csrf_token"] = home.one("meta", name="csrf-token").attributes["content"]

    assert guest.get(talk(dish)).status_code == 403
    assert guest.post(talk(dish), data=fields).status_code == 403
    assert guest.get("/kitchen/dishes/people?q=c").status_code == 403
    assert words(cook.get(talk(dish))) == []


def test_a_form_without_the_pages_token_is_refused(kitchen: Kitchen, dish: int) -> None:
    assert kitchen.browser().post(talk(dish), data={"text": "x"}).status_code == 400


def test_a_model_that_keeps_no_discussion_has_none(kitchen: Kitchen) -> None:
    farm = kitchen.supplier()
    cook = kitchen.browser()

    assert cook.get(f"/kitchen/suppliers/{farm}/discussion").status_code == 404
    assert "head-discussion" not in cook.get(f"/kitchen/suppliers/show/{farm}").text


def test_a_discussion_takes_as_many_statements_for_one_comment_as_for_many(
    kitchen: Kitchen, dish: int, statements: Statements
) -> None:
    reader, counted = kitchen.browser("reader"), []
    reader.get(talk(dish))
    for several in (1, 3, 9):
        with kitchen.talking(dish) as said:
            for number in range(several):
                said(f"{number} @reader")
        statements()
        reader.get(talk(dish), headers=HTMX)
        counted.append(len(statements()))

    assert len(set(counted)) == 1, counted
