"""The conformance suite finds what a careless plugin forgets."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from bumen.loading import LoadedModels
from bumen.registry import Candidate, Installed, Registry
from bumen.testing.declarations import (
    problems_of_hooks,
    problems_of_models,
    problems_of_resource,
    unindexed,
)
from bumen.testing.sources import sources_of, too_long, undeclared_imports

CARELESS = '''
"""Sheds: where things are put that nobody needs."""
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bumen import Action, Choice, CompanyModel, Lines, Plugin, Resource, belongs_to, field
from bumen import has_lines, index, line_of, translator
from bumen.model import Model
from bumen.values import BIG_ID
from tests.plugins.shelves.models import Book
from tests.plugins.shelves.answers import bumen_seed_company
from sheds import hooks

_ = translator(__file__, "sheds")


class State(Choice):
    OPEN = "open", _("Open")


class OtherState(Choice):
    SHUT = "shut", _("Shut")


class Thing(CompanyModel):
    """A thing is in a shed."""
    __tablename__ = "sheds_thing"
    shed: Mapped["Shed"] = line_of("sheds_shed", label=_("Shed"))
    name: Mapped[str] = field(String(20), label=_("Name"))


class Shed(CompanyModel):
    __tablename__ = "sheds_shed"
    __table_args__ = (index("state"),)
    named_by = ("title",)
    name: Mapped[str] = field(String(20), label=_("Name"))
    number: Mapped[str] = field(String(20), label=_("Number"), readonly=True)
    state: Mapped[State] = field(label=_("State"))
    things: Mapped[list[Thing]] = has_lines(Thing)


class Weather(Model):
    """The weather is the same for everybody."""
    __tablename__ = "sheds_weather"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)


def open_shed(shed, *, by):
    pass


class Things(Lines):
    model, name, fields, shown = Thing, "items", ("name", "weight"), ("price",)


class Sheds(Resource):
    model, title = Shed, _("Sheds")
    columns, fields, filters = ("name", "colour"), ("number", "state"), ("state", "roof")
    search, order, lines = ("state",), "-age", (Things,)
    actions = (Action("open", _("Open"), open_shed, states={OtherState.SHUT}),)


class Shelters(Resource):
    model, title, columns = Shed, _("Shelters"), ("name", "state")


plugin = Plugin(name="sheds", title=_("Sheds"), resources=(Sheds, Shelters), hooks=hooks)
'''
HOOKS = '''
"""What sheds ask."""
from bumen import hookspec


@hookspec
def may_open(shed):
    """Say whether a shed may be opened."""


@hookspec
def sheds_places(shed: int) -> int:
    """Say how many places a shed has.

    Asked when somebody looks for one. The answers are added up.
    """
'''


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    folder = tmp_path / "sheds"
    folder.mkdir()
    (folder / "__init__.py").write_text(CARELESS)
    (folder / "hooks.py").write_text(HOOKS)
    monkeypatch.syspath_prepend(tmp_path)
    shelves = Candidate("shelves", "tests.plugins.shelves")
    Registry.load([shelves])
    before = LoadedModels.now()
    yield Registry.load([shelves, Candidate("sheds", "sheds")])
    before.restore()


@pytest.fixture
def sheds(registry: Registry) -> Installed:
    assert registry.quarantined == {}
    return registry.plugins["sheds"]


def test_models_that_say_nothing_are_found(sheds: Installed) -> None:
    assert list(problems_of_models(sheds)) == [
        "Shed does not say what it is",
        "Shed.named_by: title",
        "Weather belongs to no company",
    ]


def test_a_resource_that_offers_what_its_model_lacks_is_found(sheds: Installed) -> None:
    assert list(problems_of_resource(sheds.plugin.resources[0])) == [
        "Sheds.columns: colour",
        "Sheds.fields: number",
        "Sheds.filters: roof",
        "Sheds.search: state",
        "Sheds.order: age",
        "Sheds cannot be made: fields: name",
        "Sheds.items: Shed has no such lines",
        "Sheds.items.fields: weight",
        "Sheds.items.shown: price",
        "Sheds.open.states: shut",
    ]


def test_lists_without_an_index_are_found(sheds: Installed) -> None:
    assert list(unindexed(sheds.plugin.resources[1])) == [
        "sheds.shelters: index('name') is missing"
    ]


def test_questions_that_explain_nothing_are_found(sheds: Installed) -> None:
    assert sheds.plugin.hooks is not None
    assert list(problems_of_hooks("sheds", sheds.plugin.hooks)) == [
        "may_open does not begin with sheds_",
        "may_open does not say when it is asked and what may be answered",
        "may_open does not name all its types",
    ]


def test_imports_that_were_never_declared_are_found(sheds: Installed, registry: Registry) -> None:
    package = next(source for source in sources_of(sheds) if source.name == "__init__.py")

    assert list(undeclared_imports(package, sheds, registry)) == [
        "__init__.py imports bumen.model.Model",
        "__init__.py imports bumen.values.BIG_ID",
        "__init__.py imports tests.plugins.shelves.models.Book",
        "__init__.py imports tests.plugins.shelves.answers.bumen_seed_company",
    ]


def test_what_is_too_long_to_be_read_at_once_is_found(sheds: Installed) -> None:
    body = textwrap.indent("x = 1\n" * 26, "    ")
    (sheds.folder / "long.py").write_text(f"def f():\n{body}" + "y = 2\n" * 280)
    long = next(source for source in sources_of(sheds) if source.name == "long.py")

    assert list(too_long(long)) == ["long.py: 307 lines", "long.py: f: 26 lines"]
