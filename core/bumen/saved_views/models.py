"""What the host remembers of lists that people have saved."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, Select, String, Text, and_, case, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bumen.i18n import translator
from bumen.model import field, index, unique
from bumen.model.accounts import User
from bumen.model.fields import About
from bumen.model.personal import Personal
from bumen.model.references import BelongsTo

_ = translator(__file__, "bumen")

LONGEST_NAME = 80
MOST_SHOWN = 200
"""So many views of one list are offered at most."""


class SavedView(Personal):
    """A saved view is what somebody asks of a list, under a name: for oneself, or for everybody.

    `resource` is the list's key, `query` the arguments of its address.
    """

    __tablename__ = "core_saved_view"
    __table_args__ = (unique("owner_id", "resource", "name"), index("resource", "shared"))
    named_by = ("name",)

    resource: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = field(String(LONGEST_NAME), label=_("Name"))
    owner_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    shared: Mapped[bool] = field(label=_("Shared with everybody"), default=False)
    query: Mapped[str] = mapped_column(Text)

    owner: Mapped[User] = relationship(User, foreign_keys=[owner_id])


class PreferredView(Personal):
    """A preferred view is the one a person's list opens with."""

    __tablename__ = "core_preferred_view"
    __table_args__ = (unique("user_id", "resource"),)

    user_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    resource: Mapped[str] = mapped_column(String(120))
    view: Mapped[SavedView] = BelongsTo(  # type: ignore[assignment]  # made a relationship by the model
        target=SavedView, about=About(label=_("Saved view")), ondelete="CASCADE"
    )
    view_id: Mapped[int]


def views_seen(resource: str, *, user_id: int) -> Select[SavedView, bool]:
    """Select the views of a list that a person sees, and whether each is the preferred one.

    One's own come first, then what others share.
    """
    mine = SavedView.owner_id == user_id
    preferred = and_(PreferredView.view_id == SavedView.id, PreferredView.user_id == user_id)
    return (
        select(SavedView, PreferredView.id.is_not(None))
        .outerjoin(PreferredView, preferred)
        .where(SavedView.resource == resource, or_(mine, SavedView.shared))
        .options(joinedload(SavedView.owner))
        .order_by(case((mine, 0), else_=1), SavedView.name, SavedView.id)
        .limit(MOST_SHOWN)
    )
