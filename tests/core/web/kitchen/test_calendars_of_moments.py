"""Calendars of moments: by the clocks of the company, and a record that is moved keeps its hour."""

from __future__ import annotations

import pytest

from bumen.errors import InvalidInput
from bumen.testing.people import signed_in
from tests.core.web.kitchens import Kitchen
from tests.core.web.shops import SCRIPT

URL = "/kitchen/dishes/calendar"


def starts(kitchen: Kitchen, start: str, end: str) -> list[tuple[str, str]]:
    """Return where the events of some days begin and end."""
    answer = kitchen.browser().get(URL, query_string={"start": start, "end": end})
    return [(event["start"], event["end"]) for event in answer.json["events"]]


def test_days_begin_where_the_company_is(kitchen: Kitchen) -> None:
    kitchen.dish(served_at="2026-11-20T16:30:00Z")

    assert starts(kitchen, "2026-11-20", "2026-11-21") == []
    assert starts(kitchen, "2026-11-21", "2026-11-22") == [
        ("2026-11-21T00:30:00", "2026-11-21T01:30:00")
    ]


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        ("2026-11-25", "2026-11-24T16:30:00+00:00"),
        ("2026-11-25T12:15", "2026-11-25T04:15:00+00:00"),
    ],
)
def test_a_moment_is_moved_to_a_day_or_to_an_hour(kitchen: Kitchen, start: str, kept: str) -> None:
    soup = kitchen.dish(served_at="2026-11-20T16:30:00Z")
    browser = signed_in(kitchen.app, kitchen.host, "cook")

    sent = {"version": "1", "start": start}
    moved = browser.post(f"{URL}/{soup}", data=sent, headers=SCRIPT)

    assert moved.status_code == 200, moved.text
    served_at = kitchen.kept(soup).served_at
    assert served_at is not None
    assert served_at.isoformat() == kept


def test_what_lasts_is_shown_on_every_day_of_it_and_moves_as_a_whole(kitchen: Kitchen) -> None:
    soup = kitchen.dish(served_at="2026-11-20T16:30:00Z", launched="2026-11-23")
    browser = signed_in(kitchen.app, kitchen.host, "cook")
    lasting = [("2026-11-21T00:30:00", "2026-11-24T00:00:00")]

    shown = [starts(kitchen, f"2026-11-{day}", f"2026-11-{day + 1}") for day in (20, 22, 23, 24)]
    sent = {"version": "1", "start": "2026-11-28"}
    moved = browser.post(f"{URL}/{soup}", data=sent, headers=SCRIPT)

    assert shown == [[], lasting, lasting, []]
    assert moved.status_code == 200, moved.text
    assert str(kitchen.kept(soup).launched) == "2026-11-30"


@pytest.mark.parametrize("start", ["2026-11-25T99:00", "2026-11-25 nonsense", "0001-01-01T00:00"])
def test_what_is_no_moment_is_refused(kitchen: Kitchen, start: str) -> None:
    soup = kitchen.dish(served_at="2026-11-20T16:30:00Z")
    browser = signed_in(kitchen.app, kitchen.host, "cook")

    sent = {"version": "1", "start": start}

    assert browser.post(f"{URL}/{soup}", data=sent, headers=SCRIPT).status_code == 400


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30"])
def test_what_ends_at_the_end_of_all_days_is_shown_and_not_moved_beyond(
    kitchen: Kitchen, day: str
) -> None:
    ident = kitchen.dish(served_at="2026-11-20T10:00:00Z", launched=day)

    assert [start for start, _end in starts(kitchen, "2026-11-01", "2026-12-01")] == [
        "2026-11-20T18:00:00"
    ]
    sent = {"version": 1, "start": "2026-12-24"}
    browser = signed_in(kitchen.app, kitchen.host, "cook")
    moved = browser.post(f"{URL}/{ident}", data=sent, headers=SCRIPT)
    assert moved.status_code == 400
    assert moved.json["error"]["fields"]["start"]


@pytest.mark.parametrize("moment", ["9999-12-31T23:30:00Z", "0001-01-01T00:30:00Z"])
def test_a_moment_that_some_clocks_cannot_show_is_refused(kitchen: Kitchen, moment: str) -> None:
    with pytest.raises(InvalidInput):
        kitchen.dish(served_at=moment)

    assert kitchen.browser().get("/kitchen/dishes/list/").status_code == 200
