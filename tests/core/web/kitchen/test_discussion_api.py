"""The discussion and the activities of a record, as programs read and write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from bumen.testing.people import signed_in
from tests.core.web.kitchens import Kitchen

Statements = Callable[[], list[str]]


class Program:
    """What one person's program does with a dish."""

    def __init__(self, kitchen: Kitchen, ident: int, name: str = "cook") -> None:
        self.client = signed_in(kitchen.app, kitchen.host, name)
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        self.base = f"/api/v1/kitchen/dishes/{ident}"

    def call(self, method: str, path: str, sent: Any = None, **headers: str) -> TestResponse:
        """Send a request about the dish."""
        url = f"{self.base}/{path}"
        return self.client.open(url, method=method, json=sent, headers=headers)

    def say(self, text: str) -> dict[str, Any]:
        """Say something, and return the comment."""
        answer = self.call("POST", "comments", {"text": text})
        assert answer.status_code == 201, answer.text
        return dict(answer.json["result"])

    def give(self, **values: Any) -> TestResponse:
        """Give somebody something to do."""
        return self.call("POST", "activities", {"what": "Taste", "due_on": "2026-11-24", **values})


@pytest.fixture
def dish(kitchen: Kitchen) -> int:
    """A dish, which the reader may read, too."""
    kitchen.person("reader", "read")
    return kitchen.dish()


@pytest.fixture
def cook(kitchen: Kitchen, dish: int) -> Program:
    return Program(kitchen, dish)


@pytest.fixture
def reader(kitchen: Kitchen, dish: int) -> Program:
    return Program(kitchen, dish, "reader")


def test_what_is_said_is_read_with_who_was_mentioned(cook: Program, reader: Program) -> None:
    made = cook.say("@reader 請看")

    page = reader.call("GET", "comments").json
    [found] = page["result"]
    assert (page["count"], page["ids"], page["next"]) == (1, [made["id"]], None)
    assert found["text"] == "@reader 請看"
    assert (found["author"]["label"], found["may_change"]) == ("cook", False)
    assert [one["label"] for one in found["mentions"]] == ["reader"]
    assert (found["read_by"], found["edited_at"], found["deleted_at"]) == ([], None, None)


def test_who_was_mentioned_in_vain_is_told_to_the_program(cook: Program) -> None:
    answer = cook.call("POST", "comments", {"text": "@guest look"})

    assert answer.json["warnings"] == ["guest cannot read this record and was not told."]


def test_a_comment_is_said_once_for_one_key(cook: Program) -> None:
    sent = [cook.call("POST", "comments", {"text": "x"}, **{"Idempotency-Key": "a"}) for _ in "ab"]

    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json == sent[1].json
    assert cook.call("GET", "comments").json["count"] == 1


def test_reading_is_told_and_seen(cook: Program, reader: Program) -> None:
    made = cook.say("x")

    assert reader.call("POST", "comments/read", {"ids": [made["id"], 10**30]}).status_code == 200

    [found] = cook.call("GET", "comments").json["result"]
    assert [one["label"] for one in found["read_by"]] == ["reader"]


def test_ones_own_words_are_changed_and_taken_back(cook: Program, reader: Program) -> None:
    path = f"comments/{cook.say('frist')['id']}"

    assert reader.call("PUT", path, {"text": "x"}).status_code == 403
    assert reader.call("DELETE", path).status_code == 403
    assert cook.call("PUT", path, {"text": "first"}).json["result"]["text"] == "first"
    assert cook.call("DELETE", path).status_code == 200
    assert cook.call("DELETE", path).status_code == 409
    [left] = reader.call("GET", "comments").json["result"]
    assert (left["text"], left["deleted_at"] is not None) == ("", True)


