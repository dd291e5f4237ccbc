"""Many people at once: what the search knows afterwards is what a rebuild would make of it."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from sqlalchemy import select

from bumen.errors import BusinessError
from bumen.folding import folded
from bumen.listing import search_in
from bumen.records import change_record, delete_record
from bumen.search.building import rebuild
from bumen.search.checking import broken_entries
from bumen.search.command import totals
from bumen.search.models import ENTRIES
from bumen_base.models import Category
from tests.core.search.conftest import Desk

KEY = "base.categories"
WORDS = ("臺灣", "大同", "聲寶", "電子", "茶")
WRITERS, DEEDS = 4, 20


def known(desk: Desk) -> list[tuple[object, ...]]:
    """Return all entries, in a stable order."""
    columns = [one for one in ENTRIES.c if one.name != "id"]
    with desk.host.database.engine.connect() as connection:
        rows = connection.execute(select(*columns))
        return sorted((tuple(row) for row in rows), key=lambda row: row[:3])


def write(desk: Desk, number: int) -> int:
    """Make, rename and remove records that others touch as well; return how much was done."""
    dice, done = random.Random(number), 0  # noqa: S311  # the same deeds every time
    for at in range(DEEDS):
        name = f"{''.join(dice.sample(WORDS, 2))} {number}-{at}"
        with suppress(BusinessError):  # somebody else was faster
            _one_deed(desk, dice, name)
            done += 1
    return done


def _one_deed(desk: Desk, dice: random.Random, name: str) -> None:
    if dice.random() < 0.4:
        desk.category(name)
        return
    resource = desk.resource(KEY)
    with desk.unit() as unit:
        every = unit.session.scalars(select(Category).order_by(Category.id)).all()
        one = dice.choice(every)
        if dice.random() < 0.4:
            delete_record(resource, one, by=unit.user)
        else:
            change_record(resource, one, {"name": name}, by=unit.user, version=one.version)


def search(desk: Desk, ended: Event) -> int:
    """Search until the others have ended; whatever is found has the word at that moment."""
    asked = 0
    while not ended.is_set():
        word = WORDS[asked % len(WORDS)]
        with desk.unit() as unit:
            query = select(Category.name).where(search_in(desk.resource(KEY), word))
            names = unit.session.scalars(query).all()
        assert all(folded(word) in folded(name) for name in names), (word, names)
        asked += 1
    return asked


def test_after_many_wrote_at_once_the_search_knows_what_a_rebuild_would_make(desk: Desk) -> None:
    for at in range(12):
        desk.category(f"{WORDS[at % len(WORDS)]} {at}")
    ended = Event()
    with ThreadPoolExecutor(WRITERS + 2) as people:
        searching = people.submit(search, desk, ended)
        writing = [people.submit(write, desk, number) for number in range(WRITERS)]
        building = people.submit(_build, desk)
        try:
            done = [one.result(120) for one in writing]
            building.result(120)
        finally:
            ended.set()
        assert searching.result(30) > 0
    assert sum(done) > WRITERS * DEEDS / 2, done

    kept = known(desk)

    with desk.host.database.engine.connect() as connection:
        assert list(broken_entries(connection, desk.host.departments.indexed)) == []
    _build(desk)
    assert known(desk) == kept


def _build(desk: Desk) -> None:
    totals(rebuild(desk.host.database, desk.host.departments.indexed, at_once=3))
