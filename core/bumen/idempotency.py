"""One effect for one intention: a repeated request gets the answer of the first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Delete,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bumen.database import forget_some
from bumen.errors import BusinessError, Malformed
from bumen.i18n import translator
from bumen.model import Model
from bumen.unit_of_work import company_now, current
from bumen.values import BIG_ID

_ = translator(__file__, "bumen")
LONGEST_KEY = 200
KEPT = timedelta(hours=24)
"""How long a request can be repeated."""


class KeyUsedOtherwise(BusinessError):
    """The refusal of an idempotency key that came with another request before."""

    def __init__(self) -> None:
        super().__init__(_("This idempotency key was already used for a different request."))


class IdempotencyKey(Model):
    """A request that was done, and what it was answered."""

    __tablename__ = "core_idempotency"
    __table_args__ = (
        UniqueConstraint("company_id", "user_id", "key"),
        Index(None, "created_at"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id", ondelete="CASCADE"))
    plugin: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None] = mapped_column(Integer)
    answer: Mapped[Any] = mapped_column(JSON, nullable=True)
    created_at: Mapped[datetime]


def claim(key: str, *, fingerprint: str, plugin: str) -> IdempotencyKey:
    """Take a key for this request to a plugin, or return what it was answered the first time.

    The row is part of the unit of work: while the first request runs, a second one with the same
    key waits for it; when the first fails, the key is free again. `KeyUsedOtherwise` when the key
    came with another request (by its `fingerprint`); `Malformed` when it is no key.
    """
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable() or not key.isascii():
        raise Malformed(_("The idempotency key must be 1 to 200 printable ASCII characters."))
    unit = current()
    company = company_now()
    row = IdempotencyKey(
        company_id=company.id,
        user_id=unit.user.id,
        plugin=plugin,
        key=key,
        fingerprint=fingerprint,
        created_at=datetime.now(UTC),
    )
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        row = unit.session.scalars(_taken(company.id, unit.user.id, key)).one()
    if row.fingerprint != fingerprint:
        raise KeyUsedOtherwise
    return row


def _taken(company_id: int, user_id: int, key: str) -> Select[IdempotencyKey]:
    return select(IdempotencyKey).where(
        IdempotencyKey.company_id == company_id,
        IdempotencyKey.user_id == user_id,
        IdempotencyKey.key == key,
    )


def forget_keys(*, before: datetime) -> Delete:
    """Delete some of the keys of requests nobody repeats any more."""
    return forget_some(IdempotencyKey, IdempotencyKey.created_at < before)
