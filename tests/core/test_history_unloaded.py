"""What was not loaded is in the history all the same."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import load_only

from bumen.host import Host
from bumen.registry import Candidate
from bumen.unit_of_work import UnitOfWork
from kitchen.models import Dish, Supplier
from tests.core.histories import KITCHEN, Cook, changed


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return KITCHEN


@pytest.fixture
def cook(host: Host) -> Cook:
    return Cook.at_work(host)


def _expired(unit: UnitOfWork, dish: Dish) -> None:
    unit.session.expire(dish)


def _after_an_attempt(unit: UnitOfWork, dish: Dish) -> None:
    with suppress(RuntimeError), unit.attempt():
        dish.recipe = "tried"
        unit.session.flush()
        raise RuntimeError


@pytest.mark.parametrize("before", [_expired, _after_an_attempt])
def test_a_change_of_what_was_forgotten_is_told(cook: Cook, before: Any) -> None:
    ident = cook.make(recipe="old")
    with cook.unit() as unit:
        dish = cook.record(unit, ident)
        before(unit, dish)
        dish.recipe = None

    assert changed(cook.history(ident)[-1]) == {"recipe": ("old", None)}


def test_a_change_of_what_was_not_asked_for_is_told(cook: Cook) -> None:
    ident = cook.make(recipe="old")
    few = load_only(Dish.id, Dish.company_id, Dish.name)
    with cook.unit() as unit:
        query = select(Dish).where(Dish.id == ident).options(few)
        unit.session.scalars(query).one().recipe = "new"

    assert changed(cook.history(ident)[-1]) == {"recipe": ("old", "new")}


def test_a_deletion_of_what_was_forgotten_tells_all_it_held(cook: Cook) -> None:
    ident = cook.make(recipe="old")
    with cook.unit() as unit:
        dish = cook.record(unit, ident)
        unit.session.delete(dish)
        unit.session.expire(dish, ["recipe"])

    assert changed(cook.history(ident)[-1])["recipe"] == ("old", None)


def test_many_at_once_are_locked_and_read_again_in_batches(cook: Cook) -> None:
    asked: list[tuple[str, int]] = []

    def listen(_c: Any, _k: Any, statement: str, given: Any, _x: Any, _many: bool) -> None:
        asked.append((statement, len(given)))

    with cook.unit() as unit:
        unit.session.add_all(Supplier(name=f"S{number}") for number in range(1200))
    event.listen(cook.host.database.engine, "before_cursor_execute", listen)
    with cook.unit() as unit:
        unit.session.execute(update(Supplier).values(name=Supplier.name + "x"))
        seen = list(asked)
    event.remove(cook.host.database.engine, "before_cursor_execute", listen)

    assert max(given for _statement, given in seen) < 600
    if not cook.host.database.is_sqlite:
        assert any("FOR UPDATE" in statement for statement, _given in seen)


def test_attached_files_may_be_as_large_as_the_settings_say(host: Host) -> None:
    settings = host.settings.model_copy(update={"largest_file_mb": 7})

    assert Host(settings, host.database, host.registry).departments.files.most_megabytes == 7
