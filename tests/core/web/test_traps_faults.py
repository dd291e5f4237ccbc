"""What Flask-AppBuilder tells of faults and refusals, and ours does not: each trap by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.exceptions import default_exceptions

from bumen.errors import BusinessError, Conflict, Forbidden, InvalidInput, NotFound
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_user
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import session
from kitchen.resources import Dishes
from kitchen.services import write_down
from tests.core.web.beginnings import DISHES, PLAIN, PLUGINS, SUPPLIERS, made, two_kitchens
from tests.core.web.conftest import World
from tests.core.web.test_bad_input import assert_error

SECRET = "the safe opens with 4711"
FAULT = "Something went wrong on our side."
NOWHERE = "postgresql+psycopg://cook:4711@127.0.0.1:1/kitchen"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def kitchens(host: Host, workbench: Workbench) -> World:
    return two_kitchens(host, workbench)


class TooSalty(BusinessError):
    """The refusal of a dish nobody could eat."""


def fail(dish: Any) -> None:
    raise RuntimeError(SECRET)


def divide_by_nothing(dish: Any) -> None:
    dish.price /= 0


def ask_for_a_table_that_is_not_there(dish: Any) -> None:
    session().connection().execute(text("SELECT the_safe FROM opens_with_4711"))


def read_the_other_kitchen(dish: Any) -> None:
    session().execute(text("SELECT * FROM kitchen_dish"))


def commit(dish: Any) -> None:
    session().add(dish)
    session().connection().exec_driver_sql("INSERT INTO kitchen_nothing VALUES (4711)")


@pytest.mark.parametrize(
    "clumsy",
    [
        fail,
        divide_by_nothing,
        ask_for_a_table_that_is_not_there,
        read_the_other_kitchen,
        commit,
    ],
)
def test_a_fault_is_answered_without_details(
    kitchens: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    clumsy: Callable[[Any], None],
) -> None:
    def clumsily(dish: Any, *, by: Any) -> None:
        write_down(dish, by=by)
        clumsy(dish)

    before = kitchens.rows()
    monkeypatch.setattr(Dishes, "on_create", staticmethod(clumsily))

    answer = kitchens.call("POST", DISHES, json=PLAIN, headers={"Accept-Language": "en"})
    page = kitchens.browser("anna").post(
        "/kitchen/dishes/add", data=PLAIN, headers={"Accept-Language": "en"}
    )

    assert (answer.status_code, answer.json["error"]["code"]) == (500, "fault")
    assert answer.json["error"]["message"].startswith(FAULT)
    assert_error(answer)
    assert page.status_code == 500
    assert FAULT in page.text
    for said in (answer.text, page.text):
        assert "4711" not in said
        assert "kitchen" not in said
    logged = [record for record in caplog.records if record.exc_info]
    assert [record.getMessage() for record in logged] == [
        f"request {one.headers['X-Request-Id']} failed" for one in (answer, page)
    ]
    monkeypatch.undo()
    assert kitchens.rows() == before
    made(kitchens, DISHES, **PLAIN)


@pytest.mark.parametrize(
    ("refusal", "status", "code", "fields"),
    [
        (TooSalty("Too salty."), 422, "too_salty", {}),
        (TooSalty("Too salty.", field="price"), 422, "too_salty", {"price": ["Too salty."]}),
        (InvalidInput({"code": ["Taken."]}), 422, "invalid", {"code": ["Taken."]}),
        (Conflict("Too late."), 409, "conflict", {}),
        (Forbidden(), 403, "forbidden", {}),
        (NotFound(), 404, "not_found", {}),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_refusal_is_answered_by_its_own_status(
    kitchens: World,
    monkeypatch: pytest.MonkeyPatch,
    refusal: BusinessError,
    status: int,
    code: str,
    fields: dict[str, list[str]],
) -> None:
    def refuse(dish: Any, *, by: Any) -> None:
        session().add(dish)
        session().flush()
        raise refusal

    before = kitchens.rows()
    monkeypatch.setattr(Dishes, "on_create", staticmethod(refuse))

    answer = kitchens.call("POST", DISHES, json=PLAIN, headers={"Accept-Language": "en"})

    error = answer.json["error"]
    assert (answer.status_code, error["code"], error["fields"]) == (status, code, fields)
    assert error["message"] == str(refusal.message)
    assert_error(answer)
    assert kitchens.rows() == before


def test_what_the_database_refuses_is_told_without_sql(kitchens: World) -> None:
    made(kitchens, DISHES, **PLAIN)
    other = made(kitchens, DISHES, **{**PLAIN, "code": "STEW"})
    taken = {"code": ["There is already a record with this value in “Code”."]}
    for method, url, sent in (
        ("POST", DISHES, PLAIN),
        ("PUT", f"{DISHES}{other}", {"version": 1, "code": "SOUP"}),
    ):
        answer = kitchens.call(method, url, json=sent, headers={"Accept-Language": "en"})

        assert (answer.status_code, answer.json["error"]["fields"]) == (422, taken)
        assert_error(answer)
        assert "kitchen_dish" not in answer.text


def test_a_database_that_is_away_is_told_to_nobody(kitchens: World, host: Host) -> None:
    browser, token = kitchens.browser("anna"), kitchens.token("anna")
    headers = {"Authorization": f"Bearer {token}"}
    address = host.database.url
    host.database.connect(NOWHERE)
    try:
        for url in (DISHES, "/api/v1/_openapi"):
            for asker in (browser.get(url), kitchens.app.test_client().get(url, headers=headers)):
                assert asker.status_code == 500
                assert_error(asker)
        for url in ("/", "/kitchen/dishes/list/", "/users/list/", "/nowhere"):
            page = browser.get(url, headers={"Accept-Language": "en"})
            assert page.status_code == 500, url
            assert FAULT in page.text
            assert page.headers["X-Request-Id"] in page.text
            assert "4711" not in page.text
        for watcher in (browser, kitchens.app.test_client()):
            assert watcher.get("/health").status_code == 200
            assert watcher.get("/ready").status_code == 503
            assert "4711" not in watcher.get("/ready").text
    finally:
        host.database.connect(address)
    assert browser.get(DISHES).status_code == 200


STALE = {"name": "Barn", "version": 7}
ERRORS: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", SUPPLIERS, {"data": b"{", "content_type": "application/json"}, 400, "malformed"),
    ("POST", SUPPLIERS, {"data": b"{}", "content_type": "text/plain"}, 400, "malformed"),
    ("GET", SUPPLIERS, {"by": None}, 401, "not_signed_in"),
    ("PUT", f"{SUPPLIERS}1", {"by": None, "json": STALE}, 401, "not_signed_in"),
    ("POST", SUPPLIERS, {"by": "guest", "json": {"name": "Barn"}}, 403, "forbidden"),
    ("GET", "/api/v1/menu/", {"by": "guest"}, 403, "forbidden"),
    ("GET", f"{SUPPLIERS}987654", {}, 404, "not_found"),
    ("DELETE", f"{SUPPLIERS}1", {}, 404, "not_found"),
    ("PATCH", f"{SUPPLIERS}1", {"json": STALE}, 405, "method_not_allowed"),
    ("PUT", f"{SUPPLIERS}1", {"json": STALE}, 409, "stale_version"),
    ("POST", SUPPLIERS, {"json": {"name": "x" * 2000}}, 413, "too_large"),
    ("POST", SUPPLIERS, {"json": {}}, 422, "invalid"),
]


def test_every_error_has_the_same_shape(
    kitchens: World, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(host, "guest", company="TW01")
    assert made(kitchens, SUPPLIERS, name="Farm") == 1
    monkeypatch.setitem(kitchens.app.config, "MAX_CONTENT_LENGTH", 1000)
    for method, url, options, status, code in ERRORS:
        answer = kitchens.call(method, url, **options)

        assert (answer.status_code, answer.json["error"]["code"]) == (status, code), (method, url)
        assert_error(answer)


def test_no_library_speaks_for_us(kitchens: World) -> None:
    for status, error in default_exceptions.items():
        with kitchens.app.test_request_context("/api/v1/kitchen/dishes/"):
            answer = kitchens.app.make_response(kitchens.app.handle_user_exception(error(SECRET)))

        assert answer.status_code == status
        assert list(answer.json["error"]) == ["code", "message", "fields", "request_id"]
        assert "4711" not in answer.get_data(as_text=True)


def test_an_unknown_address_under_api_answers_json(kitchens: World) -> None:
    for by in ("anna", None):
        for url in ("/api/", "/api/v1/", "/api/v1/kitchen/", "/api/v1/nowhere/", "/api/v2/x/1"):
            for method in ("GET", "POST", "DELETE"):
                answer = kitchens.call(method, url, by=by, json={})

                assert (answer.status_code, answer.mimetype) == (404, "application/json"), url
                assert_error(answer)
    assert kitchens.call("GET", "/nowhere", by=None).mimetype == "text/html"
