"""Programs of others call in: signed with a secret both know, not old, and each thing once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bumen.activation.service import switch
from bumen.host import Host
from bumen.signed_calls import ReceivedCall
from bumen.webhooks.signing import is_signed, new_secret, signed
from tests.core.web.kitchens import Kitchen

PIN = "whsec_c2VjcmV0IG9m"
ELSE = "whsec_c2VjcmV0IG9n"


@dataclass
class Caller:
    """The program of a supplier."""

    kitchen: Kitchen
    supplier: int

    def send(
        self,
        *,
        message: str = "msg_1",
        secret: str = PIN,
        late: timedelta = timedelta(0),
        sent: str | None = None,
        to: int | None = None,
        **values: Any,
    ) -> Any:
        """Post values; `sent` is what is sent in place of what was signed."""
        text = json.dumps(values)
        headers = signed(text, message_id=message, secret=secret, at=datetime.now(UTC) + late)
        headers["Accept-Language"] = "en"
        address = f"/api/v1/kitchen/calls/delivered/{to or self.supplier}"
        return self.kitchen.app.test_client().post(
            address, data=sent or text, headers=headers, content_type="application/json"
        )


@pytest.fixture
def caller(kitchen: Kitchen) -> Caller:
    """A supplier that has a secret."""
    return Caller(kitchen, kitchen.supplier("Farm", pin=PIN))


def test_a_signed_call_is_done(caller: Caller) -> None:
    dish = caller.kitchen.dish()

    told = caller.send(dish_id=dish, servings=7)

    kept = caller.kitchen.kept(dish)
    assert (told.status_code, told.json) == (200, {"result": {"dish": "SOUP", "servings": 7}})
    assert (kept.servings, kept.supplier_id) == (7, caller.supplier)


def test_a_call_is_done_once(caller: Caller) -> None:
    dish = caller.kitchen.dish()
    caller.send(dish_id=dish, servings=7)

    again = caller.send(dish_id=dish, servings=8)

    assert (again.status_code, again.json["error"]["code"]) == (409, "already_received")
    assert caller.kitchen.kept(dish).servings == 7


def test_what_was_refused_may_come_again(caller: Caller) -> None:
    dish = caller.kitchen.dish()

    refused = caller.send(dish_id=dish, servings=0)
    done = caller.send(dish_id=dish, servings=1)

    assert refused.json["error"]["fields"] == {"servings": ["At least 1."]}
    assert (refused.status_code, done.status_code) == (422, 200)


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": ELSE},
        {"late": timedelta(minutes=-6)},
        {"late": timedelta(minutes=6)},
        {"sent": '{"dish_id": 1, "servings": 9}'},
        {"message": "m" * 101},
        {"to": 999_999},
    ],
)
def test_a_call_nobody_can_prove_is_not_done(caller: Caller, wrong: dict[str, Any]) -> None:
    dish = caller.kitchen.dish()

    refused = caller.send(dish_id=dish, servings=7, **wrong)

    assert (refused.status_code, refused.json["error"]["code"]) == (401, "not_signed_in")
    assert caller.kitchen.kept(dish).servings == 2


def test_a_caller_without_a_secret_cannot_call(kitchen: Kitchen) -> None:
    dish, without = kitchen.dish(), Caller(kitchen, kitchen.supplier("None"))
    short = Caller(kitchen, kitchen.supplier("Short", pin="too short"))

    answers = [
        without.send(dish_id=dish, servings=7).status_code,
        without.send(dish_id=dish, servings=7, secret="whsec_").status_code,
        short.send(dish_id=dish, servings=7, secret="whsec_").status_code,
    ]

    assert answers == [401, 401, 401]


def test_nobody_calls_a_department_that_is_off(caller: Caller, host: Host) -> None:
    dish = caller.kitchen.dish()
    switch(host, company="TW01", name="kitchen", enabled=False)

    assert caller.send(dish_id=dish, servings=7).status_code == 401


def test_whoever_guesses_too_often_waits(caller: Caller) -> None:
    answers = [caller.send(secret=ELSE).status_code for _turn in range(31)]

    assert (answers[:30], answers[30]) == ([401] * 30, 429)


def test_calls_are_forgotten_once_they_are_too_old(caller: Caller, host: Host) -> None:
    caller.send(dish_id=caller.kitchen.dish(), servings=7)
    with host.database.wide_session() as wide, wide.begin():
        received = wide.query(ReceivedCall).one()
        received.received_at -= timedelta(hours=1)

    host.tidy()

    with host.database.wide_session() as wide:
        assert wide.query(ReceivedCall).count() == 0


def test_what_we_sign_ourselves_is_known_as_signed() -> None:
    at, secret = datetime.now(UTC), new_secret()
    headers = signed("{}", message_id="msg_1", secret=secret, at=at)

    assert is_signed(b"{}", headers, secret=secret, at=at)
    assert not is_signed(b"{ }", headers, secret=secret, at=at)
    assert not is_signed(b"{}", {}, secret=secret, at=at)
