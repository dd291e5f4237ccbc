"""Keys by which programs work for somebody: how far they reach, and when they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from bumen.activation.service import switch
from bumen.company.models import Membership
from bumen.model.accounts import User
from bumen.registry import Candidate
from bumen.security.api_keys import MOST_KEYS, ApiKey
from bumen.testing.workbench import Workbench
from tests.core.web.beginnings import PLUGINS, two_kitchens
from tests.core.web.browsing import form_in, send_form
from tests.core.web.conftest import World

KEYS, DISHES = "/keys/", "/api/v1/kitchen/dishes/"
FARM = {"name": "Farm"}
SUPPLIERS = "/api/v1/kitchen/suppliers/"
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (*PLUGINS, Candidate("notes", "notes"))


@pytest.fixture
def kitchens(host: Any, workbench: Workbench) -> Iterator[World]:
    """Two kitchens, on a day that does not move by itself."""
    with time_machine.travel(NOW, tick=False):
        world = two_kitchens(host, workbench)
        switch(host, company="TW01", name="notes", enabled=True)
        yield world


def made(world: World, *, by: str = "anna", **sent: Any) -> str:
    """Make a key on the page for that and return what is shown once."""
    browser = world.browser(by)
    page = add(world, browser, **sent)
    assert page.status_code == 200
    return re.findall(r'key-text">([^<]+)<', page.text)[0]


def add(world: World, browser: Any, **sent: Any) -> TestResponse:
    form = form_in(browser.get(KEYS), sends="/keys/add")
    return send_form(browser, KEYS, form, **{"name": "Web shop", "reach": "write", **sent})


def show(world: World, key: str, url: str = SUPPLIERS, method: str = "GET", **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}", **more.pop("headers", {})}
    return world.call(method, url, by=None, headers=headers, **more)


def test_a_key_works_for_its_person(kitchens: World) -> None:
    key = made(kitchens)

    answered = show(kitchens, key, method="POST", json=FARM)

    assert answered.status_code == 201
    assert show(kitchens, key).json["count"] == 1


def test_a_key_that_only_reads_changes_nothing(kitchens: World) -> None:
    key = made(kitchens, reach="read")

    assert show(kitchens, key).status_code == 200
    assert show(kitchens, key, method="POST", json=FARM).status_code == 403
    assert show(kitchens, key).json["count"] == 0


def test_a_key_reaches_only_the_departments_it_was_made_for(kitchens: World) -> None:
    key = made(kitchens, departments="notes")

    assert show(kitchens, key).status_code == 403
    assert show(kitchens, key, "/api/v1/notes/notes/").status_code == 200


def test_a_key_opens_no_other_company(kitchens: World) -> None:
    key = made(kitchens)

    assert show(kitchens, key, headers={"X-Company": "CN01"}).status_code == 404


def test_a_key_signs_nobody_in_on_screens(kitchens: World) -> None:
    key = made(kitchens)

    assert show(kitchens, key, "/kitchen/dishes/list/").status_code == 302


def test_a_key_ends_with_its_time(kitchens: World) -> None:
    key = made(kitchens, life="30")

    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert show(kitchens, key).status_code == 401


def test_a_key_that_was_ended_opens_nothing(kitchens: World) -> None:
    key = made(kitchens)
    browser = kitchens.browser("anna")

    (ident,) = re.findall(r"/keys/end/(\d+)", browser.get(KEYS).text)
    done = send_form(browser, KEYS, form_in(browser.get(KEYS), sends=f"/keys/end/{ident}"))

    assert done.status_code == 302
    assert show(kitchens, key).status_code == 401


def test_nobody_ends_somebody_elses_key(kitchens: World) -> None:
    key = made(kitchens)
    with kitchens.host.database.wide_session() as wide:
        ident = wide.scalars(select(ApiKey.id)).one()

    assert kitchens.browser("ben").post(f"/keys/end/{ident}").status_code == 404
    assert show(kitchens, key).status_code == 200


@pytest.mark.parametrize("change", ["locked", "left"])
def test_who_is_locked_or_leaves_has_no_key_any_more(kitchens: World, change: str) -> None:
    key = made(kitchens)
    with kitchens.host.database.wide_session() as wide, wide.begin():
        anna = wide.scalars(select(User).where(User.username == "anna")).one()
        if change == "locked":
            wide.execute(update(User).where(User.id == anna.id).values(active=False))
        else:
            place = wide.scalars(select(Membership).where(Membership.user_id == anna.id)).one()
            wide.delete(place)

    assert show(kitchens, key).status_code == 401


@pytest.mark.parametrize("text", ["bumen_", "bumen_wrong", "bumen_" + "x" * 5000, "bumen_\u00e9"])
def test_what_is_no_key_opens_nothing(kitchens: World, text: str) -> None:
    assert show(kitchens, text.encode().decode("latin-1")).status_code == 401


def test_the_text_of_a_key_is_kept_nowhere(kitchens: World) -> None:
    key = made(kitchens)

    with kitchens.host.database.wide_session() as wide:
        kept = wide.scalars(select(ApiKey)).one()
        assert key not in {str(value) for value in vars(kept).values()}
    assert key not in kitchens.browser("anna").get(KEYS).text


def test_it_is_known_when_a_key_was_last_used(kitchens: World) -> None:
    key = made(kitchens)

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        show(kitchens, key)

    with kitchens.host.database.wide_session() as wide:
        assert wide.scalars(select(ApiKey.used_at)).one() == NOW + timedelta(days=1)


def test_there_are_not_too_many_keys(kitchens: World) -> None:
    browser = kitchens.browser("anna")

    answers = [add(kitchens, browser).status_code for _number in range(MOST_KEYS + 1)]

    assert answers == [200] * MOST_KEYS + [422]


@pytest.mark.parametrize(
    "sent", [{"name": ""}, {"life": "9999"}, {"reach": "all"}, {"departments": "moon"}]
)
def test_a_key_that_makes_no_sense_is_refused(kitchens: World, sent: dict[str, Any]) -> None:
    assert add(kitchens, kitchens.browser("anna"), **sent).status_code == 422
