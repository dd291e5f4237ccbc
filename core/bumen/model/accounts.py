"""People who sign in, and the roles they hold: Flask-AppBuilder's tables, with two columns more.

`str` of a person is what the person is called. Imports know people by their user names.

`User.locale` is the language a person chose. `User.epoch` is raised when the password or a role
changes, by whichever way: sessions and tokens of an earlier epoch end at the next request.
"""

from datetime import datetime
from typing import Any

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_group_role,
    assoc_permissionview_role,
    assoc_user_group,
    assoc_user_role,
)
from sqlalchemy import Integer, String, Update, event, func, inspect, update
from sqlalchemy.orm import mapped_column

from bumen.i18n import translator
from bumen.model.fields import About

__all__ = [
    "Permission",
    "PermissionView",
    "Role",
    "User",
    "ViewMenu",
    "assoc_group_role",
    "assoc_permissionview_role",
    "assoc_user_group",
    "assoc_user_role",
    "called",
    "note_sign_in",
]

_ = translator(__file__, "bumen")


def note_sign_in(user_id: int, *, came_in: bool, at: datetime) -> Update:
    """Write down that somebody came in, or failed to; moments of this table are those of here."""
    failed = func.coalesce(User.fail_login_count, 0) + 1
    counted: dict[str, Any] = {"fail_login_count": 0 if came_in else failed}
    if came_in:
        counted["login_count"] = func.coalesce(User.login_count, 0) + 1
        counted["last_login"] = at.astimezone().replace(tzinfo=None)
    return update(User).where(User.id == user_id).values(counted)


def called(user: User) -> str:
    """Return what a person is called, or the user name of somebody without a name."""
    parts = (user.first_name or "", user.last_name or "")
    return " ".join(part.strip() for part in parts if part.strip()) or str(user.username)


if "locale" not in User.__table__.columns:
    User.locale = mapped_column(String(16))
    User.epoch = mapped_column(Integer, default=0, server_default="0", nullable=False)
    User.named_by = ("username", "first_name", "last_name")
    User.__str__ = called
    User.__table__.c.username.info["about"] = About(label=_("User name"))


@event.listens_for(Role.user, "append")
@event.listens_for(Role.user, "remove")
def _end_with_roles(_role: Role, user: User, _initiator: Any) -> None:
    _begin_an_epoch(user)


@event.listens_for(User.password, "set", active_history=True)
@event.listens_for(User.active, "set", active_history=True)
def _end_with_what_lets_in(user: User, now: Any, before: Any, _initiator: Any) -> None:
    if now != before:
        _begin_an_epoch(user)


def _begin_an_epoch(user: User) -> None:
    """Let nothing count any more that somebody who is known already has signed in with."""
    if inspect(user).has_identity:
        user.epoch = (user.epoch or 0) + 1
