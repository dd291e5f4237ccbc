"""The search behind lookups of people: those who work for the company, by name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import func, or_, select

from bumen.company.people import people_found
from bumen.errors import Malformed, NotFound
from bumen.host import Host
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.unit_of_work import current, session
from bumen.visibility import in_the_company
from bumen.web.answers import answer
from bumen.web.security import signed_in

_ = translator(__file__, "bumen")

MOST_FOUND = 20
MOST_NAMES = 100
_LONGEST = 200


def colleagues_lookup(_host: Host) -> Blueprint:
    """Return the search."""
    pages = Blueprint("colleagues", __name__)
    pages.add_url_rule("/lookup/colleagues", "find", find)
    return pages


def find() -> Response:
    """Answer with the people of the company that match `q`, as [{"id", "label"}], at most twenty.

    `is` asks for those that are called exactly that, or sign in so: many at once, each with `is`.
    With `others` whoever asks is left out.
    """
    signed_in()
    if current().company is None:
        raise NotFound
    if names := request.args.getlist("is"):
        return answer(_called(names))
    found = people_found(session(), request.args.get("q", "")[:_LONGEST], *_here())
    if "others" in request.args:
        found = found.where(User.id != current().user.id)
    people = session().scalars(found.order_by(User.first_name, User.id).limit(MOST_FOUND))
    return answer([_told(one) for one in people])


def _called(names: list[str]) -> list[dict[str, Any]]:
    if len(names) > MOST_NAMES:
        raise Malformed(_("At most %(limit)s names at once.", limit=MOST_NAMES))
    wanted = {one.strip().lower() for one in names} - {""}
    same = or_(func.lower(User.username).in_(wanted), func.lower(User.first_name).in_(wanted))
    people = list(session().scalars(select(User).where(same, *_here()).order_by(User.id)))
    return [
        {"is": name, **_told(one)}
        for name in dict.fromkeys(names)
        for one in people
        if name.strip().lower() in {str(one).lower(), str(one.username).lower()}
    ]


def _here() -> list[Any]:
    """Return what is true of whom lookups offer: they work here, and may sign in."""
    return [*in_the_company(User), User.active]


def _told(person: User) -> dict[str, Any]:
    name = str(person)
    told = name if name == person.username else f"{name} ({person.username})"
    return {"id": person.id, "label": told}
