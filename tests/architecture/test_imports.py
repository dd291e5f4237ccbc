"""Knowledge points downwards, and a plugin knows only what it declares."""

import ast
import subprocess
import sys

import grimp
import pytest

import bumen
from bumen.registry import Installed, Registry
from tests.architecture.house import ROOT, SHIPPED, Module, at, modules

KNOWERS_OF_FLASK_APPBUILDER = ("bumen.web", "bumen.model")
SEAMS = ("models", "services", "events", "hooks")
REGISTRY = Registry.load()


def test_the_import_contracts_hold() -> None:
    """In a process of its own: import-linter silences everybody else's log."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]

    lint = subprocess.run(
        [*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert lint.returncode == 0, lint.stdout


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        at(module, node.lineno, name)
        for module in modules(*SHIPPED)
        for name, function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert found == []


def test_only_the_web_layer_and_the_models_know_flask_appbuilder() -> None:
    found = [
        at(module, line, name)
        for module in modules(*SHIPPED)
        for line, name in module.imported()
        if name.partition(".")[0] == "flask_appbuilder" and not _knows_flask_appbuilder(module)
    ]

    assert found == []


def test_the_host_imports_its_modules_and_not_its_facade() -> None:
    found = [
        at(module, node.lineno, alias.name)
        for module in modules("core")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "bumen"
        for alias in node.names
        if alias.name in bumen.__all__
    ]

    assert found == []


@pytest.mark.parametrize("installed", REGISTRY.plugins.values(), ids=REGISTRY.plugins)
def test_a_plugin_imports_only_what_it_declares(installed: Installed) -> None:
    packages = {one.package: one.name for one in REGISTRY.plugins.values()}
    graph = grimp.build_graph("bumen", *packages, cache_dir=None)
    inside = {installed.package, *graph.find_descendants(installed.package)}

    undeclared = sorted(
        f"{importer} imports {target}"
        for importer in inside
        for target in graph.find_modules_directly_imported_by(importer) - inside
        if not _may_import(importer, target, installed=installed, packages=packages)
    )

    assert undeclared == []


def _knows_flask_appbuilder(module: Module) -> bool:
    return f"{module.dotted}.".startswith(tuple(f"{name}." for name in KNOWERS_OF_FLASK_APPBUILDER))


def _may_import(
    importer: str, target: str, *, installed: Installed, packages: dict[str, str]
) -> bool:
    """Allow the façade, the seams of what is required, and of a neighbour in its own module."""
    package, _dot, inside = target.partition(".")
    if package == "bumen":
        in_tests = importer.startswith(f"{installed.package}.tests")
        return not inside or (in_tests and inside.startswith("testing"))
    neighbour = packages[package]
    declared = neighbour in installed.plugin.requires or (
        neighbour in installed.plugin.optional and f".with_{neighbour}." in f"{importer}."
    )
    return declared and inside.partition(".")[0] in SEAMS
