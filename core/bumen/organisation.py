"""Who stands where in a company: asked of the department that keeps its employees.

The host knows people who sign in; departments, posts and superiors are master data. Whoever needs
them (approvals, record rules) asks here and gets along without an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bumen.hooks import hookspec
from bumen.unit_of_work import ask


@dataclass(frozen=True, kw_only=True)
class Position:
    """A position is where somebody stands in the company of the unit of work.

    `superior` and `manager` are ids of users: the own superior, and who manages the department
    (of the department above, where it is oneself). The texts are labels of records.
    """

    user_id: int
    employee: str
    department: str = ""
    post: str = ""
    region: str = ""
    superior: int | None = None
    manager: int | None = None


@hookspec
def bumen_position_of(user_id: int) -> Position | None:
    """Tell where a user (its id) stands in the company; None for somebody who is not known.

    Asked when somebody's superior, department or region counts. The first answer wins.
    """


def position_of(user_id: int) -> Position | None:
    """Return where somebody stands; None when no department knows."""
    answers: list[Position] = ask(bumen_position_of, user_id=user_id)
    return answers[0] if answers else None


def superiors_of(user_id: int) -> Iterator[int]:
    """Yield the users above somebody, nearest first; ends at the top and on a circle."""
    passed = {user_id}
    position = position_of(user_id)
    while position and position.superior is not None and position.superior not in passed:
        yield position.superior
        passed.add(position.superior)
        position = position_of(position.superior)
