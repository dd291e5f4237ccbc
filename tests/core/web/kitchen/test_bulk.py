"""Many records at once: each for itself, by the rules of a single one, and told one by one."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from bumen.host import Host
from kitchen.models import Dish
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen

LIST = "/kitchen/dishes/list/"


@pytest.fixture
def kitchen(host: Host, app: Flask) -> Kitchen:
    """An open kitchen with three dishes."""
    opened = Kitchen.opened(host, app)
    for code in ("A", "B", "C"):
        opened.dish(code=code, name=f"Dish {code}")
    return opened


def chosen(kitchen: Kitchen) -> list[str]:
    """Return every dish as a list's page names it, in order of their codes."""
    with kitchen.host.unit_of_work(company="TW01") as unit:
        rows = unit.session.execute(select(Dish.id, Dish.version).order_by(Dish.code))
        return [f"{ident}:{version}" for ident, version in rows]


def points(kitchen: Kitchen) -> list[int | None]:
    """Return the points of every dish, in order of their codes."""
    with kitchen.host.unit_of_work(company="TW01") as unit:
        return list(unit.session.scalars(select(Dish.points).order_by(Dish.code)))


def post(
    kitchen: Kitchen, by: str = "cook", *, browser: FlaskClient | None = None, **sent: Any
) -> TestResponse:
    """Send what the bar of a list would send."""
    browser = browser or kitchen.browser(by)
    token = form_in(browser.get(LIST), has="csrf_token").fields["csrf_token"]
    data = {"csrf_token": token, "company": "TW01", **sent}
    return browser.post("/kitchen/dishes/bulk", data=data)


def test_an_action_is_done_with_all_of_them(kitchen: Kitchen) -> None:
    answer = post(
        kitchen, action="taste", records=chosen(kitchen), points="7", query="sort=-code&size=50"
    )

    assert (answer.status_code, points(kitchen)) == (303, [7, 7, 7])
    assert answer.location == f"{LIST}?sort=-code&size=50"


def test_one_that_is_stale_does_not_stop_the_others(kitchen: Kitchen) -> None:
    seen = chosen(kitchen)
    post(kitchen, action="taste", records=seen[1:2], points="1")

    answer = post(kitchen, action="taste", records=seen, points="7")

    assert (answer.status_code, points(kitchen)) == (200, [7, 1, 7])
    assert "2 done, 1 refused." in answer.text
    assert "Somebody else has changed this record" in answer.text
    ident = seen[1].partition(":")[0]
    assert f'<a href="/kitchen/dishes/show/{ident}">B Dish B</a>' in answer.text


def test_what_is_refused_leaves_nothing_behind(kitchen: Kitchen) -> None:
    before = chosen(kitchen)

    answer = post(kitchen, action="taste", records=before, points="11")

    assert answer.status_code == 422
    assert answer.text.count("No dish is that good.") == 3
    assert (chosen(kitchen), points(kitchen)) == (before, [None, None, None])


def test_records_that_are_not_there_are_told(kitchen: Kitchen, other_company: Any) -> None:
    with kitchen.host.unit_of_work(company="CN01") as unit:
        theirs = Dish(code="T", name="Theirs", course="main", price=1)
        unit.session.add(theirs)
        unit.session.flush()
        ident = theirs.id
    seen = chosen(kitchen)

    answer = post(kitchen, action="taste", records=[*seen, f"{ident}:1", "999999:1"], points="5")

    assert points(kitchen) == [5, 5, 5]
    assert "3 done, 2 refused." in answer.text
    assert answer.text.count("This does not exist.") == 2
    assert "Theirs" not in answer.text
    assert f"/kitchen/dishes/show/{ident}" not in answer.text


def test_records_are_deleted_where_they_may_be(kitchen: Kitchen) -> None:
    seen = chosen(kitchen)

    answer = post(kitchen, action="delete", records=[seen[0], seen[1].replace(":1", ":9")])

    assert kitchen.dishes() == ["B", "C"]
    assert "1 done, 1 refused." in answer.text


def test_people_are_asked_before_anything_is_done(kitchen: Kitchen) -> None:
    seen, browser = chosen(kitchen), kitchen.browser()

    asked = post(kitchen, browser=browser, action="taste", records=seen, ask="1")
    deleting = post(kitchen, action="delete", records=seen, ask="1")

    assert (asked.status_code, points(kitchen)) == (200, [None, None, None])
    assert "3 records will be deleted for good." in deleting.text
    form = form_in(asked, sends="/bulk")
    assert form.fields.getlist("records") == seen
    form.fields["points"] = "4"
    browser.post(form.action, data=form.fields)
    assert (points(kitchen), len(kitchen.dishes())) == ([4, 4, 4], 3)


def test_what_an_action_needs_is_asked_for_again(kitchen: Kitchen) -> None:
    seen = chosen(kitchen)

    answer = post(kitchen, action="taste", records=seen, points="many", remark="Nice")

    assert (answer.status_code, points(kitchen)) == (422, [None, None, None])
    form = form_in(answer, sends="/bulk")
    assert (form.fields["points"], form.fields["remark"]) == ("many", "Nice")
    assert form.fields.getlist("records") == seen
    assert "This must be a whole number." in answer.text


def test_whoever_may_not_do_it_does_it_with_none(kitchen: Kitchen) -> None:
    kitchen.person("waiter", "read")
    kitchen.person("taster", "read", "taste")
    seen = chosen(kitchen)

    assert post(kitchen, "waiter", action="taste", records=seen, points="1").status_code == 403
    assert post(kitchen, "taster", action="delete", records=seen).status_code == 403
    assert points(kitchen) == [None, None, None]
    assert post(kitchen, "taster", action="taste", records=seen, points="1").status_code == 303


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"action": "nope", "records": ["1:1"]}, 404),
        ({"records": ["1:1"]}, 404),
        ({"action": "taste", "records": ["1"]}, 400),
        ({"action": "taste", "records": ["x:1"]}, 400),
        ({"action": "taste", "records": ["1:1x"]}, 400),
        ({"action": "taste", "records": [f"{'9' * 40}:1"]}, 400),
        ({"action": "taste", "records": ["²:1"]}, 400),
        ({"action": "taste", "points": "1"}, 303),
        ({"action": "taste", "records": [f"{n}:1" for n in range(501)], "points": "1"}, 422),
        ({"action": "taste", "records": ["1:1"], "company": "CN01"}, 409),
        ({"action": "taste", "records": ["1:1"], "csrf_token": "forged"}, 400),
    ],
)
def test_what_makes_no_sense_is_refused(
    kitchen: Kitchen, sent: dict[str, Any], status: int
) -> None:
    assert post(kitchen, **sent).status_code == status
    assert points(kitchen) == [None, None, None]


@pytest.mark.parametrize(
    "query", ["endpoint=x", "_scheme=evil", "_external=1&_scheme=ftp", "_anchor=a", "_method=GET"]
)
def test_a_list_that_was_never_offered_is_gone_back_to_as_it_was_named(
    kitchen: Kitchen, query: str
) -> None:
    answer = post(kitchen, action="delete", records=chosen(kitchen)[:1], query=query)

    assert answer.status_code == 303
    assert answer.location == f"{LIST}?{query}"
    assert len(points(kitchen)) == 2
    assert kitchen.browser("cook").get(answer.location).status_code == 400
