"""What every plugin keeps, as tests that a plugin inherits in three lines.

    class TestConformance(PluginConformance):
        plugin = "sales"

What can only be seen in a running application comes with it, from `conformance_web`.
"""

from typing import ClassVar

import pytest

from bumen.catalogues import problems
from bumen.checks import asked
from bumen.database import only_reading
from bumen.host import Host
from bumen.migrations import drift
from bumen.migrations.branches import plugin_branch
from bumen.registry import Installed, Registry
from bumen.security.permissions import wanted_of
from bumen.testing.conformance_web import WebConformance
from bumen.testing.declarations import (
    models_of,
    problems_of_checks,
    problems_of_hooks,
    problems_of_models,
    problems_of_resource,
    unindexed,
)
from bumen.testing.declared_reports import problems_of_reports
from bumen.testing.sources import sources_of, too_long, undeclared_imports


class PluginConformance(WebConformance):
    """The promises of a plugin; inherit it in a class whose name begins with `Test`."""

    short_lists: ClassVar[frozenset[str]] = frozenset()
    """Resources (`base.regions`) of which a company has so few that their lists need no index."""

    @pytest.fixture
    def installed(self, registry: Registry) -> Installed:
        """The plugin; it must stand, and its quarantine says why when it does not."""
        assert registry.quarantined.get(self.plugin) is None
        return registry.plugins[self.plugin]

    def test_it_says_what_it_is(self, installed: Installed) -> None:
        """Its package has a docstring, from which its description comes, and a title."""
        assert installed.description
        assert str(installed.plugin.title)

    def test_its_models_say_what_they_are(self, installed: Installed) -> None:
        """Every model has a docstring, belongs to companies and names its records."""
        assert list(problems_of_models(installed)) == []

    def test_its_resources_offer_what_their_models_have(self, installed: Installed) -> None:
        """Columns, fields, filters, sections, views, sums, lines and actions exist and fit."""
        resources = installed.plugin.resources
        assert [one for resource in resources for one in problems_of_resource(resource)] == []

    def test_its_reports_and_cards_tell_of_what_there_is(self, installed: Installed) -> None:
        """Dimensions, measures, figures and cards name fields, and lists can tell the records."""
        assert list(problems_of_reports(installed.plugin)) == []

    def test_its_names_begin_with_its_own(self, installed: Installed) -> None:
        """Tables and permissions of two plugins can never clash."""
        tables = [str(model.__tablename__) for model in models_of(installed)]
        views = [resource.permission() for resource in installed.plugin.resources]
        assert [name for name in tables if not name.startswith(f"{self.plugin}_")] == []
        assert [name for name in views if not name.startswith(f"{self.plugin}.")] == []

    def test_its_lists_are_indexed(self, installed: Installed) -> None:
        """What a list filters or sorts by stays fast with a million records."""
        long_lists = [
            resource
            for resource in installed.plugin.resources
            if resource.key() not in self.short_lists
        ]
        assert [one for resource in long_lists for one in unindexed(resource)] == []

    def test_its_checks_are_of_its_own_tables(self, installed: Installed, host: Host) -> None:
        """What it asks must always hold is asked of its own rows, and of an empty database."""
        assert list(problems_of_checks(installed)) == []
        with only_reading(), host.database.engine.connect() as connection:
            assert list(asked(connection, installed.plugin.checks)) == []

    def test_its_hooks_are_documented(self, installed: Installed) -> None:
        """Every question bears the plugin's name, has types, and says when it is asked."""
        module = installed.plugin.hooks
        assert (list(problems_of_hooks(self.plugin, module)) if module else []) == []

    def test_its_roles_grant_what_is_offered(
        self, installed: Installed, registry: Registry
    ) -> None:
        """The roles it brings name only permissions that exist."""
        starts = (f"{self.plugin}.", f"{self.plugin}:")
        assert [one for one in wanted_of(registry).problems if one.startswith(starts)] == []

    def test_its_texts_are_complete_in_every_language(
        self, installed: Installed, registry: Registry
    ) -> None:
        """No text is missing, fuzzy, or written in the wrong kind of Chinese."""
        assert problems(self.plugin, registry) == []

    def test_its_revisions_make_what_its_models_say(self, installed: Installed, host: Host) -> None:
        """A migrated database and the models agree, on every database."""
        assert drift(host.database, host.registry, self.plugin) == []

    def test_its_revisions_are_one_line(self, installed: Installed, registry: Registry) -> None:
        """Nobody has to choose between two newest revisions."""
        branch = plugin_branch(registry, self.plugin)
        heads = branch.script.get_heads() if branch.versions.is_dir() else []
        assert len(heads) <= 1

    def test_it_imports_only_what_it_declares(
        self, installed: Installed, registry: Registry
    ) -> None:
        """It stands on the façade of the host, and on the seams of the plugins it requires."""
        assert [
            problem
            for source in sources_of(installed)
            for problem in undeclared_imports(source, installed, registry)
        ] == []

    def test_its_files_and_functions_are_short(self, installed: Installed) -> None:
        """Everything can be read at once."""
        sources = sources_of(installed)
        assert [problem for source in sources for problem in too_long(source)] == []
