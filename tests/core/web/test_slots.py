"""Slots: what departments show on others' pages, to whom, and what happens when one fails."""

from __future__ import annotations

import pytest
from flask import Flask, g
from sqlalchemy import select

from bumen.activation.service import switch
from bumen.host import Host
from bumen.i18n import Text
from bumen.registry import Candidate, Registry, installed_candidates
from bumen.slots import Slot
from bumen.testing.makers import make_user
from bumen.testing.people import Login
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import CurrentCompany
from bumen.web.slots import slots_at
from notes import Note
from saboteur.answers import HARM

EVERYBODY = ("notes", "asker", "honest", "saboteur")
PLACES = ("home.card", "record.top", "record.tab", "list.banner")


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return tuple(Candidate(name, name) for name in EVERYBODY)


@pytest.mark.parametrize("way", ["raise", "commit", "rollback", "wrong type"])
def test_a_department_that_fails_is_left_out_and_named_in_the_log(
    login: Login,
    company: CurrentCompany,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setitem(HARM, "now", way)

    page = login("admin").get("/")

    assert page.status_code == 200
    assert "Honest &lt;words&gt;" in page.text
    assert 'id="card-saboteur' not in page.text
    assert caplog.text.count("saboteur failed in its slot at home.card") == 2


def test_a_slot_with_nothing_to_show_is_not_there(login: Login, company: CurrentCompany) -> None:
    page = login("admin").get("/").text

    assert 'id="card-honest-2"' in page
    assert 'id="card-honest-1"' not in page


def test_a_department_that_is_off_shows_nothing(
    host: Host, login: Login, company: CurrentCompany
) -> None:
    switch(host, company=company.code, name="honest", enabled=False)

    assert "Honest" not in login("admin").get("/").text


def test_who_may_not_read_what_a_slot_is_about_does_not_see_it(
    host: Host, login: Login, company: CurrentCompany
) -> None:
    make_user(host, "guest", company=company.code)

    assert "Honest" not in login("guest").get("/").text


def test_a_record_tab_is_told_its_record(host: Host, app: Flask, company: CurrentCompany) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        unit.session.add(Note(title="Rain"))
    with app.test_request_context(), host.unit_of_work(company=company.code, by="admin") as unit:
        g.permission_set = frozenset({("can_read", "notes.Notes")})
        note = unit.session.scalars(select(Note)).one()

        (filled,) = slots_at("record.tab:notes.notes", record=note)

    assert (filled.key, filled.title) == ("honest-3", "Honest card")
    assert filled.html.strip() == "<p>About Rain</p>"


def test_what_a_department_says_first_of_a_record_stands_above_its_fields(
    host: Host, login: Login, company: CurrentCompany
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        unit.session.add(note := Note(title="Rain"))
        unit.session.flush()
        ident = note.id

    page = login("admin").get(f"/notes/notes/show/{ident}").text

    above, _fields, below = page.partition('class="card record')
    assert (above.count("<p>About Rain</p>"), below.count("<p>About Rain</p>")) == (1, 1)


def test_every_slot_of_the_departments_can_be_drawn(workbench: Workbench) -> None:
    host = workbench.resting_host(tuple(installed_candidates()))
    app = workbench.app(host)
    registry: Registry = host.registry
    known = {resource.permission() for resource in registry.resources.values()}
    slots = [slot for one in registry.plugins.values() for slot in one.plugin.slots]

    assert {slot.place.partition(":")[0] for slot in slots} <= set(PLACES)
    for slot in slots:
        place, _colon, key = slot.place.partition(":")
        assert (place == "home.card") is (key == ""), slot.place
        assert not key or key in registry.resources, slot.place
        assert slot.permission in known, slot.place
        assert app.jinja_env.get_template(slot.template)


@pytest.mark.parametrize("template", ["notes/card.txt", "notes/card", ""])
def test_a_template_that_escapes_nothing_is_no_slot(template: str) -> None:
    with pytest.raises(ValueError, match="escaped"):
        Slot("home.card", title=Text(str), template=template, values=dict, permission="a.B")
