"""What the host remembers of dashboards that were arranged."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.model import unique
from bumen.model.personal import Personal

COMPANY = "company"


class Arrangement(Personal):
    """An arrangement is the order of a dashboard's cards, and which of them are put away.

    `place` is `home` or a department. `kept_for` is `company`, or the id of the person it is for.
    `cards` are keys with blanks between them, with a minus before those that are put away.
    """

    __tablename__ = "core_dashboard"
    __table_args__ = (unique("place", "kept_for"),)

    place: Mapped[str] = mapped_column(String(40))
    kept_for: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    cards: Mapped[str] = mapped_column(Text)


def kept_for(user_id: int | None) -> str:
    """Return for whom an arrangement is kept: a person, or the company."""
    return COMPANY if user_id is None else str(user_id)


def arrangements_of(place: str, *, user_id: int | None) -> Select[Arrangement]:
    """Select how a dashboard is arranged: by the company, and by a person."""
    wanted = (COMPANY, kept_for(user_id))
    return select(Arrangement).where(Arrangement.place == place, Arrangement.kept_for.in_(wanted))
