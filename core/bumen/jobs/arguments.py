"""What a job is told to do, as JSON keeps it and as its function takes it."""

from __future__ import annotations

import json
from inspect import signature
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bumen.events import READ, plain
from bumen.jobs.declared import Job


def packed(job: Job, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return arguments as JSON values; TypeError for those the function does not take."""
    signature(job.run).bind(None, **arguments)
    return as_json(arguments)


def as_json(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return arguments as JSON values, whether or not anything takes them."""
    kept: dict[str, Any] = json.loads(json.dumps(arguments, default=plain, allow_nan=False))
    return kept


def unpacked(job: Job, kept: dict[str, Any]) -> dict[str, Any]:
    """Return arguments as the function's annotations want them."""
    hints = get_type_hints(job.run)
    return {name: _read(hints.get(name), value) for name, value in kept.items()}


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    reading = next((READ[kind] for kind in kinds if kind in READ), None)
    return value if reading is None else reading(value)
