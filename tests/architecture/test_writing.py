"""The sources keep to the house style where a machine can tell."""

import ast
import re

import bumen
from tests.architecture.house import ROOT, SHIPPED, WRITTEN, Module, at, modules, pages

READER_OF_THE_ENVIRONMENT = "core/bumen/settings.py"
PLACES_THAT_COMMIT = {
    "core/bumen/unit_of_work.py": "the one place",
    "core/bumen/company/isolation.py": "the session's own method, refused while sealed",
    "core/bumen/neighbours.py": "each entry of the outbox is told in a unit of work of its own",
}
DESCRIBED_BY_THEIR_MODULE = {"User"}
OUTSIDE_WORLD = {"float", "now", "today", "utcnow"}
OF_REQUESTS = {"flask", "flask_login"}
PROMISES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_a_module_says_first_what_it_knows() -> None:
    silent = [
        module.name
        for module in modules(*WRITTEN)
        if module.text.strip() and not _is_a_sentence(ast.get_docstring(module.tree) or "")
    ]

    assert silent == []


def test_a_page_a_style_and_a_script_say_first_what_they_are() -> None:
    silent = [
        page.relative_to(ROOT).as_posix()
        for page in pages()
        if not page.read_text(encoding="utf-8").startswith(("{# ", "/* ", "// "))
    ]

    assert silent == []


def test_every_drawing_a_page_names_is_there() -> None:
    drawn = set((ROOT / "core/bumen/web/assets/icons.txt").read_text(encoding="utf-8").split())
    named = {
        name
        for page in pages()
        for name in re.findall(r"""\bicon(?:_address)?\("([^"]+)\"""", page.read_text("utf-8"))
    }

    assert named - drawn == set()
    assert named


def test_only_the_settings_read_the_environment() -> None:
    found = [
        at(module, node.lineno, ast.unparse(node))
        for module in modules(*SHIPPED)
        if module.name != READER_OF_THE_ENVIRONMENT
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name | ast.alias)
        and _last_name(node) in {"environ", "environb", "getenv"}
    ]

    assert found == []


def test_one_place_commits() -> None:
    found = [
        at(module, node.lineno, ast.unparse(node))
        for module in modules(*SHIPPED)
        if module.name not in PLACES_THAT_COMMIT
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _last_name(node.func) == "commit"
    ]

    assert found == []


def test_rules_are_functions_of_their_arguments() -> None:
    found = [
        at(module, node.lineno, ast.unparse(node))
        for module in modules("plugins")
        if _holds_rules(module)
        for node in ast.walk(module.tree)
        if _is_outside(node)
    ]

    assert found == []


def test_nothing_is_left_for_later() -> None:
    found = [
        at(module, number, line.strip())
        for module in modules(*WRITTEN)
        if module.path.name != "test_writing.py"
        for number, line in enumerate(module.text.splitlines(), start=1)
        if PROMISES.search(line)
    ]

    assert found == []


def test_every_name_of_the_facade_is_documented() -> None:
    explained = {name for module in modules("core") for name in _explained_values(module)}
    silent = [
        name
        for name in bumen.__all__
        if name not in explained | DESCRIBED_BY_THEIR_MODULE
        and not _has_its_own_words(getattr(bumen, name))
    ]

    assert silent == []


def test_every_name_of_the_facade_has_its_place_in_the_pages_for_authors() -> None:
    pages = "".join(page.read_text() for page in (ROOT / "docs/plugins").glob("*.md"))

    assert [name for name in bumen.__all__ if not re.search(rf"\b{name}\b", pages)] == []


def _is_a_sentence(docstring: str) -> bool:
    """Tell whether the first line is words, not the path of the file."""
    first = docstring.partition("\n")[0]
    return first.endswith((".", ":", "?")) and ".py" not in first and " " in first


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.alias):
        return node.name
    return getattr(node, "attr", getattr(node, "id", ""))


def _is_outside(node: ast.AST) -> bool:
    """Whether a node looks at a clock, at a request, or at numbers that are not exact."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] in OF_REQUESTS
    if isinstance(node, ast.Import):
        return any(one.name.partition(".")[0] in OF_REQUESTS for one in node.names)
    return isinstance(node, ast.Name | ast.Attribute) and _last_name(node) in OUTSIDE_WORLD


def _holds_rules(module: Module) -> bool:
    return bool({"models", "services"} & {*module.path.parts, module.path.stem})


def _explained_values(module: Module) -> list[str]:
    """Return the names of values that are followed by a line of documentation."""
    pairs = zip(module.tree.body, module.tree.body[1:], strict=False)
    return [
        target.id
        for value, words in pairs
        if isinstance(value, ast.Assign) and isinstance(words, ast.Expr)
        for target in value.targets
        if isinstance(target, ast.Name) and isinstance(words.value, ast.Constant)
    ]


def _has_its_own_words(named: object) -> bool:
    inherited = {kind.__doc__ for kind in type(named).__mro__}
    if isinstance(named, type):
        inherited = {kind.__doc__ for kind in named.__mro__[1:]}
    return bool(named.__doc__) and named.__doc__ not in inherited
