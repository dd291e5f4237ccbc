"""Lists are saved under a name: for oneself, for everybody, and as what a list opens with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.host import Host
from bumen.saved_views import SavedView, save_view
from bumen.testing.makers import make_administrator
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen

LIST = "/kitchen/dishes/list/"
VIEWS = "/kitchen/dishes/views"
MAINS = "filter.course=main&sort=-price"


@pytest.fixture
def kitchen(host: Host, app: Flask) -> Kitchen:
    """A kitchen with a soup and a roast, and a second cook beside the first."""
    opened = Kitchen.opened(host, app)
    make_administrator(host, "chef", company="TW01")
    opened.dish(code="SOUP", name="Soup", course="starter")
    opened.dish(code="ROAST", name="Roast", course="main")
    return opened


class Views:
    """What one person does with the views of the dishes."""

    def __init__(self, kitchen: Kitchen, name: str = "cook") -> None:
        self.kitchen, self.browser = kitchen, kitchen.browser(name)

    def post(self, path: str, **sent: Any) -> TestResponse:
        """Send a form with the token of the list's page."""
        page = self.browser.get(f"{LIST}?saved=0")
        token = form_in(page, has="csrf_token").fields["csrf_token"]
        return self.browser.post(f"{VIEWS}/{path}", data={"csrf_token": token, **sent})

    def save(self, name: str, query: str = MAINS, **sent: Any) -> TestResponse:
        """Save a view."""
        return self.post("save", name=name, query=query, **sent)

    def ident(self, name: str) -> int:
        """Return the id of a view by its name."""
        with self.kitchen.host.unit_of_work(company="TW01") as unit:
            return unit.session.scalars(select(SavedView.id).filter_by(name=name)).one()

    def kept(self) -> list[tuple[str, str, bool]]:
        """Return name, query and whether it is shared, of all views."""
        with self.kitchen.host.unit_of_work(company="TW01") as unit:
            found = unit.session.scalars(select(SavedView).order_by(SavedView.name))
            return [(view.name, view.query, view.shared) for view in found]

    def listed(self, query: str = "") -> str:
        """Return the page of the list."""
        page = self.browser.get(f"{LIST}?{query}")
        assert page.status_code == 200, page.text
        return page.text


def shows(page: str, *names: str) -> bool:
    """Whether a list shows these dishes and not the others."""
    return [name for name in ("Soup", "Roast") if f">{name}<" in page] == list(names)


def test_a_view_keeps_what_the_list_is_asked_for(kitchen: Kitchen) -> None:
    views = Views(kitchen)

    answer = views.save("Mains", f"?size=&after=xyz&at=26&{MAINS}&q=")

    assert answer.status_code == 303
    assert views.kept() == [("Mains", "filter.course=main&sort=-price", False)]
    assert shows(views.browser.get(answer.location).text, "Roast")


def test_names_are_taken_once_by_each_person(kitchen: Kitchen) -> None:
    views, others = Views(kitchen), Views(kitchen, "chef")
    views.save("Mains")

    again = views.browser.get(views.save("Mains", "sort=code").location)
    others.save("Mains")

    assert "You already have a view called “Mains”" in again.text
    assert [name for name, _query, _shared in views.kept()] == ["Mains", "Mains"]


def test_what_cannot_be_asked_is_not_kept(kitchen: Kitchen) -> None:
    views = Views(kitchen)

    for query in ("filter.nope=1", "sort=nope", "filter.launched=soon", "columns=nope", "nope=1"):
        assert views.save("Wrong", query).status_code == 400, query
    for name in ("", "   ", "x" * 81, "a\x00b"):
        assert views.save(name).status_code in (303, 400), name
    views.save("Long", "&".join(f"filter.code.ct={n:050}" for n in range(99)))
    assert views.kept() == []


def test_a_shared_view_is_seen_by_all_and_changed_by_its_owner(kitchen: Kitchen) -> None:
    kitchen.person("waiter", "read")
    Views(kitchen).save("Mains", shared="1")
    Views(kitchen).save("Mine")
    waiter = Views(kitchen, "waiter")
    mains, mine = waiter.ident("Mains"), waiter.ident("Mine")

    after = waiter.browser.get(waiter.post("save", view=mains, name="Stolen").location)

    assert "Only who saved this view" in after.text
    assert waiter.post(f"{mains}/drop").status_code == 403
    assert waiter.post(f"{mine}/drop").status_code == 404
    assert waiter.post(f"{mine}/prefer", preferred="1").status_code == 404
    assert [name for name, *_rest in waiter.kept()] == ["Mains", "Mine"]


def test_an_administrator_changes_what_others_share(kitchen: Kitchen) -> None:
    Views(kitchen).save("Mains", shared="1")
    chef = Views(kitchen, "chef")

    chef.post("save", view=chef.ident("Mains"), name="Main courses", shared="")

    assert chef.kept() == [("Main courses", MAINS, False)]


