"""The smallest plugin: 21 lines, and everything a department has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import notes
from bumen import CurrentCompany
from bumen.catalogues import problems
from bumen.host import Host
from bumen.i18n import speaking
from bumen.testing.conformance import PluginConformance
from bumen.testing.makers import PASSWORD, make_user
from bumen.unit_of_work import UnitOfWork

FOLDER = Path(notes.__file__).parent
API = "/api/v1/notes/notes/"
SCREENS = "/notes/notes"

Login = Callable[..., FlaskClient]


class TestConformance(PluginConformance):
    """What every plugin keeps, the smallest one too."""

    plugin = "notes"
    short_lists = frozenset({"notes.notes"})


def test_the_smallest_plugin_has_21_lines() -> None:
    assert len(Path(notes.__file__).read_text(encoding="utf-8").splitlines()) == 21


def test_it_is_nothing_but_these_lines_its_texts_and_its_revisions() -> None:
    files = (file.relative_to(FOLDER) for file in FOLDER.rglob("*") if file.is_file())
    beside = {file.parts[0] for file in files if "__pycache__" not in file.parts}

    assert beside == {"__init__.py", "locale", "migrations"}


@pytest.mark.usefixtures("company")
def test_notes_are_written_in_a_form_and_shown_in_a_list(login: Login) -> None:
    browser = login("admin")

    form = browser.get(f"{SCREENS}/add")
    typed = {"title": "Keys", "body": "With the porter."}
    sent = {**typed, "csrf_token": _token_in(form.text)}
    answer = browser.post(f"{SCREENS}/add", data=sent, follow_redirects=True)
    page = browser.get(f"{SCREENS}/list/")

    assert (form.status_code, answer.status_code, page.status_code) == (200, 200, 200)
    assert [said for said in typed.values() if said in page.text] == ["Keys", "With the porter."]


@pytest.mark.usefixtures("company")
def test_notes_are_written_changed_and_deleted_through_the_api(client: FlaskClient) -> None:
    _sign_in(client, "admin")

    made = client.post(API, json={"title": "Keys"})
    one = f"{API}{made.json['id']}"
    changed = client.put(one, json={"title": "All keys", "version": 1})
    stale = client.put(one, json={"title": "Some keys", "version": 1})
    read = client.get(one)
    gone = client.delete(one)

    assert (made.status_code, changed.status_code, stale.status_code) == (201, 200, 409)
    assert read.json["result"]["title"] == "All keys"
    assert (gone.status_code, client.get(one).status_code) == (200, 404)


@pytest.mark.usefixtures("company")
def test_notes_are_described_by_openapi(login: Login) -> None:
    described = login("admin").get("/api/v1/_openapi").json["paths"]
    offered = {verb for path, verbs in described.items() if path.startswith(API) for verb in verbs}

    assert {"get", "post", "put", "delete"} <= offered


@pytest.mark.usefixtures("company")
def test_who_has_no_role_may_neither_read_nor_write_notes(client: FlaskClient, host: Host) -> None:
    make_user(host, "ann", company="TW01")
    _sign_in(client, "ann")

    answers = [client.get(API), client.post(API, json={"title": "Keys"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert [answer.json["error"]["code"] for answer in answers] == ["forbidden", "forbidden"]


def test_a_note_remembers_who_wrote_it_when_and_how_often(
    unit: UnitOfWork, company: CurrentCompany
) -> None:
    note = notes.Note(title="Keys")
    unit.session.add(note)
    unit.session.flush()
    note.title = "All keys"
    unit.session.flush()

    assert note.company_id == company.id
    assert (note.created_by_id, note.changed_by_id) == (unit.user.id, unit.user.id)
    assert note.created_at <= note.changed_at
    assert note.version == 2


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Notes"), ("zh_Hant", "便箋"), ("zh_Hans", "便签")]
)
def test_notes_have_a_title_in_every_language(language: str, title: str) -> None:
    with speaking(language):
        assert (str(notes.plugin.title), str(notes.Notes.title)) == (title, title)


def test_the_texts_of_notes_are_complete(host: Host) -> None:
    assert problems("notes", host.registry) == []


def test_notes_are_migrated_by_themselves(host: Host) -> None:
    with host.database.engine.connect() as connection:
        reached = connection.exec_driver_sql("SELECT version_num FROM alembic_version_notes")
        assert reached.scalars().all() == ["0001"]


def _sign_in(client: FlaskClient, name: str) -> None:
    """Let a program work as somebody from now on."""
    login = {"username": name, "password": PASSWORD, "provider": "db"}
    token = client.post("/api/v1/security/login", json=login).json["access_token"]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"


def _token_in(page: str) -> str:
    """Return the token against forgery that a form carries."""
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
