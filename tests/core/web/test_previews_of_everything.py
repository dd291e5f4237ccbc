"""A preview of whatever there is leaves every table as it was, numbers of documents included."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from bumen.resource import Resource
from tests.core.web.conftest import World

_KEPT_BY_HOST = ("core_sequence", "core_outbox")


def as_form(values: dict[str, Any]) -> dict[str, str]:
    """Return JSON-shaped values as a form sends them."""
    sent: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, list):
            for place, line in enumerate(value):
                sent |= {f"{name}-{place}-{k}": str(v) for k, v in line.items() if v is not None}
        elif value is not None:
            sent[name] = "1" if value is True else str(value)
    return sent


def everything(world: World) -> dict[str, list[Any]]:
    """Read every row of the plugins, and what the host keeps of numbers and events."""
    with world.host.database.wide_session() as wide:
        kept = {name: list(wide.execute(text(f"SELECT * FROM {name}"))) for name in _KEPT_BY_HOST}
    return {**world.contents(), **{name: sorted(map(repr, rows)) for name, rows in kept.items()}}


def sent_for(world: World, resource: type[Resource]) -> dict[str, str]:
    with world.host.unit_of_work(company="TW01", by="anna") as unit:
        values = world.samples.values(resource)
        unit.rollback()
    return as_form(values)


def test_previews_change_nothing_anywhere(world: World) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = False
    browser, worked_out = world.browser("anna"), 0
    for key, resource in world.host.registry.resources.items():
        url = f"/{resource.plugin()}/{resource.path()}/preview"
        form, before = sent_for(world, resource), everything(world)
        for verb, address in (("create", url), ("change", f"{url}/{world.ids_here[key]}")):
            answer = browser.post(address, data=form)
            assert answer.status_code == (200 if verb in resource.can else 404), answer.text
            worked_out += bool((answer.json or {}).get("lines"))
        assert everything(world) == before, key
    world.app.config["WTF_CSRF_ENABLED"] = True
    assert worked_out
