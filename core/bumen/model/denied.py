"""What a department proposes that a role should not see, or not write, of its records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bumen.values import Choice


@dataclass(frozen=True, kw_only=True)
class Denied:
    """A denied field is what a role does not see, or may not write, until the company says else.

    `field` is an attribute, or `lines.price` of lines; `role` the full name of a role that a plugin
    brings: `sales.viewer`. Without `states` it counts in every state.
    """

    field: str
    role: str
    is_hidden: bool
    states: tuple[str, ...] = ()


def hides(field: str, *, role: str, states: Iterable[Choice] = ()) -> Denied:
    """Propose that a role does not see a field: `hides("phone", role="sales.viewer")`."""
    return _denied(field, role, states, is_hidden=True)


def fixes(field: str, *, role: str, states: Iterable[Choice] = ()) -> Denied:
    """Propose that a role only reads a field: `fixes("lines.price", role="sales.viewer")`."""
    return _denied(field, role, states, is_hidden=False)


def _denied(field: str, role: str, states: Iterable[Choice], *, is_hidden: bool) -> Denied:
    codes = tuple(one.value for one in states)
    return Denied(field=field, role=role, is_hidden=is_hidden, states=codes)
