"""What the host remembers of the permissions it handed out."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from bumen.model import Model


class SyncedRole(Model):
    """A synced role is what the last upgrade granted a role, so that what people changed since
    then can be told from what the plugins changed, and is left alone."""

    __tablename__ = "core_synced_role"

    role_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_role.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    grants: Mapped[list[str]] = mapped_column(JSON)
