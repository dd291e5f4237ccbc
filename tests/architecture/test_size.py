"""Files and functions stay small; the exceptions are listed with a reason and only get fewer."""

import ast
import csv
from pathlib import Path

from tests.architecture.house import ROOT, WRITTEN, Module, modules, pages

LONGEST_FILE = 300
LONGEST_FUNCTION = 25
MOST_EXCEPTIONS = 0
EXCEPTIONS = Path(__file__).with_name("exceptions.csv")


def test_files_and_functions_are_short_enough_to_be_read_at_once() -> None:
    found = {**_long_files(), **_long_functions()}
    listed = {row["where"]: int(row["lines"]) for row in _exceptions()}

    assert found == listed, "split it, or lower the number in exceptions.csv when it got shorter"


def test_every_exception_has_a_reason() -> None:
    assert [row["where"] for row in _exceptions() if len(row["reason"]) < 20] == []


def test_exceptions_only_get_fewer() -> None:
    assert len(_exceptions()) == MOST_EXCEPTIONS


def _exceptions() -> list[dict[str, str]]:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _long_files() -> dict[str, int]:
    lengths = {module.name: len(module.text.splitlines()) for module in modules(*WRITTEN)}
    lengths |= {page.relative_to(ROOT).as_posix(): _lines_in(page) for page in pages()}
    return {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def _lines_in(page: Path) -> int:
    return len(page.read_text(encoding="utf-8").splitlines())


def _long_functions() -> dict[str, int]:
    lengths = {
        f"{module.name}::{name}": _lines_of(function, module)
        for module in modules(*WRITTEN)
        for name, function in module.functions()
    }
    return {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}


def _lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> int:
    """Count what a function does: without signature, documentation and empty lines."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    written = module.text.splitlines()[body[0].lineno - 1 : function.end_lineno]
    return sum(bool(line.strip()) for line in written)
