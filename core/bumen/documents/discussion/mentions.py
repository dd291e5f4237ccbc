"""Who is mentioned in a text: “@” and the name somebody is called by in the company.

A user name or a full name may follow; the longest that names one person counts. An “@” inside a
word is an address, not a mention.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from bumen.company.models import Membership
from bumen.company.people import full_name_of, people_called
from bumen.documents.discussion.errors import TooManyMentions
from bumen.documents.readers import members, members_reading
from bumen.model.accounts import User
from bumen.resource import Resource
from bumen.unit_of_work import company_now, session

MOST_MENTIONED = 20
MOST_OFFERED = 8
_LONGEST_NAME = 64
_CALLS = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠](?=\S)")
_GOES_ON = re.compile(r"[A-Za-z0-9_]|[.-][A-Za-z0-9]")

Mention = dict[str, int]
"""Where somebody is named: the place of the sign, the length with it, the user's id."""


def mentions_in(text: str) -> list[Mention]:
    """Return who is mentioned where; refuses more than a comment can hold."""
    places = [found.start() for found in _CALLS.finditer(text)]
    if not places:
        return []
    if len(places) > MOST_MENTIONED:
        raise TooManyMentions(most=MOST_MENTIONED)
    called = {place: _beginnings(text, place + 1) for place in places}
    known = _members_called({name.lower() for names in called.values() for name in names})
    return [
        {"at": place, "length": 1 + len(name), "user": known[name.lower()]}
        for place, names in called.items()
        if (name := next((one for one in names if one.lower() in known), ""))
    ]


def people_offered(resource: type[Resource], words: str) -> Select[User, bool]:
    """Select who may be meant by what is typed, of those who may read a resource's records.

    With each comes whether another member is called the same: then the user name is written.
    """
    other, place = aliased(User), aliased(Membership)
    alike = (
        select(other.id)
        .join(place, place.user_id == other.id)
        .where(place.company_id == company_now().id, other.id != User.id)
        .where(_full_name(other) == _full_name(User))
        .exists()
    )
    query = members_reading(resource).add_columns(alike)
    if words.split():
        here = select(Membership.user_id).where(Membership.company_id == company_now().id)
        texts = (User.username, _full_name(User))
        query = query.where(
            User.id.in_(people_called(session(), words, User.id.in_(here), texts=texts))
        )
    first = case((_full_name(User).istartswith(words.strip(), autoescape=True), 0), else_=1)
    return query.order_by(first, _full_name(User), User.id).limit(MOST_OFFERED)


def _beginnings(text: str, start: int) -> list[str]:
    """Return what could be the name behind a sign, longest first: no half words."""
    line = text[start : start + _LONGEST_NAME].partition("\n")[0]
    ends = range(len(line), 0, -1)
    return [line[:end] for end in ends if not _is_cut(text, start + end)]


def _is_cut(text: str, end: int) -> bool:
    """Whether a Latin word goes on behind this place; between Chinese signs none does."""
    before = text[end - 1]
    return before.isspace() or (
        before.isascii() and before.isalnum() and _GOES_ON.match(text, end) is not None
    )


def _members_called(names: Iterable[str]) -> dict[str, int]:
    """Return whom names stand for; a name that two members bear stands for nobody."""
    wanted = sorted(names)
    lower, full = func.lower(User.username), func.lower(_full_name(User))
    found = members().where(or_(lower.in_(wanted), full.in_(wanted)))
    bearers: dict[str, set[int]] = defaultdict(set)
    by_user_name = {}
    for person in session().scalars(found):
        by_user_name[person.username.lower()] = person.id
        bearers[full_name_of(person).lower()].add(person.id)
    alone = {name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1}
    return alone | by_user_name


def _full_name(person: Any) -> ColumnElement[str]:
    return func.trim(person.first_name + " " + person.last_name)
