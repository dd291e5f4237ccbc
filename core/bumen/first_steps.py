"""First steps: what a department tells people of a new company to do first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bumen.i18n import Text
from bumen.resource import Resource


@dataclass(frozen=True, eq=False)
class FirstStep:
    """A first step is something a company does once, by making a record of a resource.

    The first page lists those that the person who looks at it may do, in order of what departments
    require, with those that are `done` ticked. `done` asks the database as little as it can.
    """

    title: Text
    help: Text = field(kw_only=True)
    done: Callable[[], bool] = field(kw_only=True)
    resource: type[Resource] = field(kw_only=True)
