"""Which texts the libraries below us say to people: each needs our words, or theirs come through.

Flask-AppBuilder and WTForms bring a Simplified catalogue that gettext would take for Traditional
as well, and the others bring none. So the host's catalogue "messages" holds every text of theirs.
"""

import ast
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import marshmallow.fields
import marshmallow_sqlalchemy.fields
from marshmallow import Schema
from marshmallow.validate import Validator

from bumen.catalogues.extraction import Said, texts_said

MARKED = ("flask_appbuilder", "wtforms", "flask_wtf")
"""Libraries that mark their texts for translation."""

UNMARKED = (
    "flask_login/config.py",
    "flask_jwt_extended/default_callbacks.py",
    "flask_jwt_extended/internal_utils.py",
    "flask_jwt_extended/tokens.py",
    "flask_jwt_extended/view_decorators.py",
    "flask_wtf/csrf.py",
)
"""Files whose texts reach people although nothing marks them."""

FOR_PROGRAMMERS = {"RuntimeError", "TypeError", "ValueError", "KeyError"}
"""What a library raises when it is used wrongly: no visitor ever reads it."""

FILLED_IN = (
    "Missing Authorization Header",
    "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'",
    "Bad Authorization header. Expected 'Authorization: Bearer <JWT>'",
)
"""Texts that Flask-JWT-Extended puts together itself, as they read under our settings."""


def texts_of_libraries() -> Said:
    """Return every text a library may show to people, with the files it comes from."""
    said: Said = {}
    for library in MARKED:
        for key, files in texts_said(_folder(library)).items():
            said.setdefault(key, set()).update(files)
    for text, file in (*_unmarked_texts(), *_marshmallow_texts()):
        said.setdefault(text, set()).add(file)
    for text in FILLED_IN:
        said.setdefault(text, set()).add("flask_jwt_extended/view_decorators.py")
    return said


def _folder(library: str) -> Path:
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{library} is not installed")
    return Path(spec.origin).parent


def _unmarked_texts() -> Iterator[tuple[str, str]]:
    for file in UNMARKED:
        library, _slash, rest = file.partition("/")
        tree = ast.parse((_folder(library) / rest).read_text(encoding="utf-8"))
        for text in _literals(tree):
            yield text, file


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for value in _sayings(node):
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def _sayings(node: ast.AST) -> Iterable[ast.expr]:
    """Return what a piece of code raises, answers in a mapping, or keeps as a …_MESSAGE."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=[first, *_])):
            return () if name in FOR_PROGRAMMERS else (first,)
        case ast.Dict():
            return node.values
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return (value,) if name.endswith(("_MESSAGE", "error_msg")) else ()
    return ()


def _marshmallow_texts() -> Iterator[tuple[str, str]]:
    for kind in _and_below(marshmallow.fields.Field):
        for text in vars(kind).get("default_error_messages", {}).values():
            yield text, _file_of(kind)
    for kind in _and_below(Validator):
        for name, text in vars(kind).items():
            if "message" in name and isinstance(text, str):
                yield text, _file_of(kind)
    for text in Schema().error_messages.values():
        yield text, _file_of(Schema)


def _and_below(kind: type[Any]) -> Iterator[type[Any]]:
    """Yield a class of marshmallow's and all below it that are marshmallow's too."""
    if kind.__module__.partition(".")[0] in {"marshmallow", marshmallow_sqlalchemy.__name__}:
        yield kind
    for below in kind.__subclasses__():
        yield from _and_below(below)


def _file_of(kind: type[Any]) -> str:
    return kind.__module__.replace(".", "/") + ".py"
