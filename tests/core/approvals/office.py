"""An office: who works there, and petitions that go from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bumen.approvals import ApprovalRequest, ApprovalRule, Seat, decide, seats_of
from bumen.approvals.spelling import written_steps
from bumen.company.models import Membership
from bumen.company.service import grant_roles, user_called
from bumen.host import Host
from bumen.model.accounts import Role, User
from bumen.records import create_record, run_action
from bumen.testing.makers import make_administrator, make_company, make_user
from bumen.unit_of_work import UnitOfWork, session
from bumen.visibility import Effect, FieldRule
from bumen.workflow import AllOf, AnyOf
from petitions.models import Petition, Post
from petitions.resources import Petitions

COMPANY = "TW01"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""A Monday, 11 o'clock in Taipei."""
ABOVE = {"wang": "lin", "chen": "lin", "lin": "wu"}
"""Who stands above whom, where anybody does."""
PEOPLE = ("wang", "lin", "chen", "wu", "huang", "boss")


@dataclass
class Office:
    """The people of a company by name, and what they do, each in a unit of work of its own."""

    host: Host
    ids: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def at_work(self, name: str | None = None) -> Iterator[UnitOfWork]:
        """Do something in the office, as somebody."""
        with self.host.unit_of_work(company=COMPANY, by=name) as unit:
            yield unit

    def petition(self, *, by: str = "wang", amount: int = 0, judge: str | None = None) -> int:
        """Write a petition; returns its id."""
        values = {"amount": str(Decimal(amount)), "judge": self.ids.get(judge or "")}
        with self.at_work(by) as unit:
            return int(create_record(Petitions, values, by=unit.user).id)

    def act(self, name: str, petition: int, *, by: str, **values: Any) -> None:
        """Do something with a petition."""
        with self.at_work(by) as unit:
            record = unit.session.get(Petition, petition)
            run_action(Petitions, record, name, values, by=unit.user, version=record.version)

    def asked(self, *, by: str = "wang", amount: int = 0, judge: str | None = None) -> int:
        """Write a petition and submit it; returns its id."""
        petition = self.petition(by=by, amount=amount, judge=judge)
        self.act("ask", petition, by=by)
        return petition

    def say(
        self,
        petition: int,
        *,
        by: str,
        agrees: bool = True,
        opinion: str = "Fine.",
        at: Any = NOW,
        may: bool = True,
    ) -> None:
        """Say yes or no to a petition; `may` is whether rights would allow the step."""
        with self.at_work(by) as unit:
            unit.may = lambda _verb, _view: may
            decide(request_now(petition), agrees=agrees, by=unit.user, opinion=opinion, at=at)

    def do(self, deed: Callable[..., Any], petition: int, *, by: str, **more: Any) -> None:
        """Do something else with the request of a petition."""
        with self.at_work(by) as unit:
            deed(request_now(petition), by=unit.user, at=more.pop("at", NOW), **more)

    def rule(self, *steps: AllOf | AnyOf, **conditions: Any) -> int:
        """Give the company a rule of its own; returns its id."""
        with self.at_work():
            rule = ApprovalRule(
                resource="petitions.petitions",
                waiting_in="asked",
                title=conditions.pop("title", "A rule"),
                valid_from=conditions.pop("valid_from", date(2020, 1, 1)),
                steps=written_steps(steps),
                **conditions,
            )
            session().add(rule)
            session().flush()
            return rule.id

    def place(self, name: str, **below: str) -> None:
        """Say where somebody stands: `superior=`, `manager=` by name."""
        department = below.pop("department", None)
        with self.at_work():
            posts = {key: self.ids[other] for key, other in below.items()}
            post = Post(name=name, user_id=self.ids[name], department=department, **posts)
            session().add(post)

    def department(self, name: str) -> dict[str, Any]:
        """Found a department; returns what a rule says that counts for it alone."""
        with self.at_work():
            post = Post(name=name, user_id=9000 + len(name))
            session().add(post)
            session().flush()
            return {"department": name, "department_id": post.id}

    def give(self, name: str, roles: Iterable[str]) -> None:
        """Give somebody more roles."""
        with self.at_work() as unit:
            held = Membership.user_id == self.ids[name]
            place = unit.session.scalars(select(Membership).where(held)).one()
            grant_roles(unit.session, membership=place, roles=roles)

    def deny(self, field: str, *, role: str) -> None:
        """Make a role that does not see a field of petitions."""
        with self.at_work("admin") as unit:
            made = Role(name=role)
            unit.session.add(made)
            unit.session.flush()
            hidden = {"resource": Petitions.permission(), "field": field, "effect": Effect.HIDDEN}
            unit.session.add(FieldRule(company_id=unit.company.id, role=made, at=NOW, **hidden))

    def seats(self, petition: int) -> list[tuple[int, str, str]]:
        """Return stage, person and standing of everybody in the latest request."""
        names = {ident: name for name, ident in self.ids.items()}
        with self.at_work():
            found = session().scalars(seats_of(latest(petition).id))
            return [(one.stage, names[one.user_id], one.standing.value) for one in found]

    def waiting(self, petition: int) -> set[str]:
        """Return who is asked now."""
        return {name for _stage, name, standing in self.seats(petition) if standing == "asked"}

    def state(self, petition: int) -> str:
        """Return the state of a petition."""
        with self.at_work() as unit:
            return str(unit.session.get(Petition, petition).state.value)

    def granted(self, petition: int) -> int:
        """Return how often a petition was granted."""
        with self.at_work() as unit:
            return int(unit.session.get(Petition, petition).granted)


def open_office(host: Host, people: Iterable[str] = PEOPLE) -> Office:
    """Open an office: `lin` is the only clerk, `wang` and `chen` write petitions, `admin` rules."""
    return Office(host, seat_people(host, people))


def seat_people(host: Host, people: Iterable[str] = PEOPLE) -> dict[str, int]:
    """Make the company of an office and its people; return their ids by name."""
    make_company(host, code=COMPANY, plugins=host.registry.plugins)
    roles = {"lin": ["petitions.clerk"], "wang": ["petitions.petitioner"]}
    ids = {
        name: make_user(host, name, company=COMPANY, roles=roles.get(name, ())).id
        for name in people
    }
    ids["admin"] = make_administrator(host, "admin", company=COMPANY).id
    return ids


def latest(petition: int) -> ApprovalRequest:
    """Return the latest request of a petition, in the unit of work of the moment."""
    query = select(ApprovalRequest).where(ApprovalRequest.record_id == petition)
    return session().scalars(query.order_by(ApprovalRequest.id.desc()).limit(1)).one()


def request_now(petition: int) -> int:
    """Return the id of the latest request of a petition."""
    return latest(petition).id


def user(name: str) -> User:
    """Return a person by name, in the unit of work of the moment."""
    return user_called(session(), name)


__all__ = [
    "ABOVE",
    "NOW",
    "Office",
    "Seat",
    "latest",
    "open_office",
    "request_now",
    "seat_people",
    "user",
]
