"""A box office: the example plugin with numbers, sold by many at once and by two processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from bumen.checking import problems
from bumen.documents.settling_numbers import Settled, settle_numbering, settled
from bumen.host import Host
from bumen.records import create_record, delete_record
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from bumen.unit_of_work import CurrentCompany, session
from tickets.models import Ticket
from tickets.resources import Tickets

PLUGINS = (Candidate("tickets", "tickets"),)
KIND = "tickets.ticket"
DAY = date(2026, 11, 21)


@dataclass
class BoxOffice:
    """Where tickets of TW01 are sold."""

    host: Host

    @classmethod
    def opened(cls, host: Host, *codes: str) -> BoxOffice:
        """Open it in these companies."""
        for code in codes or ("TW01",):
            make_company(host, code=code, plugins=["tickets"])
            make_administrator(host, f"seller.{code}", company=code)
        return cls(host)

    def sell(self, on: date = DAY, *, company: str = "TW01") -> str:
        """Sell a ticket and return its number."""
        with self.host.unit_of_work(company=company, by=f"seller.{company}") as unit:
            number: str = create_record(Tickets, {"sold_on": on.isoformat()}, by=unit.user).number
            return number

    def sell_many(self, count: int) -> list[str]:
        """Sell tickets, eight at once."""
        with ThreadPoolExecutor(8) as sellers:
            return list(sellers.map(lambda _turn: self.sell(), range(count)))

    def tear_up(self, number: str) -> None:
        """Delete a ticket."""
        with self.host.unit_of_work(company="TW01", by="seller.TW01") as unit:
            ticket = session().scalars(select(Ticket).where(Ticket.number == number)).one()
            delete_record(Tickets, ticket, by=unit.user)

    def decide(self, pattern: str, *, kind: str = KIND, **options: Any) -> None:
        """Let the company decide how tickets are numbered."""
        with self.host.unit_of_work(company="TW01", by="seller.TW01"):
            now = self.settled(kind)
            options = {"gapless": now.declared.gapless, "version": now.version, **options}
            settle_numbering(now.declared, pattern=pattern, **options)

    def settled(self, kind: str = KIND) -> Settled:
        """Return how a kind is numbered, within a unit of work."""
        declared = next(one for one in self.host.registry.numbers() if one.kind == kind)
        return settled([declared])[0]

    def company(self) -> CurrentCompany:
        """Return the company."""
        with self.host.unit_of_work(company="TW01") as unit:
            assert unit.company is not None
            return unit.company

    def problems(self) -> list[str]:
        """Return what `bumen check` finds wrong with numbers."""
        return [one for one in problems(self.host) if one.startswith("Numbers of")]
