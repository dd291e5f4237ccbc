"""A request: one unit of work, somebody, a company, and an id to find it again in the logs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_jwt_extended import get_current_user, verify_jwt_in_request
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import contains_eager
from werkzeug.local import LocalProxy

from bumen.activation.models import version_now
from bumen.company.holding import held_roles
from bumen.company.models import Company, Membership, MembershipRole
from bumen.database import only_reading
from bumen.errors import NotFound
from bumen.host import Host, as_current
from bumen.unit_of_work import current, working
from bumen.visibility import FieldRule, Held, held_in, rules_held
from bumen.web.babel import choose_language
from bumen.web.hostile import refuse_hostile
from bumen.web.programs import key_of_request, shows_key, tell_use, user_of_key
from bumen.web.unsigned import asks_nobody, stand_outside

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"

RequestSession: Any = LocalProxy(lambda: current().session)
"""The session of the request that runs now; Flask-AppBuilder takes it for its own."""


def is_api() -> bool:
    """Whether a program asks, to be answered in JSON."""
    return request.path.startswith(API)


def begin_requests(app: Flask, host: Host) -> None:
    """Give every request an id and a unit of work of its own."""

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex
        g.enclosing = _enclose(host)
        g.user = AnonymousUserMixin()  # until we know better: asking could cost a statement
        refuse_hostile(request)

    @app.after_request
    def name_request(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        for opened in reversed(g.pop("enclosing", ())):
            opened.__exit__(None, None, None)
        tell_use(host)


def _enclose(host: Host) -> list[Any]:
    """Open what surrounds a request; readers do not keep writers waiting."""
    opened: list[Any] = [only_reading()] if _keeps_nothing() else []
    unit = host.new_unit(way="api" if is_api() else "screen")
    opened += [_closing(unit), working(unit)]
    for one in opened:
        one.__enter__()
    return opened


def _keeps_nothing() -> bool:
    """Whether nothing is kept of this request: it reads, or tries something that is undone."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in SAFE_METHODS or getattr(view, "keeps_nothing", False)


class _closing:  # noqa: N801  # a context manager, named like contextlib's
    def __init__(self, unit: Any) -> None:
        self.unit = unit

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_ignored: object) -> None:
        self.unit.close()


def identify_requests(app: Flask, host: Host) -> None:
    """Find out who asks, and for which company, before anything else is decided."""

    @app.before_request
    def identify() -> None:
        if request.endpoint in _NEEDS_NOBODY:
            return
        if asks_nobody(request.blueprint):
            stand_outside()
            return
        user = _user()
        g.user = user if user is not None else AnonymousUserMixin()
        g.memberships = _memberships(user)
        chosen = _chosen(g.memberships)
        g.has_field_rules = chosen is not None and chosen.company_id in g.ruled
        g.company = as_current(chosen.company) if chosen else None
        g.membership_id = chosen.id if chosen else None
        on = frozenset[str]()
        if chosen:
            on = host.activations.plugins_on(
                current().session, company_id=chosen.company_id, version=g.activation_version
            )
        current().enter(company=g.company, user=user, on=on)
        current().may = may
        current().field_rules = field_rules
        choose_language()


def may(verb: str, view: str) -> bool:
    """Whether whoever asks may do this in the current company."""
    allowed: bool = current_app.extensions["appbuilder"].sm.has_access(f"can_{verb}", view)
    return allowed


def field_rules() -> Held:
    """Return what the person's roles are denied of fields; read once, where the company has any."""
    if "field_rules" not in g:
        g.field_rules = _read_field_rules() if g.has_field_rules else {}
    found: Held = g.field_rules
    return found


def _read_field_rules() -> Held:
    roles = held_roles(g.user.id, g.membership_id)
    return held_in(current().session.execute(rules_held(roles, company_id=g.company.id)))


_NEEDS_NOBODY = {"appbuilder.static", "static", "health.live", "health.ready"}
_REFRESHES = "SecurityApi.refresh"


def _user() -> Any:
    """Return who asks: by the session, a token, or a key. One that is not good is refused.

    A new token is asked for with one made for that; who only asks for the methods of an address
    shows none.
    """
    g.by_session = False
    if is_api() and shows_key():
        return user_of_key()
    if request.headers.get("Authorization") and is_api():
        told = verify_jwt_in_request(refresh=request.endpoint == _REFRESHES)
        return get_current_user() if told else None
    if current_user.is_authenticated:
        g.by_session = True
        return current_user._get_current_object()  # noqa: SLF001  # werkzeug's own way
    return None


def _memberships(user: Any) -> list[Membership]:
    """Read where a person works, and with it how often departments have been switched."""
    if user is None:
        g.activation_version, g.ruled = 0, frozenset()
        return []
    query = _places()
    if (key := key_of_request()) is not None:
        query = query.where(Membership.id == key.membership_id)
    rows = current().session.execute(query, {"user_id": user.id}).all()
    g.activation_version = (rows[0][1] or 0) if rows else 0
    g.ruled = frozenset(row[0].company_id for row in rows if row[2])
    return [row[0] for row in rows]


@cache
def _places() -> Select[Any]:
    """Select where somebody works; asked with every request, so built once."""
    user_id: Any = bindparam("user_id")
    return (
        select(Membership, version_now().scalar_subquery(), _has_field_rules(user_id))
        .join(Membership.company)
        .where(Membership.user_id == user_id, Company.active)
        .order_by(Company.code)
        .options(contains_eager(Membership.company))
    )


def _has_field_rules(user_id: Any) -> Any:
    """Tell whether a role that somebody holds there is denied something; others do not count."""
    here = select(MembershipRole.role_id).where(MembershipRole.membership_id == Membership.id)
    held = FieldRule.role_id.in_(here.correlate(Membership))
    everywhere = FieldRule.role_id.in_(held_roles(user_id, None))
    return exists().where(FieldRule.company_id == Membership.company_id, held | everywhere)


def _chosen(memberships: Iterable[Membership]) -> Membership | None:
    """Choose the company: by address or header, by the session, the preferred one, or the first."""
    by_code = {one.company.code: one for one in memberships}
    named = (request.view_args or {}).get("company_code")
    wanted = named or (request.headers.get("X-Company") if is_api() else None)
    if wanted is not None and g.user.is_authenticated:
        if wanted not in by_code:
            raise NotFound
        return by_code[wanted]
    if (kept := session.get("company")) in by_code:
        return by_code[kept]
    preferred = [one for one in by_code.values() if one.preferred]
    return next(iter([*preferred, *by_code.values()]), None)
