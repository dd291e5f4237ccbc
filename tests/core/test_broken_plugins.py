"""Broken plugins: the host starts, says what is wrong, and serves the others."""

import sys

import pytest

from bumen.app import create_app
from bumen.host import Host
from bumen.model import CompanyModel, Model, metadata
from bumen.plugin import RESERVED
from bumen.registry import Candidate, Registry
from bumen.testing.workbench import Workbench

NOTES = Candidate("notes", "notes")


def test_a_plugin_that_raises_at_import_is_set_apart() -> None:
    registry = Registry.load([Candidate("raises", "raises"), NOTES])

    assert list(registry.plugins) == ["notes"]
    assert registry.quarantined == {
        "raises": "RuntimeError: There is no licence key on this machine."
    }


def test_a_plugin_with_a_clashing_table_is_set_apart_and_leaves_nothing_behind() -> None:
    Registry.load([NOTES])
    before = set(metadata.tables), set(Model.registry.mappers)

    registry = Registry.load([NOTES, Candidate("clashes", "clashes")])

    assert list(registry.plugins) == ["notes"]
    assert "notes_note" in str(registry.quarantined["clashes"])
    assert (set(metadata.tables), set(Model.registry.mappers)) == before
    assert "clashes" not in sys.modules
    assert "notes_note" in metadata.tables
    assert CompanyModel.registry is Model.registry


def test_a_broken_plugin_is_set_apart_again_at_the_next_start() -> None:
    for _start in range(2):
        registry = Registry.load([NOTES, Candidate("clashes", "clashes")])
        assert list(registry.quarantined) == ["clashes"]


def test_a_plugin_that_is_not_there_is_set_apart() -> None:
    registry = Registry.load([Candidate("nowhere", "nowhere"), NOTES])

    assert list(registry.quarantined) == ["nowhere"]


def test_a_plugin_whose_requirement_is_missing_is_set_apart() -> None:
    registry = Registry.load([NOTES, Candidate("honest", "honest")])

    assert list(registry.plugins) == ["notes"]
    assert "“asker”" in str(registry.quarantined["honest"])


def test_a_plugin_whose_model_refers_to_nowhere_is_set_apart_and_leaves_nothing_behind() -> None:
    Registry.load([NOTES])
    before = set(metadata.tables), set(Model.registry.mappers)

    registry = Registry.load([Candidate("astray", "astray"), NOTES])

    assert list(registry.plugins) == ["notes"]
    assert "astray_reader" in str(registry.quarantined["astray"])
    assert (set(metadata.tables), set(Model.registry.mappers)) == before
    assert "astray" not in sys.modules


@pytest.mark.parametrize(
    ("named", "told"), [("notes", "notes (impostor)"), ("impostor", "impostor")]
)
def test_a_plugin_under_another_s_name_is_set_apart(named: str, told: str) -> None:
    registry = Registry.load([NOTES, Candidate(named, "impostor")])

    assert {name: one.package for name, one in registry.plugins.items()} == {"notes": "notes"}
    assert list(registry.quarantined) == [told]


def test_no_plugin_takes_an_address_of_the_host(workbench: Workbench) -> None:
    with workbench.host((), backend="sqlite") as host:
        rules = [str(rule).split("/")[1:] for rule in create_app(host).url_map.iter_rules()]

    first = {parts[0] for parts in rules} | {parts[2] for parts in rules if parts[0] == "api"}
    names = {part for part in first if part.isalnum()}
    assert "departments" in names
    assert names <= RESERVED


def test_plugins_stand_in_the_order_of_their_needs() -> None:
    names = ("honest", "notes", "asker")

    registry = Registry.load([Candidate(name, name) for name in names])

    assert list(registry.plugins)[-1] == "honest"
    assert registry.requirements("honest") == ("asker", "notes")
    assert registry.dependents("asker") == ("honest",)


@pytest.mark.parametrize("broken", ["raises", "clashes", "astray"])
def test_the_others_are_served(workbench: Workbench, backend: str, broken: str) -> None:
    candidates = (Candidate(broken, broken), NOTES)
    with workbench.host(candidates, backend=backend) as host:
        app = create_app(host, testing=True)

        served: Host = host
        assert app.test_client().get("/health").status_code == 200
        assert "/api/v1/notes/notes/" in {str(rule) for rule in app.url_map.iter_rules()}
        assert list(served.registry.quarantined) == [broken]
