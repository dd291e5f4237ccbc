"""A document that comes to a state of waiting asks the people its rule names."""

from datetime import date
from decimal import Decimal

import pytest

from bumen.approvals.errors import DecisionIsPending, NotAsked, NotYours
from bumen.workflow import AllOf, AnyOf, AskField, AskManager, AskPerson, AskRole, AskSuperior
from petitions.models import Petition
from tests.core.approvals.office import Office, user


def test_the_default_asks_whoever_holds_the_role(office: Office) -> None:
    petition = office.asked()

    assert office.seats(petition) == [(0, "lin", "asked")]
    assert office.state(petition) == "asked"


def test_the_last_who_agrees_lets_the_document_go_on(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"])), AllOf(AskPerson(office.ids["wu"])))
    petition = office.asked()

    office.say(petition, by="lin")
    assert (office.state(petition), office.waiting(petition)) == ("asked", {"wu"})
    office.say(petition, by="wu")

    assert (office.state(petition), office.granted(petition)) == ("granted", 1)


def test_the_first_who_refuses_sends_it_back(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"]), AskPerson(office.ids["wu"])))
    petition = office.asked()

    office.say(petition, by="wu", agrees=False, opinion="Too much.")

    assert office.state(petition) == "draft"
    assert office.seats(petition) == [(0, "lin", "spared"), (0, "wu", "refused")]


def test_nobody_else_decides(office: Office) -> None:
    petition = office.asked()

    for name in ("wang", "wu", "admin"):
        with pytest.raises(NotAsked, match="lin"):
            office.say(petition, by=name)

    assert office.state(petition) == "asked"


def test_the_action_itself_is_only_done_by_who_is_asked(office: Office) -> None:
    petition = office.asked()

    with pytest.raises(NotAsked):
        office.act("grant", petition, by="admin", opinion="I may do all.")
    office.act("grant", petition, by="lin", opinion="Fine.")

    assert office.granted(petition) == 1


def test_the_action_of_one_of_several_is_a_word_and_no_more(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"]), AskPerson(office.ids["wu"])))
    petition = office.asked()

    office.act("grant", petition, by="lin", opinion="Fine.")
    assert (office.state(petition), office.granted(petition)) == ("asked", 0)
    office.act("grant", petition, by="wu", opinion="Fine.")

    assert (office.state(petition), office.granted(petition)) == ("granted", 1)


@pytest.mark.parametrize("by", ["lin", "admin", None])
def test_no_service_moves_it_past_those_who_are_asked(office: Office, by: str | None) -> None:
    office.rule(AllOf(AskPerson(office.ids["lin"]), AskPerson(office.ids["wu"])))
    petition = office.asked()

    with pytest.raises(DecisionIsPending), office.at_work(by) as unit:
        record = unit.session.get(Petition, petition)
        record.move("grant", by=by and user(by), opinion="By the back door.")

    assert office.state(petition) == "asked"


def test_only_who_submitted_takes_it_back(office: Office) -> None:
    petition = office.asked()

    with pytest.raises(NotYours):
        office.act("take_back", petition, by="admin")
    office.act("take_back", petition, by="wang")

    assert office.state(petition) == "draft"
    assert office.seats(petition) == [(0, "lin", "spared")]


def test_it_is_asked_anew_each_time(office: Office) -> None:
    petition = office.asked()
    office.say(petition, by="lin", agrees=False)

    office.act("ask", petition, by="wang")
    office.say(petition, by="lin")

    assert office.state(petition) == "granted"


def test_nobody_approves_their_own(office: Office) -> None:
    office.place("lin", superior="wu")

    petition = office.asked(by="lin")

    assert office.seats(petition) == [(0, "wu", "asked")]


def test_who_stands_at_the_top_is_skipped_where_others_follow(office: Office) -> None:
    office.rule(AllOf(AskRole("petitions.clerk")), AllOf(AskPerson(office.ids["wu"])))

    petition = office.asked(by="lin")

    assert office.seats(petition) == [(0, "wu", "asked")]


def test_administrators_are_asked_where_nobody_is_left(office: Office) -> None:
    petition = office.asked(by="lin")

    assert office.seats(petition) == [(0, "admin", "asked")]


def test_where_nobody_is_named_others_step_in(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["admin"])), rank=1)
    petition = office.asked(by="admin")
    assert (office.state(petition), office.seats(petition)) == ("asked", [])

    with pytest.raises(NotAsked):
        office.say(petition, by="admin")
    with pytest.raises(NotAsked):
        office.say(petition, by="wu", may=False)
    office.say(petition, by="lin")

    assert office.seats(petition) == [(0, "lin", "approved")]
    assert office.state(petition) == "granted"


def test_whom_a_rule_names_by_now_decides_where_nobody_was(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["admin"])), rank=2)
    petition = office.asked(by="admin")

    office.rule(AllOf(AskPerson(office.ids["wu"])), rank=1)
    office.say(petition, by="wu", may=False)

    assert office.state(petition) == "granted"


def test_people_are_found_by_where_they_stand(office: Office) -> None:
    office.place("wang", superior="lin", manager="huang")
    office.place("lin", superior="boss")
    steps = (AskSuperior(), AskManager(), AskSuperior(2), AskField("judge"))
    office.rule(*(AllOf(one) for one in steps))

    petition = office.asked(judge="wu")

    assert [name for _stage, name, _standing in office.seats(petition)] == [
        "lin",
        "huang",
        "boss",
        "wu",
    ]


def test_nobody_is_asked_in_place_of_a_field_that_may_be_empty(office: Office) -> None:
    office.rule(AllOf(AskPerson(office.ids["wu"]), AskField("judge", where_named=True)))

    named, unnamed = office.asked(judge="lin"), office.asked()

    assert office.seats(named) == [(0, "wu", "asked"), (0, "lin", "asked")]
    assert office.seats(unnamed) == [(0, "wu", "asked")]


def test_one_of_several_is_enough_where_the_rule_says_so(office: Office) -> None:
    office.rule(AnyOf(AskPerson(office.ids["lin"]), AskPerson(office.ids["wu"])))
    petition = office.asked()

    office.say(petition, by="wu")

    assert office.state(petition) == "granted"
    assert office.seats(petition) == [(0, "lin", "spared"), (0, "wu", "approved")]


def test_one_person_is_asked_once(office: Office) -> None:
    lin, wu = AskPerson(office.ids["lin"]), AskPerson(office.ids["wu"])
    office.rule(AllOf(lin), AllOf(wu), AllOf(lin))
    petition = office.asked()

    office.say(petition, by="lin")
    office.say(petition, by="wu")

    assert office.state(petition) == "granted"
    assert office.seats(petition)[-1] == (2, "lin", "counted")


def test_the_first_rule_that_fits_counts(office: Office) -> None:
    office.place("wang", department="Sales")
    sales, service = office.department("Sales"), office.department("Service")
    large = {"amount_field": "amount", "amount_from": Decimal(1000)}
    office.rule(AllOf(AskPerson(office.ids["boss"])), rank=1, **large)
    office.rule(AllOf(AskPerson(office.ids["wu"])), rank=2, **service)
    office.rule(AllOf(AskPerson(office.ids["chen"])), rank=3, valid_until=date(2020, 12, 31))
    office.rule(AllOf(AskPerson(office.ids["huang"])), rank=4, **sales)

    assert office.waiting(office.asked(amount=1000)) == {"boss"}
    assert office.waiting(office.asked(amount=999)) == {"huang"}
    assert office.waiting(office.asked(by="lin", amount=10)) == {"admin"}
