"""Boards by a field people write: a card is moved by changing it."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.core.web.kitchens import Kitchen
from tests.core.web.shop.test_boards import columns, counts, ways
from tests.core.web.shops import SCRIPT

BOARD = "/kitchen/dishes/list/?view=board"


def move(
    kitchen: Kitchen, ident: int, to: str, *, by: str = "cook", version: int = 1
) -> TestResponse:
    """Move a dish as the board's script does."""
    browser = kitchen.browser(by)
    token = browser.get(BOARD).text.partition('name="csrf_token" value="')[2]
    sent = {"csrf_token": token.partition('"')[0], "sure": "1", "version": version}
    return browser.post(f"/kitchen/dishes/board/{ident}/{to}", data=sent, headers=SCRIPT)


def test_records_without_a_value_have_a_column_of_their_own(kitchen: Kitchen) -> None:
    soup, cake = kitchen.dish(season="main"), kitchen.dish(code="CAKE")

    page = kitchen.browser().get(BOARD).text

    assert counts(page) == {"starter": 0, "main": 1, "": 1}
    assert f'id="card-{soup}"' in columns(page)["main"]
    assert f'id="card-{cake}"' in columns(page)[""]
    assert (ways(page, soup), ways(page, cake)) == (["starter"], ["starter", "main"])


def test_a_card_is_moved_by_changing_the_field(kitchen: Kitchen) -> None:
    soup = kitchen.dish(season="main")

    moved = move(kitchen, soup, "starter")
    late = move(kitchen, soup, "main", version=1)

    assert (moved.status_code, late.status_code) == (200, 409)
    assert (kitchen.kept(soup).season, kitchen.kept(soup).version) == ("starter", 2)


def test_the_service_of_the_record_has_its_say(kitchen: Kitchen) -> None:
    soup = kitchen.dish(season="main", course="main", spicy=True)

    moved = move(kitchen, soup, "starter")
    unknown = move(kitchen, soup, "taste")

    assert moved.status_code == 200
    assert unknown.status_code == 404


def test_who_may_not_read_has_no_board_and_moves_nothing(kitchen: Kitchen) -> None:
    soup, guest = kitchen.dish(season="main"), kitchen.browser("guest")

    page, moved = guest.get(BOARD), move(kitchen, soup, "starter", by="guest")

    assert page.status_code == 403
    assert moved.status_code != 200
    assert kitchen.kept(soup).season == "main"