def test_a_view_is_renamed_or_filled_anew(kitchen: Kitchen) -> None:
    views = Views(kitchen)
    views.save("Mains", shared="1")
    ident = views.ident("Mains")

    views.post("save", view=ident, name="Dear ones")
    views.post("save", view=ident, query="filter.price.ge=100")

    assert views.kept() == [("Dear ones", "filter.price.ge=100", True)]


def test_a_list_opens_with_the_preferred_view(kitchen: Kitchen) -> None:
    views = Views(kitchen)
    views.save("Mains", preferred="1")

    assert shows(views.listed(), "Roast")
    assert shows(views.listed("saved=0"), "Soup", "Roast")
    assert shows(views.listed("filter.course=starter"), "Soup")
    assert shows(Views(kitchen, "chef").listed(), "Soup", "Roast")

    views.post(f"{views.ident('Mains')}/prefer", preferred="")
    assert shows(views.listed(), "Soup", "Roast")


def test_one_view_of_a_list_is_preferred(kitchen: Kitchen) -> None:
    views = Views(kitchen)
    views.save("Mains", preferred="1")
    views.save("Starters", "filter.course=starter", preferred="1")

    assert shows(views.listed(), "Soup")

    views.post(f"{views.ident('Starters')}/drop")
    assert shows(views.listed(), "Soup", "Roast")


def test_a_view_that_fits_no_longer_is_let_go(kitchen: Kitchen) -> None:
    views = Views(kitchen)
    views.save("Mains", preferred="1")
    ident = views.ident("Mains")
    with kitchen.host.database.wide_session() as wide, wide.begin():
        wide.execute(text("UPDATE core_saved_view SET query = 'filter.gone=1&sort=gone'"))

    opened = views.listed()
    chosen = views.listed(f"filter.gone=1&sort=gone&saved={ident}")

    for page in (opened, chosen):
        assert shows(page, "Soup", "Roast")
        assert "The saved view “Mains” could not be used" in page
    assert views.browser.get(f"{LIST}?filter.gone=1").status_code == 400
    assert views.browser.get(f"{LIST}?filter.gone=1&saved=999").status_code == 400


def test_views_cost_a_list_one_statement(
    kitchen: Kitchen, statements: Callable[[], list[str]]
) -> None:
    views = Views(kitchen)
    views.listed()
    for number in range(3):
        views.save(f"View {number}", preferred="1")
    statements()
    views.listed()

    assert len([one for one in statements() if "core_saved_view" in one]) == 1


def test_views_of_another_company_do_not_exist(kitchen: Kitchen, other_company: Any) -> None:
    host, views = kitchen.host, Views(kitchen)
    switch(host, company="CN01", name="kitchen", enabled=True)
    make_administrator(host, "ben", company="CN01")
    with host.unit_of_work(company="CN01", by="ben") as unit:
        view = save_view("kitchen.dishes", name="Theirs", query="", shared=True, by=unit.user)
        ident = view.id

    assert "Theirs" not in views.listed()
    for path in (f"{ident}/drop", f"{ident}/prefer", f"{10**30}/drop", "0/prefer"):
        assert views.post(path, preferred="1").status_code == 404
    assert views.post("save", view=ident, name="Ours").location.startswith(LIST)
    with host.unit_of_work(company="CN01") as unit:
        assert unit.session.scalars(select(SavedView.name)).all() == ["Theirs"]


def test_views_go_with_their_department_and_with_their_owner(
    kitchen: Kitchen, tmp_path: Path
) -> None:
    views, chefs = Views(kitchen), Views(kitchen, "chef")
    views.save("Mains", shared="1", preferred="1")
    chefs.post(f"{views.ident('Mains')}/prefer", preferred="1")
    chefs.save("Mine")
    with kitchen.host.database.wide_session() as wide, wide.begin():
        wide.execute(text("DELETE FROM core_membership"))
        wide.execute(text("DELETE FROM ab_user_role"))
        wide.execute(text("DELETE FROM ab_user WHERE username = 'chef'"))
    assert [name for name, *_rest in views.kept()] == ["Mains"]

    switch(kitchen.host, company="TW01", name="kitchen", enabled=False)
    done = purge(
        kitchen.host,
        company="TW01",
        name="kitchen",
        export=tmp_path / "kitchen.zip",
        confirm="kitchen",
    )

    assert (done.rows["core_saved_view"], done.rows["core_preferred_view"]) == (1, 1)
    assert views.kept() == []


def test_forged_requests_and_strangers_change_nothing(kitchen: Kitchen) -> None:
    views = Views(kitchen)
    views.save("Mains")
    guest: FlaskClient = kitchen.browser("guest")

    assert views.browser.post(f"{VIEWS}/save", data={"name": "x"}).status_code == 400
    assert guest.post(f"{VIEWS}/save", data={"name": "x"}).status_code in (302, 400, 403)
    assert views.browser.get(f"{VIEWS}/{views.ident('Mains')}/drop").status_code == 303
    assert [name for name, *_rest in views.kept()] == ["Mains"]
