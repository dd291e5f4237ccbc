"""Who is asked and a substitute besides signs once; the history tells who stood in for whom."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bumen.approvals import be_away
from bumen.documents.history import HistoryEntry
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AnyOf, AskPerson
from tests.core.approvals.office import NOW, Office, user


def away(office: Office, name: str, substitute: str) -> None:
    """Let somebody decide for another."""
    days = (NOW.date() - timedelta(days=2), NOW.date() + timedelta(days=2))
    with office.at_work():
        ident = office.ids[substitute]
        be_away(user(name), substitute_id=ident, first_day=days[0], last_day=days[1])


def people(office: Office, *names: str) -> list[AskPerson]:
    """Return how people are asked."""
    return [AskPerson(office.ids[name]) for name in names]


def test_of_an_any_group_one_person_signs_only_the_own_seat(office: Office) -> None:
    office.rule(AnyOf(*people(office, "lin", "wu")), AllOf(*people(office, "lin")))
    away(office, "lin", "wu")
    petition = office.asked()

    office.say(petition, by="wu")

    assert office.seats(petition) == [
        (0, "lin", "spared"),
        (0, "wu", "approved"),
        (1, "lin", "asked"),
    ]


def test_of_two_who_are_away_a_substitute_signs_for_one(office: Office) -> None:
    office.rule(AnyOf(*people(office, "lin", "chen")))
    away(office, "lin", "wu")
    away(office, "chen", "wu")
    petition = office.asked()

    office.say(petition, by="wu", agrees=False)

    assert [standing for _stage, _name, standing in office.seats(petition)] == ["refused", "spared"]


def test_of_an_all_group_a_substitute_signs_for_everybody(office: Office) -> None:
    office.rule(AllOf(*people(office, "lin", "wu")))
    away(office, "lin", "wu")
    petition = office.asked()

    office.say(petition, by="wu")

    assert office.state(petition) == "granted"


def test_the_history_tells_for_whom_somebody_decided(office: Office) -> None:
    office.rule(AllOf(*people(office, "lin")), AllOf(*people(office, "huang")))
    away(office, "lin", "wu")
    petition = office.asked()
    office.say(petition, by="wu")
    office.say(petition, by="huang")

    with office.at_work():
        granted = select(HistoryEntry).where(HistoryEntry.action == "grant")
        told = [
            (one.by_name, one.changes.get("instead_of"))
            for one in session().scalars(granted.order_by(HistoryEntry.number))
        ]

    assert told == [("wu", {"id": office.ids["lin"], "label": "lin"}), ("huang", None)]
