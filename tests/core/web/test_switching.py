"""A department that is off does not exist for that company: at the next request, everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bumen.activation.models import CompanyPlugin
from bumen.activation.service import switch
from bumen.host import Host
from bumen.unit_of_work import current
from tests.core.web.conftest import World, whatever_the_database
from tests.core.web.routes import Route, routes_of, telling

WORKER = """
import json, sys
from pydantic import SecretStr
from bumen.app import create_app
from bumen.host import Host
from bumen.settings import Settings
app = create_app(Host.start(Settings(database_url=sys.argv[1], secret_key=SecretStr(sys.argv[2]))))
print("ready", flush=True)
for line in sys.stdin:
    method, url, headers = json.loads(line)
    print(app.test_client().open(url, method=method, headers=headers).status_code, flush=True)
"""


@pytest.fixture
def plugins(host: Host) -> list[str]:
    """Every installed plugin, those first that nobody needs."""
    return list(reversed(host.registry.plugins))


def routes(world: World, plugin: str) -> list[Route]:
    """Every route of a plugin; what goes off with it went before."""
    return [route for route in routes_of(world.app, world.host) if route.plugin == plugin]


@whatever_the_database
def test_every_route_of_every_plugin_is_gone_where_it_is_off(
    world: World, plugins: list[str]
) -> None:
    for plugin in plugins:
        switch(world.host, company="TW01", name=plugin, enabled=False)
        session, theirs = world.browser("anna"), routes(world, plugin)
        for route in {route.blueprint: route for route in theirs}.values():
            where = route.method, route.url()
            token = world.call(*where, headers={"X-Company": "TW01"})
            assert token.status_code == 404, where
        for route in telling(theirs):
            where = route.method, route.url()
            assert session.open(route.url(), method=route.method).status_code == 404, where
            nobody = world.call(*where, by=None, headers={"X-Company": "TW01"})
            assert nobody.status_code == 404, where


def test_the_other_company_notices_nothing(world: World, plugins: list[str]) -> None:
    every = telling(r for r in routes_of(world.app, world.host) if r.method == "GET")

    def seen() -> dict[str, int]:
        return {
            route.url(): world.call(route.method, route.url(), by="ben").status_code
            for route in every
        }

    before = seen()
    for plugin in plugins:
        switch(world.host, company="TW01", name=plugin, enabled=False)
    assert seen() == before
    assert 200 in before.values()


def test_menu_and_document_forget_a_department_that_is_off(
    world: World, plugins: list[str]
) -> None:
    menu = world.browser("anna").get("/").text
    for plugin in plugins:
        entries = [r for r in world.host.registry.resources.values() if r.plugin() == plugin]
        assert any(f"/{plugin}/{r.path()}/" in menu for r in entries if r.menu) or not entries
        switch(world.host, company="TW01", name=plugin, enabled=False)
        browser = world.browser("anna")
        assert f'href="/{plugin}/' not in browser.get("/").text
        assert f"/{plugin}/" not in json.dumps(world.call("GET", "/api/v1/menu/").json)
        paths = world.call("GET", "/api/v1/_openapi").json["paths"]
        assert not [path for path in paths if path.startswith(f"/api/v1/{plugin}/")]
        others = world.call("GET", "/api/v1/_openapi", by="ben").json["paths"]
        assert [p for p in others if p.startswith(f"/api/v1/{plugin}/")] or not entries


def test_lookups_of_a_department_that_is_off_are_gone(world: World, plugins: list[str]) -> None:
    for plugin in plugins:
        for key, resource in world.host.registry.resources.items():
            if resource.plugin() == plugin:
                url = f"/lookup/{plugin}/{resource.path()}?q="
                assert world.browser("anna").get(url).status_code == 200, key
        switch(world.host, company="TW01", name=plugin, enabled=False)
        for resource in world.host.registry.resources.values():
            if resource.plugin() == plugin:
                url = f"/lookup/{plugin}/{resource.path()}?q="
                assert world.browser("anna").get(url).status_code == 404, url
                assert world.browser("ben").get(url).status_code == 200, url


def test_no_department_that_is_off_hears_of_anything(world: World, plugins: list[str]) -> None:
    departments = world.host.departments
    every = [(name, one.event) for name, one in world.host.registry.subscriptions()]
    assert "sales" in {name for name, _event in every}
    for plugin in plugins:
        switch(world.host, company="TW01", name=plugin, enabled=False)
        for code, hears in (("TW01", False), ("CN01", True)):
            with world.host.unit_of_work(company=code):
                on = current().on
            for name, event in every:
                heard = {one for one, _how in departments._hearing(object.__new__(event), on)}
                assert (name in heard) is (hears or name in on), (code, name, event)
                assert plugin not in heard or hears


def test_nobody_answers_for_a_department_that_is_off(world: World, plugins: list[str]) -> None:
    registry = world.host.registry
    questions = [name for name in vars(registry.manager.hook) if not name.startswith("_")]
    for plugin in plugins:
        switch(world.host, company="TW01", name=plugin, enabled=False)
        with world.host.unit_of_work(company="TW01"):
            on = current().on
            assert plugin not in on
            answering = [a.plugin_name for q in questions for a in registry.hooks.answering(q, on)]
            assert not [name for name in answering if name.partition(":")[0] == plugin]


def test_on_again_everything_is_as_it_was(world: World, plugins: list[str]) -> None:
    gets = telling(one for one in routes_of(world.app, world.host) if one.method == "GET")
    api = [route for route in gets if str(route.rule).startswith("/api/")]
    ids = world.ids_here

    def seen() -> list[object]:
        answers = []
        for route in api:
            key = ".".join(str(route.rule).split("/")[3:5])
            answer = world.call("GET", route.url(ids.get(key, 1))).json
            answer.get("error", {}).pop("request_id", None)
            answers.append(answer)
        return answers

    before, contents = seen(), world.contents()
    for plugin in plugins:
        switch(world.host, company="TW01", name=plugin, enabled=False)
    assert world.contents() == contents, "off keeps all data"
    for plugin in reversed(plugins):
        switch(world.host, company="TW01", name=plugin, enabled=True)

    assert seen() == before
    assert world.contents() == contents


def test_the_plan_names_who_depends_on_it(world: World) -> None:
    url = "/api/v1/core/companies/TW01/plugins/base/plan"

    plan = world.call("POST", url, json={"enabled": False}).json["result"]

    assert set(plan["turn_off"]) >= {"sales", "base"}
    assert plan["turn_off"].index("sales") < plan["turn_off"].index("base")
    touched = {one["name"]: one for one in plan["touched"]}
    assert any(count["number"] for count in touched["sales"]["records"])


def test_switching_by_the_api_is_written_down(world: World) -> None:
    url = "/api/v1/core/companies/TW01/plugins/sales"

    answer = world.call("PUT", url, json={"enabled": False, "reason": "盤點"})

    assert answer.status_code == 200
    told = {
        one["name"]: one for one in world.call("GET", url.rpartition("/")[0] + "/").json["result"]
    }
    assert told["sales"]["state"] == "off"
    assert told["sales"]["by"] == "anna"
    assert told["base"]["state"] == "on"


def test_a_department_that_was_removed_from_the_machine_can_be_switched_off(world: World) -> None:
    with world.host.unit_of_work(company="TW01") as unit:
        since = datetime.now(UTC)
        unit.session.add(
            CompanyPlugin(company_id=world.here.id, plugin="gone", enabled=True, since=since)
        )
    browser = world.browser("anna")

    assert browser.get("/departments/TW01/gone/off").status_code == 200
    assert browser.post("/departments/TW01/gone/off", data={"reason": "x"}).status_code == 302
    told = world.call("GET", "/api/v1/core/companies/TW01/plugins/").json["result"]
    assert [one["enabled"] for one in told if one["name"] == "gone"] == [False]


def test_nobody_switches_departments_of_another_company(world: World) -> None:
    url = "/api/v1/core/companies/CN01/plugins/sales"

    answer = world.call("PUT", url, json={"enabled": False, "reason": "x"})

    assert answer.status_code == 404
    assert world.call("GET", "/api/v1/sales/orders/", by="ben").status_code == 200


@pytest.fixture
def other_worker(world: World) -> Iterator[subprocess.Popen[str]]:
    """A second process that serves the same database."""
    secret = world.host.settings.secret_key
    assert secret is not None
    command = [sys.executable, "-c", WORKER, world.host.database.url, secret.get_secret_value()]
    worker = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "ready"
    yield worker
    worker.stdin.close()  # type: ignore[union-attr]
    worker.wait(60)
    worker.stdout.close()


def test_another_worker_process_knows_at_its_next_request(
    world: World, other_worker: subprocess.Popen[str]
) -> None:
    def status(url: str) -> int:
        headers = {"Authorization": f"Bearer {world.token('anna')}"}
        assert other_worker.stdin is not None
        assert other_worker.stdout is not None
        other_worker.stdin.write(json.dumps(["GET", url, headers]) + "\n")
        other_worker.stdin.flush()
        return int(other_worker.stdout.readline())

    assert status("/api/v1/sales/orders/") == 200
    switch(world.host, company="TW01", name="sales", enabled=False)
    assert status("/api/v1/sales/orders/") == 404
    assert status("/api/v1/base/customers/") == 200
    switch(world.host, company="TW01", name="sales", enabled=True)
    assert status("/api/v1/sales/orders/") == 200
