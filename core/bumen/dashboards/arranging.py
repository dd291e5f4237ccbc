"""Arranging dashboards: for oneself, or as an administrator for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import IntegrityError

from bumen.dashboards.models import COMPANY, Arrangement, arrangements_of, kept_for
from bumen.errors import Conflict
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """A card in its place, by its key, and whether it is put away."""

    key: str
    is_hidden: bool = False


def arrangements(place: str, *, by: User) -> dict[str, Arrangement]:
    """Return how a dashboard is arranged, by whom for: `company`, or the person's id."""
    found = session().scalars(arrangements_of(place, user_id=by.id))
    return {one.kept_for: one for one in found}


def arranged(keys: Sequence[str], kept: Arrangement | None) -> list[Arranged]:
    """Put cards in order; those that came later stand at the end, those that are gone nowhere."""
    known = _kept_cards(kept)
    names = {one.key for one in known}
    found = [one for one in known if one.key in keys]
    return [*found, *(Arranged(key=key) for key in keys if key not in names)]


def arrange(place: str, cards: Sequence[Arranged], *, for_user: User | None) -> None:
    """Keep how a dashboard is arranged: for a person, or for the company.

    Cards that are not among these, because their department is off or they are others', stay
    where they were, and put away where they were.
    """
    user_id = None if for_user is None else for_user.id
    found = session().scalars(arrangements_of(place, user_id=user_id))
    kept = {one.kept_for: one for one in found}
    every = _with_unseen(list(cards), kept.get(kept_for(user_id)) or kept.get(COMPANY))
    words = " ".join(f"-{one.key}" if one.is_hidden else one.key for one in every)
    session().execute(delete(Arrangement).where(*_its(place, user_id)))
    made = Arrangement(place=place, kept_for=kept_for(user_id), owner_id=user_id, cards=words)
    session().add(made)
    try:
        session().flush()
    except IntegrityError:  # the same person, in another window
        raise Conflict(_("Somebody else was faster. Please look again.")) from None


def _with_unseen(cards: list[Arranged], kept: Arrangement | None) -> list[Arranged]:
    """Put what was kept and is not shown now behind what it stood behind."""
    before = None
    for one in _kept_cards(kept):
        keys = [each.key for each in cards]
        if one.key not in keys:
            cards.insert(keys.index(before) + 1 if before in keys else 0, one)
        before = one.key
    return cards


def _kept_cards(kept: Arrangement | None) -> list[Arranged]:
    words = kept.cards.split() if kept is not None else []
    known = {word.lstrip("-"): word.startswith("-") for word in words}
    return [Arranged(key=key, is_hidden=away) for key, away in known.items()]


def forget_arrangement(place: str, *, for_user: User | None) -> None:
    """Show a dashboard as the company arranged it, or, for the company, as it was declared."""
    user_id = None if for_user is None else for_user.id
    session().execute(delete(Arrangement).where(*_its(place, user_id)))


def effective(found: dict[str, Arrangement], *, user_id: int) -> Arrangement | None:
    """Return the arrangement that holds for a person: one's own, or the company's."""
    return found.get(kept_for(user_id)) or found.get(COMPANY)


def _its(place: str, user_id: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Arrangement.place == place, Arrangement.kept_for == kept_for(user_id)
