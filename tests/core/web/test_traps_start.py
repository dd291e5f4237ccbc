"""Each trap of Flask-AppBuilder's start and store that ours close, by name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask_appbuilder import ModelRestApi, ModelView
from pydantic import SecretStr
from sqlalchemy import Integer, event, inspect
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import mapped_column

from bumen.app import create_app
from bumen.host import Host
from bumen.loading import LoadedModels
from bumen.model import CompanyModel, Model, metadata
from bumen.registry import Candidate, Registry
from bumen.settings import Settings
from bumen.testing.makers import PASSWORD
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import working
from bumen.web.screens import Screen
from bumen.web.store import Store
from kitchen.resources import Dishes
from tests.core.web.beginnings import (
    DISHES,
    PLAIN,
    PLUGINS,
    SUPPLIERS,
    check_quickly,
    made,
    two_kitchens,
)
from tests.core.web.conftest import World

SECRET = SecretStr("only-for-tests-0123456789-abcdefghijk")


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


@pytest.fixture
def kitchens(host: Host, workbench: Workbench) -> World:
    return two_kitchens(host, workbench)


def test_a_start_creates_no_tables(empty_database: str, tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None, data_dir=tmp_path, database_url=empty_database, secret_key=SECRET
    )
    host = Host.start(settings, PLUGINS)

    create_app(host)

    assert inspect(host.database.engine).get_table_names() == []
    host.database.engine.dispose()


def test_a_start_writes_and_reads_no_permissions(
    host: Host, statements: Callable[[], list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    create_app(host)

    assert statements() == []
    assert [one.getMessage() for one in caplog.records if one.levelno > logging.INFO] == []


@pytest.mark.parametrize("table", ["kitchen_dish", "core_company", "ab_user"])
@pytest.mark.parametrize("base", [Model, CompanyModel])
def test_extend_existing_merges_nothing(registry: Registry, base: type[Model], table: str) -> None:
    assert list(registry.plugins) == ["kitchen"]
    before, columns = LoadedModels.now(), set(metadata.tables[table].columns.keys())
    own = {"id": mapped_column(Integer, primary_key=True), "more": mapped_column(Integer)}
    try:
        with pytest.raises(InvalidRequestError, match="already defined"):
            type("Impostor", (base,), {"__tablename__": table, "__module__": __name__, **own})
    finally:
        before.restore()

    assert set(metadata.tables[table].columns.keys()) == columns


def test_marshmallow_4_and_foreign_keys_stop_neither_start_nor_document(kitchens: World) -> None:
    supplier = made(kitchens, SUPPLIERS, name="Farm")
    dish = made(kitchens, DISHES, **PLAIN, supplier_id=supplier)

    document = kitchens.call("GET", "/api/v1/_openapi").json
    read = kitchens.call("GET", f"{DISHES}{dish}").json["result"]

    schemas = document["components"]["schemas"]
    sent = schemas["kitchen_dishes_create"]["properties"]
    assert sent["supplier_id"]["type"] == "integer"
    assert sent["ingredients"]["items"]["properties"]["supplier_id"]["type"] == "integer"
    assert (read["supplier_id"], read["supplier"]) == (supplier, {"id": supplier, "label": "Farm"})


def test_the_security_api_starts_signs_in_and_renews(kitchens: World) -> None:
    check_quickly(kitchens, "anna")
    sent = {"username": "anna", "password": PASSWORD, "provider": "db", "refresh": True}
    tokens = kitchens.call("POST", "/api/v1/security/login", by=None, json=sent).json
    first, renewing = tokens["access_token"], tokens["refresh_token"]

    def ask(method: str, url: str, token: str) -> tuple[int, dict[str, str]]:
        headers = {"Authorization": f"Bearer {token}"}
        answer = kitchens.call(method, url, by=None, headers=headers)
        return answer.status_code, answer.json

    status, renewed = ask("POST", "/api/v1/security/refresh", renewing)

    assert (status, list(renewed)) == (200, ["access_token"])
    assert ask("GET", DISHES, renewed["access_token"])[0] == 200
    assert ask("GET", DISHES, renewing)[0] == 401
    assert ask("POST", "/api/v1/security/refresh", first)[0] == 401


def test_nothing_is_served_by_flask_appbuilders_own_rest_and_forms(host: Host) -> None:
    views = create_app(host).extensions["appbuilder"].baseviews

    assert [view for view in views if isinstance(view, ModelRestApi)] == []
    others = [view for view in views if isinstance(view, ModelView)]
    assert [view for view in others if not isinstance(view, Screen)] == []


def test_the_store_changes_and_deletes_without_a_commit(kitchens: World, host: Host) -> None:
    idents = [made(kitchens, DISHES, **{**PLAIN, "code": code}) for code in ("A", "B", "C")]
    store = Store(Dishes)
    unit = host.new_unit(way="screen")
    with working(unit):
        unit.enter(company=kitchens.here, user=None, on=frozenset({"kitchen"}))
        changed, deleted, *rest = (store.get(ident) for ident in idents)
        changed.name = "Changed"
        store.edit(changed)
        store.delete(deleted)
        store.delete_all(rest)
        assert [row.name for row in store.query()[1]] == ["Changed"]
        unit.rollback()
    unit.close()

    kept = kitchens.call("GET", DISHES).json["result"]
    assert sorted((dish["id"], dish["name"]) for dish in kept) == [(one, "Soup") for one in idents]


def test_the_api_commits_once_for_a_write_and_never_otherwise(kitchens: World, host: Host) -> None:
    commits: list[str] = []
    event.listen(host.database.engine, "commit", lambda _connection: commits.append("commit"))
    lines = [{"name": "Salt", "amount": "1"}, {"name": "Water", "amount": "2"}]
    dish = made(kitchens, DISHES, **PLAIN, ingredients=lines)
    url, acted = f"{DISHES}{dish}", {"version": 2, "points": 7}
    kitchens.token("anna")
    requests = (
        ("POST", DISHES, {**PLAIN, "code": "STEW", "ingredients": lines}, 201),
        ("POST", DISHES, PLAIN, 422),
        ("GET", DISHES, None, 200),
        ("GET", url, None, 200),
        ("PUT", url, {"version": 1, "name": "Broth"}, 200),
        ("PUT", url, {"version": 1, "name": "Stew"}, 409),
        ("POST", f"{url}/actions/taste", {**acted, "points": 11}, 422),
        ("POST", f"{url}/actions/taste", acted, 200),
        ("DELETE", url, None, 200),
        ("DELETE", url, None, 404),
    )
    for method, address, body, status in requests:
        commits.clear()

        answer = kitchens.call(method, address, json=body)

        assert answer.status_code == status, (method, address, answer.text)
        writes = method != "GET" and status < 400
        assert commits == ["commit"] * writes, (method, address, status)
