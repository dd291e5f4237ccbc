"""Who may what: roles by company, one set of permissions per request, sessions that end.

Flask-AppBuilder asks the database once for every menu entry and button. Here everything a person
may do is read once per request, for the roles held in the current company.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, g, session
from flask_appbuilder.security.sqla.manager import SecurityManager as AppBuilderSecurity
from flask_jwt_extended import JWTManager
from sqlalchemy import bindparam, select

from bumen.company.holding import held_roles
from bumen.company.models import MembershipRole
from bumen.company.passwords import hashed
from bumen.errors import Forbidden, NotFound, NotSignedIn
from bumen.model.accounts import (
    Permission,
    PermissionView,
    Role,
    ViewMenu,
    assoc_permissionview_role,
    note_sign_in,
)
from bumen.security.holding import granted_to
from bumen.unit_of_work import committed, current
from bumen.web.answers import refusal
from bumen.web.people.addresses import is_account
from bumen.web.programs import key_of_request
from bumen.web.requests import is_api

EPOCH = "epoch"
MENU_ACCESS = "menu_access"


class SecurityManager(AppBuilderSecurity):
    """Flask-AppBuilder's security manager, by company and with one query."""

    def register_views(self) -> None:
        """Add no pages: ours for people and roles are added in their place."""

    @staticmethod
    def before_request() -> None:
        """Ask nobody who they are: requests.py finds out, where it matters."""

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Whether the person may do this in the current company, where the department is on."""
        plugin, dot, _view = view_name.partition(".")
        if dot and plugin != "core" and plugin not in current().on:
            return False
        if permission_name == MENU_ACCESS:
            return self._may_see(view_name)
        return (permission_name, view_name) in self.permission_set()

    def permission_set(self) -> frozenset[tuple[str, str]]:
        """Return everything the person may do here, read once per request."""
        if "permission_set" not in g:
            user, key = current().user, key_of_request()
            may = _read_permissions(user.id, g.membership_id) if user else frozenset()
            g.permission_set = may if key is None else frozenset(o for o in may if key.reaches(*o))
        found: frozenset[tuple[str, str]] = g.permission_set
        return found

    def _may_see(self, name: str) -> bool:
        """Whether a menu entry shows: of a resource when it may be read, else by its permission."""
        if "." in name:
            return ("can_read", name) in self.permission_set()
        children = [view for permission, view in self.permission_set() if permission == "can_read"]
        if any(view.partition(".")[0] == name for view in children) and name in current().on:
            return True
        return (MENU_ACCESS, name) in self.permission_set()

    def get_user_menu_access(self, menu_names: list[str] | None = None) -> set[str]:
        """Return the menu entries the person may see."""
        return {name for name in menu_names or [] if self.has_access(MENU_ACCESS, name)}

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        """Nothing is public: whoever has not signed in may sign in, and no more."""
        return False

    def get_user_roles(self, user: Any) -> list[Any]:
        """Return the roles a person holds in the current company, and the deployment's."""
        held = held_roles(user.id, g.get("membership_id"))
        return list(current().session.scalars(select(Role).where(Role.id.in_(held))))

    def load_user(self, pk: Any) -> Any:
        """Return who a session belongs to; nobody when the password or a role has changed since."""
        user = super().load_user(pk)
        return user if user and session.get(EPOCH) == user.epoch else None

    def load_user_jwt(self, jwt_header: Any, jwt_data: dict[str, Any]) -> Any:
        """Return who a token belongs to; nobody when the password or a role has changed since."""
        user = super().load_user(jwt_data["sub"]) if str(jwt_data["sub"]).isdecimal() else None
        return user if user and jwt_data.get(EPOCH) == user.epoch else None

    def get_user_by_id(self, pk: Any) -> Any:
        """Return a person by number; nobody for what is none."""
        return super().get_user_by_id(int(pk)) if is_account(pk) else None

    def on_user_login(self, user: Any) -> None:
        """Bind the session to the person's present epoch."""
        if not is_api():
            session[EPOCH] = user.epoch

    def update_user_auth_stat(self, user: Any, success: bool = True) -> None:  # noqa: FBT001, FBT002  # its own way
        """Note that somebody came in, or failed to; while others write, nobody waits for that."""
        self._note_aside(user.id, came_in=success)
        if success:
            self.on_user_login(user)
        else:
            self.on_user_login_failed(user)

    def noop_user_update(self, user: Any) -> None:
        """Take as long for somebody unknown as for somebody who fails."""
        self._note_aside(0, came_in=False)

    @staticmethod
    def _note_aside(user_id: int, *, came_in: bool) -> None:
        database = current_app.extensions["bumen"].database
        database.note_aside(note_sign_in(user_id, came_in=came_in, at=datetime.now(UTC)))

    def reset_password(self, userid: Any, password: str) -> None:
        """Set a password, and end every session and token that knew the old one."""
        user = self.get_user_by_id(userid)
        if user is None:
            raise NotFound
        with committed(current()):
            user.password = hashed(password)
        if current().user and current().user.id == user.id:
            session[EPOCH] = user.epoch

    def create_jwt_manager(self, app: Any) -> JWTManager:
        """Make tokens carry the epoch, and answer bad ones as everything is answered."""
        manager: JWTManager = super().create_jwt_manager(app)

        @manager.additional_claims_loader
        def epoch_of(identity: str) -> dict[str, Any]:
            return {EPOCH: self.get_user_by_id(int(identity)).epoch}

        for loader in (
            manager.unauthorized_loader,
            manager.invalid_token_loader,
            manager.expired_token_loader,
            manager.user_lookup_error_loader,
            manager.revoked_token_loader,
        ):
            loader(lambda *_why: refusal(NotSignedIn()))
        return manager


