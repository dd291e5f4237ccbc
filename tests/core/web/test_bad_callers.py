"""Who signs in with nonsense, or comes with a bad token, gets a clear error and is nobody."""

from typing import Any

from tests.core.web.conftest import World
from tests.core.web.test_bad_input import assert_error

SIGN_INS: list[tuple[Any, int]] = [
    ({"username": "anna\x00", "password": "x", "provider": "db"}, 400),
    ({"username": "\ud800", "password": "x", "provider": "db"}, 400),
    ({"username": ["x"], "password": "x", "provider": "db"}, 422),
    ({"username": "anna", "password": "wrong", "provider": "db"}, 401),
    ({"username": "x" * 100_000, "password": "x", "provider": "db"}, 401),
    ({}, 422),
    ([], 400),
]


def test_signing_in_survives_anything(world: World) -> None:
    for sent, status in SIGN_INS:
        answer = world.call("POST", "/api/v1/security/login", by=None, json=sent)

        assert answer.status_code == status, (sent, answer.text)
        assert_error(answer)


def test_a_bad_token_is_nobodys(world: World) -> None:
    for token in ("x", "a.b.c", "", "Bearer", "\u00ff" * 50):
        headers = {"Authorization": f"Bearer {token}"}

        answer = world.call("GET", "/api/v1/base/customers/", by=None, headers=headers)

        assert answer.status_code == 401, token
        assert_error(answer)
