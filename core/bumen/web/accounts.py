"""Flask-AppBuilder's screens for people and roles, without what is not safe in them.

They are for administrators of the deployment only; its actions by GET, its bulk actions and its
file download stay out. Who works in a company is administered there.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, current_app, g, request
from flask_appbuilder.exceptions import PasswordComplexityValidationError
from flask_appbuilder.models.filters import Filters
from flask_appbuilder.security import views
from flask_appbuilder.security.api import SecurityApi as AppBuilderTokens
from flask_appbuilder.utils.limit import Limit
from flask_appbuilder.views import expose
from flask_jwt_extended import create_access_token, create_refresh_token
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed

from bumen.company.errors import PasswordIsWeak
from bumen.company.passwords import check_password
from bumen.errors import BusinessError, InvalidInput, Malformed, NotFound
from bumen.i18n import translator
from bumen.unit_of_work import current
from bumen.web.answers import answer
from bumen.web.bodies import body

_ = translator(__file__, "bumen")
_SAFE = {"list", "show", "add", "edit", "delete"}
LOGINS = "10 per minute"
"""How often one address may fail to sign in as one person."""
SPRAYS = "100 per minute"
"""How often one address may fail, whoever it tries to be: an office shares one."""
_BIGGEST_ID = 2**31 - 1
_MOST_DIGITS = 10
_MOST_ON_A_PAGE = 200
_ARGUMENT = re.compile(r"(page|psize|_oc|_od|_flt_(?P<place>\d{1,3}))_(?P<rest>.*)", re.DOTALL)


def failed(response: Response) -> bool:
    """Whether an attempt to sign in failed: only those count."""
    return response.status_code in (400, 401) or (
        response.status_code == 302 and "/login" in (response.location or "")
    )


def signing_in() -> str:
    """Return whose attempts are counted together: those from one address for one name.

    However the name is written, as it signs the same person in.
    """
    sent = request.get_json(silent=True) if request.is_json else request.form
    name = sent.get("username", "") if isinstance(sent, dict | MultiDict) else ""
    return f"{request.remote_addr} {str(name).casefold()[:200]}"


_FAILURES = [
    Limit(LOGINS, key_func=signing_in, methods=("POST",), deduct_when=failed),
    Limit(SPRAYS, key_func=get_remote_address, methods=("POST",), deduct_when=failed),
]


def is_account(ident: Any) -> bool:
    """Whether this could be the number of a person, a role or a group at all."""
    digits = str(ident)
    return digits.isdecimal() and len(digits) <= _MOST_DIGITS and int(digits) <= _BIGGEST_ID


def good_enough(password: str) -> None:
    """Refuse a password that others could guess, at the box it was typed into."""
    try:
        check_password(password, name=_whose())
    except PasswordIsWeak as weak:
        raise PasswordComplexityValidationError(str(weak)) from None


def _whose() -> str:
    """Return the user name of the person whose password is being set."""
    if "username" in request.form:
        return request.form["username"]
    security = current_app.extensions["appbuilder"].sm
    pk = request.args.get("pk")
    user = current().user if pk is None else security.get_user_by_id(pk)
    if user is None:
        raise NotFound
    return str(user.username)


class Careful:
    """A screen of Flask-AppBuilder's that refuses what it does not offer, and shares no filters."""

    endpoint: str
    order_columns: list[str]
    search_columns: list[str]
    datamodel: Any
    _related_views: list[Any]

    def create_blueprint(self, *given: Any, **named: Any) -> Blueprint:
        """Look at every request before Flask-AppBuilder does."""
        blueprint: Blueprint = super().create_blueprint(*given, **named)  # type: ignore[misc]
        blueprint.before_request(self._refuse_unoffered)
        return blueprint

    @property
    def _filters(self) -> Filters:
        """The filters of this request: Flask-AppBuilder keeps one object for all threads."""
        kept: dict[Any, Filters] = g.setdefault("account_filters", {})
        if type(self) not in kept:
            kept[type(self)] = self.datamodel.get_filters(self.search_columns)
        return kept[type(self)]

    @_filters.setter
    def _filters(self, shared: Filters) -> None:
        """Forget what would be shared."""

    def _refuse_unoffered(self) -> None:
        """Refuse numbers nobody has, pages, orders and filters there are not, and to delete by
        GET or, as Flask-AppBuilder would, by HEAD.
        """
        if request.endpoint == f"{self.endpoint}.delete" and request.method != "POST":
            raise MethodNotAllowed(["POST"])
        if not is_account((request.view_args or {}).get("pk", 0)):
            raise NotFound
        for name, value in request.args.items(multi=True):
            asked = _ARGUMENT.fullmatch(name)
            if not self._offers(asked, value) if asked else _is_flasks_own(name):
                said = _("There is no such part of a list's query.")
                raise Malformed(said, fields={name: [said]})

    def _offers(self, asked: re.Match[str], value: str) -> bool:
        lists = {type(one).__name__: one for one in (self, *self._related_views)}
        if not asked["place"] and asked["rest"] not in lists:
            return False
        if asked[1] in ("page", "psize"):
            most = _MOST_ON_A_PAGE if asked[1] == "psize" else _BIGGEST_ID // _MOST_ON_A_PAGE
            return is_account(value) and int(value) <= most
        if asked[1] == "_oc":
            return value in lists[asked["rest"]].order_columns
        if asked[1] == "_od":
            return value in ("asc", "desc")
        column, place = asked["rest"], int(asked["place"])
        if column not in self.search_columns:
            return False
        known = place < len(self._filters.get_search_filters()[column])
        return known and self._fits(column, value)

    def _fits(self, column: str, value: str) -> bool:
        """Whether a column can be compared with this at all, on every database."""
        if self.datamodel.is_relation(column) or self.datamodel.is_integer(column):
            return is_account(value)
        return value == "y" or not self.datamodel.is_boolean(column)


def _is_flasks_own(name: str) -> bool:
    """Whether an argument would be taken for one of Flask's own when links are made from it."""
    return name.startswith("_") and name != "_l_"


class UserDBModelView(Careful, views.UserDBModelView):
    """The people who may sign in."""

    show_template = "bumen/user.html"

    include_route_methods = _SAFE | {"userinfo"}
    actions: dict = {}


class RoleModelView(Careful, views.RoleModelView):
    """The roles of the deployment."""

    include_route_methods = _SAFE


class UserGroupModelView(Careful, views.UserGroupModelView):
    """The groups of people."""

    include_route_methods = _SAFE


class AuthDBView(views.AuthDBView):
    """Where people sign in; how often they may fail is limited."""

    limits = _FAILURES


class WrongPassword(BusinessError):
    """The refusal of a name and a password that do not go together; it does not say which."""

    status = 401

    def __init__(self) -> None:
        super().__init__(_("The user name or the password is not right."))


class SecurityApi(AppBuilderTokens):
    """Where programs sign in; how often they may fail is limited."""

    limits = _FAILURES

    @expose("/login", methods=["POST"])
    def login(self) -> Response:
        """Answer with a token for a user name and a password; `refresh` asks for a second one."""
        sent = body()
        name, password = (_required(sent, one) for one in ("username", "password"))
        user = self.appbuilder.sm.auth_user_db(name, password)
        if user is None:
            raise WrongPassword
        tokens = {"access_token": create_access_token(identity=str(user.id), fresh=True)}
        if sent.get("refresh") is True:
            tokens["refresh_token"] = create_refresh_token(identity=str(user.id))
        return answer(tokens)


def _required(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidInput({name: [_("This field is required.")]})
    return value
