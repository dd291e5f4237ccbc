"""What is remembered of activities: who is to do what about a record, and until when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Integer, Select, String, case, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.documents.linked import Linked
from bumen.model import index

LONGEST_TASK = 200
LONGEST_LABEL = 200
LONGEST_REMARK = 500


class Activity(Linked):
    """An activity is something one person is to do about a record until a day.

    `label` is what the record was called then.
    """

    __tablename__ = "core_activity"
    __table_args__ = (
        index("resource", "record_id", "done_at", "due_on"),
        index("user_id", "done_at", "due_on"),
    )
    is_work = True

    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    what: Mapped[str] = mapped_column(String(LONGEST_TASK))
    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id"), index=True)
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    remark: Mapped[str | None] = mapped_column(String(LONGEST_REMARK))

    def is_late(self, *, on: date) -> bool:
        """Whether it should have been done by now."""
        return self.done_at is None and self.due_on < on


def activities_of(resource: str, *, record_id: int) -> Select[Activity]:
    """Select what is to be done about a record, the earliest first, then what was done last."""
    return (
        select(Activity)
        .where(Activity.resource == resource, Activity.record_id == record_id)
        .order_by(
            case((Activity.done_at.is_(None), 0), else_=1),
            case((Activity.done_at.is_(None), Activity.due_on)),
            Activity.done_at.desc(),
            Activity.id,
        )
    )


def open_activities(user_id: int) -> Select[Activity]:
    """Select what somebody is to do, in no order; whoever shows it keeps to what is on."""
    return select(Activity).where(Activity.user_id == user_id, Activity.done_at.is_(None))
