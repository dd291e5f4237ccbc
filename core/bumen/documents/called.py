"""What people are called, for whoever tells of documents and of what happened to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, select
from sqlalchemy.orm import load_only

from bumen.company.people import full_name_of
from bumen.model.accounts import User
from bumen.unit_of_work import session

Names = Mapping[int, str]
"""What people are called, by the ids of users."""


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return what people are called, with one statement for all of them, in order of their ids."""
    wanted = {one for one in user_ids if one is not None}
    named = load_only(User.id, User.first_name, User.last_name, User.username)
    found = session().scalars(people_called(wanted).options(named)) if wanted else ()
    return {one.id: full_name_of(one) for one in found}


def people_called(user_ids: Iterable[int]) -> Select[User]:
    """Select people by their ids, in order of these."""
    return select(User).where(User.id.in_(sorted(user_ids))).order_by(User.id)
