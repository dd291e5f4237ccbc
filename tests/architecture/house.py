"""The sources of the house, read as text and as syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("core", "plugins")
WRITTEN = (*SHIPPED, "tests", "benchmarks", "migrations")
DRAWN = {".html", ".css", ".js", ".mjs"}


@dataclass(frozen=True)
class Module:
    """A Python file of the house."""

    path: Path

    @property
    def name(self) -> str:
        """The path from the root, as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def dotted(self) -> str:
        """The name it is imported by: `bumen.web.api`."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts[1:]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    def functions(self) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        """Yield every function with its name inside the module: `Server.load`."""
        yield from _functions(self.tree, ())

    def imported(self) -> Iterator[tuple[int, str]]:
        """Yield every imported module with its line; `from a import b` is `a`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, node.module or ""


def pages() -> Iterator[Path]:
    """Yield what pages are made of: templates, styles and scripts, not what is built of them."""
    for folder in SHIPPED:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in DRAWN and "dist" not in path.parts:
                yield path


def _functions(
    node: ast.AST, outer: tuple[str, ...]
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        inner = (*outer, child.name) if named else outer
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield ".".join(inner), child
        yield from _functions(child, inner)


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the modules in these folders; revisions are left out, they are written once."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(Module(path) for path in found if path.parent.name != "versions")


def at(module: Module, line: int, what: str) -> str:
    """Name a place the way editors open it."""
    return f"{module.name}:{line}: {what}"
