"""Remembering what is worked out from declarations: they never change while the house stands."""

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Work it out once for the same arguments, which must be hashable."""
    kept: Callable[P, T] = cache(function)  # type: ignore[assignment]  # its own signature is loose
    return kept
