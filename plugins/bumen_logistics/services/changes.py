"""What people have just written into a record that is not kept yet."""

from typing import Any

from sqlalchemy import inspect


def was_written(record: Any, *names: str) -> bool:
    """Whether one of these fields is new or differs from what was kept."""
    attributes: Any = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in names)


def fill(record: Any, name: str, value: Any) -> None:
    """Set a field that people left empty; whatever its type says, it may be empty until then."""
    if getattr(record, name) is None:
        setattr(record, name, value)
