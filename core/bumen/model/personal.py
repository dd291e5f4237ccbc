"""What belongs to a person beside the company: settings, marks, what one has read."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from bumen.model.base import CompanyModel


class Personal(CompanyModel):
    """What belongs to a person and goes with that person, not only with the company."""

    __abstract__ = True
    in_history = False

    created_by_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="SET NULL"), sort_order=92
    )
    changed_by_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="SET NULL"), sort_order=94
    )