def allowed(permission: str, view: str) -> bool:
    """Whether the person may do this: `allowed("read", "sales.Orders")`."""
    found: bool = current_app.extensions["appbuilder"].sm.has_access(f"can_{permission}", view)
    return found


def allowed_in(permission: str, view: str) -> frozenset[int]:
    """Return the companies (their ids) among the person's in which the person may do this."""
    if len(g.memberships) == 1:
        return frozenset({g.company.id} if allowed(permission, view) else ())
    granting = (
        select(assoc_permissionview_role.c.role_id)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(Permission.name == f"can_{permission}", ViewMenu.name == view)
    )
    run, of = current().session.scalars, [one.id for one in g.memberships]
    everywhere = held_roles(g.user.id, None).subquery()
    if run(granting.where(assoc_permissionview_role.c.role_id.in_(select(everywhere)))).first():
        return frozenset(one.company_id for one in g.memberships)
    places = set(
        run(
            select(MembershipRole.membership_id).where(
                MembershipRole.membership_id.in_(of), MembershipRole.role_id.in_(granting)
            )
        )
    )
    return frozenset(one.company_id for one in g.memberships if one.id in places)


def require(permission: str, view: str) -> None:
    """Refuse whoever is unknown or not allowed."""
    if current().user is None:
        raise NotSignedIn
    if not allowed(permission, view):
        raise Forbidden


def somebody() -> Any:
    """Return who looks at a page; whoever is unknown is asked to sign in first."""
    user = current().user
    if user is None:
        raise NotSignedIn
    return user


def somebody_here() -> Any:
    """Return who asks; `NotFound` for who has no company, for whom there is nothing here."""
    user = somebody()
    if current().company is None:
        raise NotFound
    return user


def let_in(permission: str, view: str) -> None:
    """Refuse whoever is unknown or not allowed; without a company there are no such pages."""
    require(permission, view)
    somebody_here()


def signed_in() -> Any:
    """Return who asks, or refuse somebody unknown."""
    user = current().user
    if user is None:
        raise NotSignedIn if is_api() else abort(401)
    return user


def _read_permissions(user_id: int, membership_id: int | None) -> frozenset[tuple[str, str]]:
    asked = {"user_id": user_id, "membership_id": membership_id}
    found = current().session.execute(_PERMISSIONS, asked)
    return frozenset((name, view) for name, view in found)


_PERMISSIONS = granted_to(held_roles(bindparam("user_id"), bindparam("membership_id")))
"""Asked with every request, so built once."""
