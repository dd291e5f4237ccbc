"""People who sign in, and the roles they hold: Flask-AppBuilder's tables, with two columns more.

`User.locale` is the language a person chose. `User.epoch` is raised when the password or a role
changes: sessions and tokens of an earlier epoch end at the next request.
"""

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from sqlalchemy import Integer, String
from sqlalchemy.orm import mapped_column

__all__ = [
    "Permission",
    "PermissionView",
    "Role",
    "User",
    "ViewMenu",
    "assoc_permissionview_role",
    "assoc_user_role",
]

if "locale" not in User.__table__.columns:
    User.locale = mapped_column(String(16))
    User.epoch = mapped_column(Integer, default=0, server_default="0", nullable=False)
