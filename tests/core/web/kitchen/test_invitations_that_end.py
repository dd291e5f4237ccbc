"""An invitation ends once: withdrawn, accepted, or because somebody was let in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask.testing import FlaskClient
from sqlalchemy import select

from bumen.security.invitations import Invitation
from tests.core.letterboxes import Letterbox
from tests.core.web.kitchen.inviting import (
    CHOSEN,
    KEPT,
    NEW,
    PEOPLE,
    box,
    cook,
    ident_of,
    invited,
    person_called,
    stranger_of,
)
from tests.core.web.kitchens import Kitchen

__all__ = ["box", "cook"]


def invitations(kitchen: Kitchen) -> int:
    """Return how many invitations are kept."""
    with kitchen.host.unit_of_work() as unit:
        return len(unit.session.scalars(select(Invitation)).all())


def test_whose_place_is_taken_away_before_they_came_is_not_invited_any_more(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link = invited(kitchen, cook, box)

    answer = cook.post(f"{PEOPLE}{ident_of(kitchen, NEW['name'])}/go")

    assert answer.status_code == 302
    assert person_called(kitchen, NEW["name"]) is None
    assert kitchen.app.test_client().get(link).status_code == 410


def test_whoever_was_let_in_and_is_locked_later_is_not_invited_again(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link, ident = invited(kitchen, cook, box), ident_of(kitchen, NEW["name"])

    cook.post(f"{PEOPLE}{ident}", data={**KEPT, "active": "y"})
    assert invitations(kitchen) == 0
    cook.post(f"{PEOPLE}{ident}", data=KEPT)
    cook.post(f"{PEOPLE}{ident}/withdraw")

    assert person_called(kitchen, NEW["name"]) is not None
    assert kitchen.app.test_client().get(link).status_code == 410


def test_withdrawing_while_it_is_accepted_ends_it_one_way(
    kitchen: Kitchen, cook: FlaskClient, box: Letterbox
) -> None:
    link, ident = invited(kitchen, cook, box), ident_of(kitchen, NEW["name"])
    stranger, start = stranger_of(kitchen), Barrier(2)

    def accept() -> int:
        start.wait()
        return int(stranger.post(link, data=CHOSEN).status_code)

    def withdraw() -> int:
        start.wait()
        return int(cook.post(f"{PEOPLE}{ident}/withdraw").status_code)

    with ThreadPoolExecutor(2) as people:
        said = [people.submit(one) for one in (accept, withdraw)]
        codes = [one.result() for one in said]

    assert all(code < 500 for code in codes)
    assert invitations(kitchen) == 0
