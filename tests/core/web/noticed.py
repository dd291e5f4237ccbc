"""People who are told something about a dish."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.notices import Notice, NoticeKind, tell
from kitchen.models import Dish
from tests.core.web.kitchens import Kitchen

_ = translator(__file__, "bumen")


def told(kitchen: Kitchen, dish: int, *people: str, by: str = "cook", **more: Any) -> None:
    """Tell people about a dish, as who is at work; they are mentioned when nothing else is said."""
    with kitchen.host.unit_of_work(company="TW01", by=by) as unit:
        names = select(User.id).where(User.username.in_(people))
        said = {"kind": NoticeKind.MENTIONED, "text": _("Inbox"), **more}
        tell(unit.session.scalars(names).all(), record=unit.session.get(Dish, dish), **said)


def notices(kitchen: Kitchen) -> list[Notice]:
    """Return every notice of the kitchen."""
    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        return list(unit.session.scalars(select(Notice).order_by(Notice.id)))
