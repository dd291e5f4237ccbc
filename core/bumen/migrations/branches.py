"""Whose revisions there are, where they lie, and in which order they run."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from bumen.places import host_folder
from bumen.registry import HOST, Registry


@dataclass(frozen=True)
class Branch:
    """A line of revisions with its own version table: the host's, or one plugin's."""

    name: str
    versions: Path

    @property
    def version_table(self) -> str:
        """The table that remembers how far this branch has come."""
        return f"alembic_version_{self.name}"

    def owns(self, table: str) -> bool:
        """Tell by its prefix whether a table is this branch's."""
        prefixes = ("core_", "ab_") if self.name == HOST else (f"{self.name}_",)
        return table.startswith(prefixes)

    def config(self, **options: object) -> Config:
        """Return Alembic's settings for one run; the options are those of its `configure`."""
        config = Config(
            cmd_opts=Namespace(quiet=True),
            attributes={"version_table": self.version_table, **options},
        )
        config.set_main_option("script_location", _literal(host_folder("migrations")))
        config.set_main_option("version_locations", _literal(self.versions))
        config.set_main_option("path_separator", "newline")
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        return config

    @property
    def script(self) -> ScriptDirectory:
        """The revisions, read again when a file has changed."""
        files = sorted(self.versions.glob("*.py"))
        return _read(self, tuple((file.name, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=64)
def _read(branch: Branch, _files: tuple[tuple[str, int], ...]) -> ScriptDirectory:
    return ScriptDirectory.from_config(branch.config())


def branches(registry: Registry, *, only: Iterable[str] | None = None) -> list[Branch]:
    """Return every branch that has revisions, in the order they must run.

    With `only`, the host's, those plugins' and those of all they require.
    """
    wanted = set(registry.plugins if only is None else only) - {HOST}
    wanted |= {needed for name in wanted for needed in registry.requirements(name)}
    found = [host_branch(), *(plugin_branch(registry, n) for n in registry.plugins if n in wanted)]
    return [branch for branch in found if any(branch.versions.glob("*.py"))]


def branch_of(registry: Registry, name: str) -> Branch:
    """Return the branch of a plugin, or the host's by the name `core`."""
    return host_branch() if name == HOST else plugin_branch(registry, name)


def host_branch() -> Branch:
    """Return the branch of the host's own tables."""
    return Branch(HOST, host_folder("migrations") / "versions")


def plugin_branch(registry: Registry, name: str) -> Branch:
    """Return the branch of one plugin, whether or not it has revisions yet."""
    return Branch(name, registry.plugins[name].folder / "migrations" / "versions")


def _literal(path: Path) -> str:
    return str(path).replace("%", "%%")
