"""A kitchen that talks about its dishes: people who may read them, and one who may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from bumen.company.service import user_called
from bumen.documents.discussion import Comment, comment_on
from bumen.host import Host
from bumen.notices import Notice
from bumen.records import create_record
from bumen.registry import Candidate
from bumen.resource import Resource
from bumen.testing.makers import make_administrator, make_company, make_user
from kitchen.models import Dish

PLUGINS = (Candidate("kitchen", "kitchen"),)
SOUP = {"code": "SOUP", "name": "Soup", "course": "starter", "price": "3.50"}
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@dataclass
class At:
    """Somebody at work on a dish, inside a unit of work."""

    resource: type[Resource]
    dish: Dish
    user: Any
    session: Any


@dataclass
class Talk:
    """A dish that cook, chef and 王小明 may read, and guest may not."""

    host: Host
    ident: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begun(cls, host: Host) -> Talk:
        """Open a company with these people and a dish the cook has written down."""
        make_company(host, code="TW01", plugins=["kitchen"])
        talk = cls(host)
        for name in ("cook", "chef", "xiaoming"):
            talk.ids[name] = make_administrator(host, name, company="TW01").id
        talk.ids["guest"] = make_user(host, "guest", company="TW01").id
        with host.unit_of_work() as unit:
            user_called(unit.session, "xiaoming").first_name = "王小明"
        with host.unit_of_work(company="TW01", by="cook") as unit:
            resource = host.registry.resources["kitchen.dishes"]
            talk.ident = create_record(resource, SOUP, by=unit.user).id
        return talk

    @contextmanager
    def at_work(self, name: str) -> Iterator[At]:
        """Let somebody work on the dish."""
        with self.host.unit_of_work(company="TW01", by=name) as unit:
            dish = unit.session.scalars(select(Dish).where(Dish.id == self.ident)).one()
            resource = self.host.registry.resources["kitchen.dishes"]
            yield At(resource, dish, unit.user, unit.session)

    def say(self, name: str, text: str, *, at: datetime = NOON) -> int:
        """Let somebody say something about the dish; return the comment's id."""
        with self.at_work(name) as here:
            said = comment_on(here.resource, here.dish, text=text, by=here.user, at=at)
            ident: int = said.comment.id
            return ident

    def comment(self, ident: int) -> Comment:
        """Return a comment as it is kept."""
        with self.at_work("cook") as here:
            return here.session.scalars(select(Comment).where(Comment.id == ident)).one()

    def told(self, name: str) -> list[tuple[str, str]]:
        """Return what somebody was told and need not put away, kind and words."""
        with self.at_work("cook") as here:
            mine = select(Notice).where(Notice.user_id == self.ids[name], Notice.done_at.is_(None))
            found = here.session.scalars(mine.order_by(Notice.id))
            return [(notice.kind.value, notice.words["en"]) for notice in found]
