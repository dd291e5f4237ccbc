"""How often a list asks the database: the same for one row and for three, however it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bumen.listing import group_keys
from bumen.model.describe import Kind, fields_of
from bumen.registry import Candidate, installed_candidates
from bumen.resource import Resource
from tests.core.web.conftest import World

Statements = Callable[[], list[str]]
MOST = 9


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The departments, and an example with trees."""
    return (*installed_candidates(), Candidate("tree", "tree"))


def shown_otherwise(resource: type[Resource]) -> Iterator[str]:
    """Yield how a list may be shown: with every column, narrowed, and in each kind of group."""
    known = fields_of(resource.model)
    kinds = {key.field.kind: name for name, key in group_keys(resource).items()}
    yield from (f"group={name}" for name in kinds.values())
    named = [name for name in known if _may_be_a_column(resource, name)]
    yield "columns=" + ",".join(named)
    for name in resource.filtered():
        if known[name].kind is Kind.REFERENCE:
            yield f"filter.{name}=1"


def _may_be_a_column(resource: type[Resource], name: str) -> bool:
    field = fields_of(resource.model)[name]
    whose = {"version", "created_by_id", "changed_by_id", "company_id"}
    return name not in whose and not field.about.secret


@pytest.mark.slow
def test_lists_take_few_statements_however_they_are_shown(
    world: World, statements: Statements
) -> None:
    browser, found = world.browser("anna"), {}
    for resource in world.host.registry.resources.values():
        url = f"/{resource.plugin()}/{resource.path()}/list/"
        browser.get(url)
        for rows in (1, 3):
            for query in shown_otherwise(resource):
                statements()
                assert browser.get(f"{url}?{query}").status_code == 200, (url, query)
                found.setdefault((url, query), []).append(len(statements()))
            if rows == 1:
                _make_two_more(world, resource)

    assert {key: counts for key, counts in found.items() if len(set(counts)) > 1} == {}
    assert {key: counts for key, counts in found.items() if max(counts) > MOST} == {}


def _make_two_more(world: World, resource: type[Resource]) -> None:
    with world.host.unit_of_work(company="TW01", by="anna"):
        for _more in range(2):
            world.samples.record(resource)
