"""What can be wrong with a plugin's sources: too long to be read at once, or foreign imports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from bumen.registry import Installed, Registry

LONGEST_FILE = 300
LONGEST_FUNCTION = 25
SEAMS = frozenset({"models", "services", "events", "hooks"})
"""What plugins may import of plugins they require."""
_NOT_CODE = {"tests", "migrations", "locale"}


@dataclass(frozen=True)
class Source:
    """A file of a plugin."""

    path: Path
    folder: Path

    @property
    def name(self) -> str:
        """The path inside the plugin."""
        return self.path.relative_to(self.folder).as_posix()

    @cached_property
    def text(self) -> str:
        """What is written there."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The same as Python understands it."""
        return ast.parse(self.text)


def sources_of(installed: Installed) -> list[Source]:
    """Return the files that make the plugin work; its tests and revisions are left out."""
    folder = installed.folder
    files = sorted(folder.rglob("*.py"))
    return [Source(f, folder) for f in files if not _NOT_CODE & {*f.relative_to(folder).parts}]


def too_long(source: Source) -> Iterator[str]:
    """Name a file and its functions that are too long to be read at once."""
    lines = source.text.splitlines()
    if len(lines) > LONGEST_FILE:
        yield f"{source.name}: {len(lines)} lines"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            written = lines[body[0].lineno - 1 : node.end_lineno] if body else []
            length = sum(bool(line.strip()) for line in written)
            if length > LONGEST_FUNCTION:
                yield f"{source.name}: {node.name}: {length} lines"


def undeclared_imports(source: Source, installed: Installed, registry: Registry) -> Iterator[str]:
    """Name what is imported beyond the façade and the seams of the plugins that are declared."""
    others = {one.package: one.name for one in registry.plugins.values() if one is not installed}
    for module, name in _imported(source.tree):
        owner = next((one for one in others if f"{module}.".startswith(f"{one}.")), None)
        if owner is not None:
            inside = module.removeprefix(owner).lstrip(".").partition(".")[0] or name
            allowed = inside in SEAMS and _declares(installed, others[owner], source)
        else:
            allowed = not f"{module}.".startswith("bumen.") or _promised(module, name)
        if not allowed:
            yield f"{source.name} imports {module}{f'.{name}' if name else ''}"


def _promised(module: str, name: str | None) -> bool:
    """Whether an import of the host's is one of its façade."""
    return module == "bumen" and (name is None or name in import_module("bumen").__all__)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    """Yield module and name of every import: `from a import b` is (a, b), `import a` (a, None)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _declares(installed: Installed, neighbour: str, source: Source) -> bool:
    """Whether the neighbour is required, or optional and this file is the one about it."""
    about_it = source.name.partition(".")[0].partition("/")[0] == f"with_{neighbour}"
    return neighbour in installed.plugin.requires or (
        neighbour in installed.plugin.optional and about_it
    )
