"""How a record gets from one column of a board to another: by an action, or by a change."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any

from bumen.i18n import Text
from bumen.model.describe import Described, fields_of
from bumen.resource import WRITE, Action, Resource
from bumen.values import Choice
from bumen.views import Board
from bumen.web.house import actions_of
from bumen.web.security import allowed
from bumen.workflow import Workflow

STATE = "state"
"""The field a workflow writes."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A move takes a record to another column; `action` is what does it, None for a change.

    `name` is what it is asked for by: the action's name, or the code the field is changed to.
    """

    name: str
    label: Text
    target: Choice
    permission: str
    action: Action | None = None
    sources: Set[Choice] = field(default=frozenset())

    @property
    def asks(self) -> bool:
        """Whether people are asked something before: for arguments, or for a yes."""
        return self.action is not None and bool(self.action.arguments or self.action.confirm)

    def possible(self, resource: type[Resource], record: Any, *, by: str) -> bool:
        """Whether the record as it is now allows it."""
        now = getattr(record, by)
        if self.action is None:
            return bool(now != self.target) and resource.is_open(record)
        return now in self.sources and self.action.possible(record)


def column_field(resource: type[Resource], board: Board) -> Described:
    """Return the field whose values are the columns of a board."""
    return fields_of(resource.model)[board.by]


def moves_of(resource: type[Resource], board: Board) -> list[Move]:
    """Return the moves of a board, whoever may make them: of departments that are on."""
    described = column_field(resource, board)
    workflow: Workflow | None = getattr(resource.model, "workflow", None)
    if board.by == STATE and workflow is not None:
        return [
            _by_action(action, workflow)
            for action in actions_of(resource)
            if action.name in workflow.transitions
        ]
    if board.by not in resource.written() or "change" not in resource.can:
        return []
    return [_by_change(code) for code in described.choices or ()]


def moves_allowed(resource: type[Resource], moves: Iterable[Move]) -> list[Move]:
    """Return the moves this person may make."""
    return [move for move in moves if allowed(move.permission, resource.permission())]


def _by_action(action: Action, workflow: Workflow) -> Move:
    step = workflow.transitions[action.name]
    return Move(
        name=action.name,
        label=action.label,
        target=step.target,
        permission=action.name,
        action=action,
        sources=step.sources,
    )


def _by_change(code: Choice) -> Move:
    return Move(name=code.value, label=code.label, target=code, permission=WRITE)
