"""Saved views on screens: which are offered, which a list opens with, and what is kept of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import flash, g
from werkzeug.datastructures import MultiDict

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.listing import page_of
from bumen.resource import Resource
from bumen.saved_views import SavedView as KeptView
from bumen.saved_views import views_seen
from bumen.unit_of_work import current
from bumen.web.list_address import ListAddress
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

VIEW = "core.SavedViews"
SAVED = "saved"
NO_VIEW = "0"
"""What `saved` says in the address of a list that opens plainly, whatever view is preferred."""
_PASSING = {"after", "before", "last", "page", "at", SAVED, "format", "_l_"}
"""What an address says of the moment only: never kept."""

Arguments = MultiDict[str, str]
Wrong = Callable[[Arguments], Malformed | None]
"""Returns why something cannot be asked for; None when it can."""


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A saved view as a list's page offers it; `query` are the arguments of its address."""

    id: int
    name: str
    shared: bool
    mine: bool
    owner: str
    preferred: bool
    may_change: bool
    query: dict[str, list[str]]

    @property
    def arguments(self) -> Arguments:
        """The arguments of its address, one by one."""
        return MultiDict((name, one) for name, some in self.query.items() for one in some)


def saved_views(resource: type[Resource]) -> list[SavedView]:
    """Return the views of a list that this person sees, one's own first; asked once a request."""
    return views_kept(resource.key())


def views_kept(key: str) -> list[SavedView]:
    """Return the views this person sees of a list, or of an analysis, by its key."""
    known: dict[str, list[SavedView]] = g.setdefault("saved_views", {})
    if key not in known:
        known[key] = _read(key)
    return known[key]


def administers() -> bool:
    """Whether this person may change what others share."""
    return allowed("write", VIEW)


def arguments_for(resource: type[Resource], arguments: Arguments) -> Arguments:
    """Return what a list is asked for: the arguments of its address, or the preferred view's.

    A view whose fields or values are gone by now is let go, with a message; never an error.
    """
    return arguments_by_view(resource.key(), arguments, wrong=lambda a: wrong_with(resource, a))


def arguments_by_view(key: str, arguments: Arguments, *, wrong: Wrong) -> Arguments:
    """Return what is asked for of a list or an analysis, which `wrong` can tell to be nothing."""
    asked = MultiDict((n, v) for n, v in arguments.items(multi=True) if n != "_l_" and v.strip())
    if not asked:
        return _preferred(key, arguments, wrong)
    if asked.get(SAVED, NO_VIEW) == NO_VIEW:
        return MultiDict((n, v) for n, v in arguments.items(multi=True) if n != SAVED)
    why = wrong(arguments)
    view = _called(key, asked[SAVED]) if why else None
    if why is None or view is None or canonical(arguments) != _written(view):
        return arguments
    _let_go(view, why)
    return MultiDict()


def wrong_with(resource: type[Resource], arguments: Arguments) -> Malformed | None:
    """Return why a list cannot be asked for this; None when it can."""
    try:
        page_of(resource, ListAddress(resource, arguments).listing)
    except Malformed as why:
        return why
    return None


def canonical(arguments: Arguments) -> str:
    """Return what is kept of an address, in one way of writing it."""
    kept = [(name, value.strip()) for name, value in arguments.items(multi=True)]
    lasting = [(name, value) for name, value in kept if value and name not in _PASSING]
    return urlencode(sorted(lasting, key=lambda one: one[0]))


def arguments_in(query: str) -> Arguments:
    """Return the arguments that a query string holds."""
    return MultiDict(parse_qsl(query.lstrip("?"), keep_blank_values=False))


def _preferred(key: str, arguments: Arguments, wrong: Wrong) -> Arguments:
    view = next((one for one in views_kept(key) if one.preferred), None)
    if view is None:
        return arguments
    opened = view.arguments
    why = wrong(opened)
    if why is None:
        return opened
    _let_go(view, why)
    return arguments


def _let_go(view: SavedView, why: Malformed) -> None:
    said = _(
        "The saved view “%(name)s” could not be used: %(reason)s", name=view.name, reason=str(why)
    )
    flash(str(said), "warning")


def _called(key: str, ident: str) -> SavedView | None:
    return next((one for one in views_kept(key) if str(one.id) == ident), None)


def _written(view: SavedView) -> str:
    return canonical(view.arguments)


def _read(resource: str) -> list[SavedView]:
    unit = current()
    if unit.user is None:
        return []
    rows = unit.session.execute(views_seen(resource, user_id=unit.user.id)).all()
    return [_offered(view, preferred=preferred, user_id=unit.user.id) for view, preferred in rows]


def _offered(view: KeptView, *, preferred: bool, user_id: int) -> SavedView:
    mine = view.owner_id == user_id
    return SavedView(
        id=view.id,
        name=view.name,
        shared=view.shared,
        mine=mine,
        owner="" if mine else str(view.owner),
        preferred=preferred,
        may_change=mine or administers(),
        query={**arguments_in(view.query).to_dict(flat=False), SAVED: [str(view.id)]},
    )
