"""How records moved through their flows: who took which step when, and what they said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, Select, String, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bumen.documents.linked import Linked
from bumen.model import index
from bumen.model.accounts import User
from bumen.unit_of_work import current

BEGINNING = ""
"""The step of a record that was only made: written down where it should soon go on."""


class Movement(Linked):
    """A movement is one step that a record took, from a state to another.

    `due_at` is when the state it came to should be left, `was_due_at` when the one it left should
    have been: it was in time when `at` is not later. `left_at` is empty while it stands there
    still. A word of one of several who are asked is a movement from a state to the same, left at
    once: the step is taken when the last of them agrees. `by_id` is empty for what the house did
    by itself; `instead_of_id` is in whose place.
    """

    __tablename__ = "core_movement"
    __table_args__ = (
        index("resource", "record_id", "id"),
        index("resource", "step", "at"),
        index("left_at", "due_at"),
    )
    in_history = False

    step: Mapped[str] = mapped_column(String(60))
    from_state: Mapped[str] = mapped_column(String(40))
    to_state: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    instead_of_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    opinion: Mapped[str | None]
    due_at: Mapped[datetime | None]
    was_due_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    by: Mapped[User | None] = relationship(User, foreign_keys=[by_id], viewonly=True)
    instead_of: Mapped[User | None] = relationship(
        User, foreign_keys=[instead_of_id], viewonly=True
    )

    @property
    def is_word(self) -> bool:
        """Whether it is one word of several, with which the record did not move yet."""
        return self.from_state == self.to_state and self.left_at == self.at

    @property
    def was_late(self) -> bool:
        """Whether the step was taken later than it should have been."""
        return self.was_due_at is not None and self.at > self.was_due_at


def key_of(model: type[Any]) -> str:
    """Return what the records of a model are called by: their resource's key, or their table's."""
    resource = current().neighbours.resource_of(model)
    key: str = resource.key() if resource else str(model.__tablename__).replace("_", ".", 1)
    return key


def movements_of(resource: str, record_id: int) -> Select[Movement]:
    """Select how a record moved, in order, and who moved it."""
    theirs = (Movement.resource == resource, Movement.record_id == record_id)
    named = (User.id, User.first_name, User.last_name, User.username)
    people = [joinedload(one).load_only(*named) for one in (Movement.by, Movement.instead_of)]
    return select(Movement).where(*theirs).order_by(Movement.id).options(*people)


def standing(resource: str, record_ids: Collection[int]) -> Select[Movement]:
    """Select the last movement of each of some records: since when they stand where they do."""
    theirs = (Movement.resource == resource, Movement.record_id.in_(record_ids))
    return select(Movement).where(*theirs, Movement.left_at.is_(None))


def overdue(*, now: datetime, resources: Collection[str]) -> Select[Movement]:
    """Select where records stand longer than they should, the most urgent first."""
    late = (Movement.left_at.is_(None), Movement.due_at < now)
    return (
        select(Movement)
        .where(*late, Movement.resource.in_(resources))
        .order_by(Movement.due_at, Movement.id)
    )


def overdue_states(resource: str, visible: Select[int], *, now: datetime) -> Select[str, int]:
    """Count the records that stand too long, by state; `visible` are the ids that are counted."""
    late = (Movement.left_at.is_(None), Movement.due_at < now)
    return (
        select(Movement.to_state, func.count())
        .where(Movement.resource == resource, *late, Movement.record_id.in_(visible))
        .group_by(Movement.to_state)
    )
