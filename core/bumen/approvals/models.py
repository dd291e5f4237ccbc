"""What the host remembers of requests for approval: who is asked, who said what, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Integer, Select, String, Text, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bumen.approvals.codes import Happened, Outcome, Standing, Why
from bumen.company.models import Company
from bumen.documents.linked import Linked
from bumen.i18n import translator
from bumen.model import index
from bumen.model.accounts import User
from bumen.model.fields import About
from bumen.model.references import BelongsTo

_ = translator(__file__, "bumen")

LONGEST_LABEL = 200
_OPEN = text("outcome IS NULL")


class ApprovalRequest(Linked):
    """A request is that somebody wants a document approved; it is open while `outcome` is None.

    `author_id` is who wrote the document, `label` the document as it was called, `waiting_in` the
    state it waits in, `rule` the company's rule it follows, None for the default. `stage` is the
    one that is asked now.
    """

    __tablename__ = "core_approval_request"
    __table_args__ = (
        index("resource", "record_id"),
        index("requester_id", "outcome"),
        Index(
            "ix_core_approval_request_late",
            "due_at",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )
    in_history: ClassVar[bool] = False

    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    waiting_in: Mapped[str] = mapped_column(String(40))
    requester_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    author_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    rule: Mapped[str | None] = mapped_column(String(LONGEST_LABEL))
    stage: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]

    requester: Mapped[User | None] = relationship(User, foreign_keys=[requester_id])

    @property
    def owners(self) -> frozenset[int]:
        """Whose document it is: who submitted it, and who wrote it. They decide nothing here."""
        return frozenset({self.requester_id, self.author_id} - {None})  # type: ignore[arg-type]  # None is taken out


def _request() -> Any:
    about = About(label=_("Request for approval"))
    return BelongsTo(target=ApprovalRequest, about=about, ondelete="CASCADE")


class Seat(Linked):
    """A seat is one person who is asked in a request: in a group of a stage, each of which must
    agree. `due` says how long the person may take from `asked_at` on, as in `hours:8`, `due_at`
    when that is up."""

    __tablename__ = "core_approval_seat"
    __table_args__ = (
        index("resource", "record_id"),
        index("user_id", "standing"),
        Index("ix_core_approval_seat_escalated", "company_id", "escalated_to_id", "standing"),
    )
    in_history: ClassVar[bool] = False

    request: Mapped[ApprovalRequest] = _request()
    request_id: Mapped[int]
    stage: Mapped[int] = mapped_column(Integer)
    group: Mapped[int] = mapped_column("place", Integer)
    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id"))
    standing: Mapped[Standing]
    why: Mapped[Why | None]
    due: Mapped[str | None] = mapped_column(String(20))
    asked_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    opinion: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    handed_by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    escalated_to_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    escalated_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(User, foreign_keys=[user_id])
    decided_by: Mapped[User | None] = relationship(User, foreign_keys=[decided_by_id])
    handed_by: Mapped[User | None] = relationship(User, foreign_keys=[handed_by_id])
    escalated_to: Mapped[User | None] = relationship(User, foreign_keys=[escalated_to_id])


class Entry(Linked):
    """An entry is one thing that happened in a request: who did it, for whom, to whom."""

    __tablename__ = "core_approval_entry"
    __table_args__ = (index("resource", "record_id"), index("user_id", "happened"))
    in_history: ClassVar[bool] = False

    request: Mapped[ApprovalRequest] = _request()
    request_id: Mapped[int]
    happened: Mapped[Happened]
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    for_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    to_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    opinion: Mapped[str | None] = mapped_column(Text)

    user: Mapped[User | None] = relationship(User, foreign_keys=[user_id])
    for_whom: Mapped[User | None] = relationship(User, foreign_keys=[for_id])
    to_whom: Mapped[User | None] = relationship(User, foreign_keys=[to_id])


def open_request(resource: str, record_id: int) -> Select[ApprovalRequest]:
    """Select the open request of a record."""
    return (
        select(ApprovalRequest)
        .where(ApprovalRequest.resource == resource, ApprovalRequest.record_id == record_id)
        .where(ApprovalRequest.outcome.is_(None))
        .order_by(ApprovalRequest.id.desc())
        .limit(1)
    )


def lock_of(model: type[Any], ident: int) -> Select[int]:
    """Select the id of a record, and lock the record until the unit of work ends."""
    found: Select[int] = select(model.id).where(model.id == ident).with_for_update()
    return found


def locked(query: Select[ApprovalRequest]) -> Select[ApprovalRequest]:
    """Lock the requests that are selected until the unit of work ends, and read them anew."""
    return query.with_for_update(of=ApprovalRequest).execution_options(populate_existing=True)


def requests_of(resource: str, record_id: int) -> Select[ApprovalRequest]:
    """Select the requests of a record, the latest first."""
    return (
        select(ApprovalRequest)
        .where(ApprovalRequest.resource == resource, ApprovalRequest.record_id == record_id)
        .options(_name(ApprovalRequest.requester))
        .order_by(ApprovalRequest.id.desc())
    )


def seats_of(*request_ids: int) -> Select[Seat]:
    """Select the seats of requests in the order in which they are asked."""
    names = (Seat.user, Seat.decided_by, Seat.handed_by, Seat.escalated_to)
    return (
        select(Seat)
        .where(Seat.request_id.in_(request_ids))
        .options(*(_name(one) for one in names))
        .order_by(Seat.request_id, Seat.stage, Seat.group, Seat.id)
    )


def entries_of(*request_ids: int) -> Select[Entry]:
    """Select what happened in requests, the first first."""
    names = (Entry.user, Entry.for_whom, Entry.to_whom)
    return (
        select(Entry)
        .where(Entry.request_id.in_(request_ids))
        .options(*(_name(one) for one in names))
        .order_by(Entry.id)
    )


def late(*, now: datetime, on: Iterable[str] = ()) -> Select[ApprovalRequest]:
    """Select the open requests that wait longer than they may, and lock them."""
    return (
        select(ApprovalRequest)
        .where(ApprovalRequest.outcome.is_(None), ApprovalRequest.due_at <= now)
        .where(*_of_departments(ApprovalRequest, on))
        .order_by(ApprovalRequest.id)
        .with_for_update(skip_locked=True, of=ApprovalRequest)
    )


def companies_late(*, now: datetime) -> Select[str]:
    """Select the codes of the companies where an open request waits longer than it may."""
    table = ApprovalRequest.metadata.tables[ApprovalRequest.__tablename__]
    late_in = select(table.c.company_id).where(table.c.outcome.is_(None), table.c.due_at <= now)
    return (
        select(Company.code).where(Company.active, Company.id.in_(late_in)).order_by(Company.code)
    )


def _of_departments(model: type[Linked], on: Iterable[str]) -> list[Any]:
    theirs = [model.resource.startswith(f"{name}.", autoescape=True) for name in sorted(on)]
    return [or_(*theirs)] if theirs else []


def _name(relation: Any) -> Any:
    """Load just what names a person."""
    return joinedload(relation).load_only(User.id, User.first_name, User.last_name, User.username)
