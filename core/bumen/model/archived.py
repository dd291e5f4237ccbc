"""Records that are put aside and taken back: lists and lookups leave them out meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Mapped

from bumen.i18n import translator
from bumen.model.fields import field

_ = translator(__file__, "bumen")

Service = Callable[..., Any]


class Archived:
    """What a model adds to let its records be put aside: `class Customer(Archived, CompanyModel)`.

    An archived record keeps its documents. Lists show it when they are asked for it, lookups
    never; its resource says `archives = True`.
    """

    archived: Mapped[bool] = field(label=_("Archived"), default=False, readonly=True)


def put_aside(before: Service | None) -> Service:
    """Return what archives a record, after the plugin's own service has had its say."""
    return _turning(before, archived=True)


def take_back(before: Service | None) -> Service:
    """Return what takes a record back, unless the plugin's own service refuses."""
    return _turning(before, archived=False)


def is_aside(record: Any) -> bool:
    """Whether a record is archived."""
    return bool(record.archived)


def is_here(record: Any) -> bool:
    """Whether a record is not archived."""
    return not record.archived


def _turning(before: Service | None, *, archived: bool) -> Service:
    def turn(record: Any, *, by: Any) -> None:
        if before is not None:
            before(record, by=by)
        record.archived = archived

    return turn
