"""What a mapping says, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Content = dict[str, Any]
"""A mapping as its file says it."""


def said_of(content: Content) -> Iterator[tuple[str, Content]]:
    """Yield what a mapping says of each field; a mere text stands for a column."""
    for name, said in content.get("fields", {}).items():
        yield name, {"column": said} if isinstance(said, str) else said
    for lines, told in content.get("lines", {}).items():
        for name, said in told.get("fields", {}).items():
            yield f"{lines}.{name}", {"column": said} if isinstance(said, str) else said


def plain(value: Any) -> str:
    """Return a value of a mapping as a form names it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_other(said: Content) -> bool:
    return "template" in said
