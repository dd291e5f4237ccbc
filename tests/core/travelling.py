"""Travellers and whoever allows their trips: the example plugin with a flow, at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bumen.documents.flow_settings import FlowSetting
from bumen.documents.movements import Movement, movements_of
from bumen.host import Host
from bumen.records import create_record, run_action
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from bumen.unit_of_work import CurrentCompany
from trips.models import Trip
from trips.resources import Trips

PLUGINS = (Candidate("trips", "trips"),)
KEY = "trips.trips"


@dataclass
class Agency:
    """A company with two people who may do everything: the first travels, the second allows."""

    host: Host
    company: CurrentCompany
    people: tuple[str, str] = ("ann", "bob")

    @classmethod
    def opened(
        cls, host: Host, code: str = "TW01", *, people: tuple[str, str] = ("ann", "bob")
    ) -> Agency:
        """Open the agency."""
        company = make_company(host, code=code, plugins=["trips"])
        for name in people:
            make_administrator(host, name, company=code)
        return cls(host, company, people)

    def trip(self, *steps: str, **values: Any) -> int:
        """Plan a trip, take it through these steps, and return its id."""
        given = {"destination": "Tainan", "purpose": "A fair", **values}
        with self.host.unit_of_work(company=self.company.code, by=self.people[0]) as unit:
            ident: int = create_record(Trips, given, by=unit.user).id
        for step in steps:
            self.take(ident, step, by=self.people[step != "submit"])
        return ident

    def take(self, ident: int, step: str, *, by: str, **said: Any) -> None:
        """Take a trip one step further, with whatever the step asks for."""
        asked = {"allow": {"opinion": "Fine"}, "refuse": {"opinion": "No"}, "finish": {"days": 2}}
        with self.host.unit_of_work(company=self.company.code, by=by) as unit:
            trip = unit.session.scalars(select(Trip).where(Trip.id == ident)).one()
            values = said or asked.get(step, {})
            run_action(Trips, trip, step, values, by=unit.user, version=trip.version)

    def kept(self, ident: int) -> Trip:
        """Return a trip as it is kept."""
        with self.host.unit_of_work(company=self.company.code, by=self.people[0]) as unit:
            return unit.session.scalars(select(Trip).where(Trip.id == ident)).one()

    def movements(self, ident: int) -> list[Movement]:
        """Return how a trip moved."""
        with self.host.unit_of_work(company=self.company.code, by=self.people[0]) as unit:
            return list(unit.session.scalars(movements_of(KEY, ident)))

    def settle(self, **values: Any) -> None:
        """Settle something about the flow of trips in this company."""
        with self.host.unit_of_work(company=self.company.code, by=self.people[1]) as unit:
            unit.session.add(FlowSetting(resource=KEY, **values))
