"""The daily mail: at eight where the company is, once, with what is overdue, waits and is new."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import insert, select, update

from bumen.activation.service import switch
from bumen.delivering import send_letters, write_daily_mail
from bumen.inbox.digest import AT_ONCE
from bumen.model.accounts import User
from bumen.notices import Delivery, Notice, NoticeKind
from bumen.notices.models import NoticeWish
from bumen.testing.makers import make_user
from tests.core.letterboxes import Letterbox, mail_of, reaches
from tests.core.web.desks import Desks

TAIPEI = ZoneInfo("Asia/Taipei")
SUNDAY, MONDAY, TUESDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def box(desks: Desks) -> Iterator[Letterbox]:
    """A mail server, and addresses for those who work in the office; they read English."""
    reaches(desks.office.host, "lin", "wang", "admin")
    with desks.office.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(User).values(locale="en"))
    with mail_of(desks.office.host) as opened:
        yield opened


def look(desks: Desks, day: date, clock: str = "08:01") -> None:
    """Do at a moment, by the clocks of Taipei, what the messenger does."""
    moment = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=TAIPEI)
    with time_machine.travel(moment, tick=False):
        write_daily_mail(desks.office.host)
        send_letters(desks.office.host)


def told(desks: Desks, *names: str, day: date = SUNDAY) -> None:
    """Tell people news at noon of a day, for the daily mail."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=TAIPEI), tick=False):
        desks.tell(desks.office.petition(), *names, kind=NoticeKind.FOLLOWED)


def plain(box: Letterbox) -> str:
    """Return the words of the only letter."""
    [letter] = box.letters
    return str(next(iter(letter.iter_parts())).get_content())


def test_it_says_what_is_overdue_what_waits_and_what_is_new(desks: Desks, box: Letterbox) -> None:
    petition = desks.office.petition()
    desks.give(petition, to="lin", due_on=SUNDAY)
    desks.office.asked(by="wang")
    told(desks, "lin")

    look(desks, MONDAY)

    said = plain(box)
    titles = ("Overdue", "Waiting for me", "Mentions and news")
    places = [said.index(f"== {title} ==") for title in titles]
    assert box.subjects() == [("lin@example.com", "[TW01] Your inbox today")]
    assert places == sorted(places)
    assert "Call back" in said


def test_it_comes_at_eight_and_not_twice(desks: Desks, box: Letterbox) -> None:
    told(desks, "lin")

    look(desks, MONDAY, "07:59")
    early = len(box.letters)
    look(desks, MONDAY, "08:00")
    look(desks, MONDAY, "17:00")

    assert (early, len(box.letters)) == (0, 1)


def test_news_is_told_once_but_what_waits_every_day(desks: Desks, box: Letterbox) -> None:
    told(desks, "wang")
    desks.office.asked(by="wang")

    look(desks, MONDAY)
    look(desks, TUESDAY)

    to = [address for address, _subject in box.subjects()]
    assert sorted(to) == ["lin@example.com", "lin@example.com", "wang@example.com"]


def test_who_is_told_a_lot_keeps_nobody_from_being_told(desks: Desks, box: Letterbox) -> None:
    told(desks, "lin", "wang")
    with desks.office.host.database.wide_session() as wide, wide.begin():
        first = wide.scalars(select(Notice).order_by(Notice.user_id)).first()
        columns = [one for one in Notice.__table__.c if one.name != "id"]
        same = {one.name: getattr(first, one.key) for one in columns}
        wide.execute(insert(Notice.__table__), [same] * 510)

    look(desks, MONDAY)

    to = [address for address, _subject in box.subjects()]
    assert sorted(to) == ["lin@example.com", "wang@example.com"]


def test_more_people_than_are_written_to_at_once_are_all_written_to(
    desks: Desks, box: Letterbox
) -> None:
    names = [f"clerk{number}" for number in range(AT_ONCE + 1)]
    for name in names:
        desks.office.ids[name] = make_user(desks.office.host, name, company="TW01").id
    reaches(desks.office.host, *names)
    told(desks, *names)

    look(desks, MONDAY)
    look(desks, MONDAY, "08:02")

    assert len(box.letters) == len(names)


def test_it_rests_when_the_company_does(desks: Desks, box: Letterbox) -> None:
    told(desks, "lin")

    look(desks, SUNDAY, "13:00")
    resting = len(box.letters)
    look(desks, MONDAY)

    assert (resting, len(box.letters)) == (0, 1)


def test_who_wishes_none_gets_none(desks: Desks, box: Letterbox) -> None:
    desks.office.asked(by="wang")
    with desks.office.host.unit_of_work() as unit:
        lin = unit.session.scalars(select(User).where(User.username == "lin")).one()
        unit.session.add_all(
            NoticeWish(user_id=lin.id, kind=kind, delivery=Delivery.NONE) for kind in NoticeKind
        )

    look(desks, MONDAY)

    assert box.letters == []


def test_what_was_seen_is_no_news(desks: Desks, box: Letterbox) -> None:
    told(desks, "lin")
    with desks.office.host.database.wide_session() as wide, wide.begin():
        wide.execute(update(Notice).values(seen_at=datetime(2026, 11, 22, 13, tzinfo=TAIPEI)))

    look(desks, MONDAY)

    assert box.letters == []


def test_a_department_that_is_off_is_not_written_about(desks: Desks, box: Letterbox) -> None:
    desks.office.asked(by="wang")
    desks.give(desks.office.petition(), to="lin", due_on=SUNDAY)
    told(desks, "lin")
    switch(desks.office.host, company="TW01", name="petitions", enabled=False)

    look(desks, MONDAY)

    assert box.letters == []


def test_several_workers_write_it_once(desks: Desks, box: Letterbox) -> None:
    told(desks, "lin", "wang")
    host = desks.office.host
    moment = datetime(2026, 11, 23, 8, 5, tzinfo=TAIPEI)

    with time_machine.travel(moment, tick=True), ThreadPoolExecutor(6) as workers:
        list(workers.map(write_daily_mail, [host] * 6))
        list(workers.map(send_letters, [host] * 6))

    to = [address for address, _subject in box.subjects()]
    assert sorted(to) == ["lin@example.com", "wang@example.com"]