def test_following_is_decided(reader: Program) -> None:
    for follows in (True, False):
        assert reader.call("PUT", "followers", {"follows": follows}).json["follows"] is follows

    assert [one["label"] for one in reader.call("GET", "followers").json["result"]] == ["cook"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "comments", {}, 422),
        ("POST", "comments", {"text": ""}, 422),
        ("POST", "comments", {"text": 1}, 422),
        ("POST", "comments", {"text": "x" * 10_001}, 422),
        ("POST", "comments", {"text": "\x00"}, 422),
        ("POST", "comments", {"text": "x", "author": 1}, 422),
        ("POST", "comments", [], 400),
        ("POST", "comments/read", {"ids": "x"}, 422),
        ("POST", "comments/read", {"ids": [True]}, 422),
        ("PUT", "followers", {"follows": 1}, 422),
        ("PUT", f"comments/{10**30}", {"text": "x"}, 404),
        ("PUT", "comments/1", {"text": "x"}, 404),
        ("GET", "comments?before=x", None, 400),
        ("POST", "activities", {}, 422),
        ("POST", "activities", {"what": "x", "user_id": "y", "due_on": "2026-11-24"}, 422),
        ("POST", "activities", {"what": "x", "user_id": 10**30, "due_on": "2026-11-24"}, 422),
        ("POST", "activities", {"what": "x", "user_id": 999, "due_on": "2026-11-24"}, 422),
        ("POST", "activities", {"what": "x" * 201, "user_id": 1, "due_on": "2026-11-24"}, 422),
        ("POST", "activities", {"what": "x", "user_id": 1, "due_on": "tomorrow"}, 422),
        ("POST", f"activities/{10**30}/done", {}, 404),
        ("POST", "activities/1/done", {}, 404),
    ],
)
def test_what_does_not_fit_is_refused(
    cook: Program, method: str, path: str, sent: Any, status: int
) -> None:
    assert cook.call(method, path, sent).status_code == status


def test_something_is_given_changed_and_done(kitchen: Kitchen, cook: Program) -> None:
    made = cook.give(user_id=person(kitchen, "reader"))
    assert made.status_code == 201, made.text
    path = f"activities/{made.json['id']}"

    assert cook.call("PUT", path, {"due_on": "2026-11-25"}).json["result"]["due_on"] == "2026-11-25"
    done = cook.call("POST", f"{path}/done", {"remark": "Good"}).json["result"]

    assert (done["user"]["label"], done["done_by"]["label"]) == ("reader", "cook")
    assert (done["remark"], done["done_at"] is not None) == ("Good", True)
    assert cook.call("POST", f"{path}/done", {}).status_code == 409
    assert cook.call("DELETE", path).status_code == 409


def test_whom_an_activity_does_not_concern_changes_nothing(
    kitchen: Kitchen, cook: Program, reader: Program
) -> None:
    path = f"activities/{cook.give(user_id=person(kitchen, 'cook')).json['id']}"

    assert reader.call("POST", f"{path}/done", {}).status_code == 403
    assert reader.call("PUT", path, {"what": "x"}).status_code == 403
    assert reader.call("DELETE", path).status_code == 403
    assert cook.call("DELETE", path).status_code == 200


def test_who_may_not_read_the_record_reads_no_discussion(kitchen: Kitchen, dish: int) -> None:
    guest = Program(kitchen, dish, "guest")

    assert guest.call("GET", "comments").status_code == 403
    assert guest.call("POST", "comments", {"text": "x"}).status_code == 403
    assert guest.call("GET", "activities").status_code == 403


def test_a_model_that_keeps_no_discussion_has_none(kitchen: Kitchen, cook: Program) -> None:
    farm = kitchen.supplier()
    for path in ("comments", "followers", "activities"):
        assert cook.client.get(f"/api/v1/kitchen/suppliers/{farm}/{path}").status_code == 404


def test_lists_take_as_many_statements_for_one_as_for_many(
    kitchen: Kitchen, dish: int, cook: Program, statements: Statements
) -> None:
    counted = []
    for several in (1, 3, 9):
        with kitchen.talking(dish, "reader") as said:
            for number in range(several):
                said(f"{number}")
        cook.give(user_id=person(kitchen, "cook"), due_on=date(2026, 11, several).isoformat())
        statements()
        cook.call("GET", "comments")
        cook.call("GET", "activities")
        counted.append(len(statements()))

    assert len(set(counted)) == 1, counted


def person(kitchen: Kitchen, name: str) -> int:
    """Return a person's id."""
    with kitchen.host.unit_of_work(by=name) as unit:
        ident: int = unit.user.id
        return ident


def test_what_a_model_keeps_is_described(kitchen: Kitchen, cook: Program) -> None:
    paths = cook.client.get("/api/v1/_openapi").json["paths"]

    dishes = {path for path in paths if path.startswith("/api/v1/kitchen/dishes/{ident}/")}
    assert {path.rpartition("{ident}/")[2] for path in dishes} >= {
        "comments",
        "comments/{comment_id}",
        "comments/read",
        "followers",
        "activities",
        "activities/{activity_id}",
        "activities/{activity_id}/done",
    }
    post = paths["/api/v1/kitchen/dishes/{ident}/comments"]["post"]
    assert set(post["requestBody"]["content"]["application/json"]["schema"]["properties"]) == {
        "text"
    }
    theirs = [path for path in paths if path.startswith("/api/v1/kitchen/suppliers/{ident}/")]
    assert not [path for path in theirs if "comments" in path or "activities" in path]
