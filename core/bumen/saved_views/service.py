"""Saving views of lists: who may change which, and what is refused."""

from __future__ import annotations

from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from bumen.errors import BusinessError, Conflict, Forbidden, NotFound
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.saved_views.models import LONGEST_NAME, PreferredView, SavedView
from bumen.schema import said_text
from bumen.unit_of_work import session
from bumen.values import is_record_id

_ = translator(__file__, "bumen")

LONGEST_QUERY = 4000
MOST_VIEWS = 100
"""So many views of one list one person may save."""


class NameIsTaken(Conflict):
    """The refusal of a second view of one list under one name."""

    def __init__(self, name: str) -> None:
        message = _("You already have a view called “%(name)s” of this list.", name=name)
        super().__init__(message, field="name")


class TooManyViews(BusinessError):
    """The refusal of more views of one list than anybody can choose from."""

    def __init__(self) -> None:
        super().__init__(
            _("You can save at most %(most)s views of one list. Delete one.", most=MOST_VIEWS)
        )


class QueryIsTooLong(BusinessError):
    """The refusal of a view with more conditions than can be kept."""

    def __init__(self) -> None:
        super().__init__(_("These are too many filters to be saved."))


class ViewIsAnothers(Forbidden):
    """The refusal to change what somebody else has saved."""

    def __init__(self) -> None:
        super().__init__(_("Only who saved this view, or an administrator, can change it."))


def save_view(resource: str, *, name: str, query: str, shared: bool, by: User) -> SavedView:
    """Keep a view of a list (by its key) under a name, for oneself or for everybody."""
    mine = select(func.count(SavedView.id)).where(
        SavedView.resource == resource, SavedView.owner_id == by.id
    )
    if (session().scalar(mine) or 0) >= MOST_VIEWS:
        raise TooManyViews
    view = SavedView(resource=resource, owner_id=by.id, shared=shared)
    view.name, view.query = _named(name), _short(query)
    _keep(view)
    return view


def change_view(
    view: SavedView,
    *,
    by: User,
    administers: bool,
    name: str | None = None,
    query: str | None = None,
    shared: bool | None = None,
) -> None:
    """Change what is given of a view: its name, what it asks for, whether others see it."""
    _check_may_change(view, by=by, administers=administers)
    if name is not None:
        view.name = _named(name)
    if query is not None:
        view.query = _short(query)
    if shared is not None:
        view.shared = shared
    _keep(view)


def drop_view(view: SavedView, *, by: User, administers: bool) -> None:
    """Delete a view; for whoever preferred it, the list opens plainly again."""
    _check_may_change(view, by=by, administers=administers)
    session().delete(view)
    session().flush()


def prefer_view(view: SavedView, *, preferred: bool, by: User) -> None:
    """Let a person's list open with this view from now on, or no longer; `Conflict` in a race."""
    there = (PreferredView.user_id == by.id, PreferredView.resource == view.resource)
    dropped = there if preferred else (*there, PreferredView.view_id == view.id)
    session().execute(delete(PreferredView).where(*dropped))
    if preferred:
        session().add(PreferredView(user_id=by.id, resource=view.resource, view_id=view.id))
    try:
        session().flush()
    except IntegrityError:  # the same person, in another window, or the view has just been dropped
        raise Conflict(_("Somebody else was faster. Please look again.")) from None


def view_seen(ident: int, *, resource: str, by: User) -> SavedView:
    """Return a view of a list that a person sees, or `NotFound`."""
    if not is_record_id(ident):
        raise NotFound
    found: SavedView | None = session().scalar(
        select(SavedView).where(
            SavedView.id == ident,
            SavedView.resource == resource,
            or_(SavedView.owner_id == by.id, SavedView.shared),
        )
    )
    if found is None:
        raise NotFound
    return found


def _check_may_change(view: SavedView, *, by: User, administers: bool) -> None:
    if view.owner_id != by.id and not administers:
        raise ViewIsAnothers


def _named(name: str) -> str:
    return said_text(name, field="name", length=LONGEST_NAME)


def _short(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise QueryIsTooLong
    return query


def _keep(view: SavedView) -> None:
    name = view.name
    try:
        with session().begin_nested():
            session().add(view)
    except IntegrityError:
        raise NameIsTaken(name) from None
