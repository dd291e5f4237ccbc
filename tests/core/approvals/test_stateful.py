"""Random people do random things with random rules: both databases do what the plain model says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from bumen.approvals import (
    Absence,
    ApprovalRule,
    Entry,
    Happened,
    Place,
    add_signer,
    asked_about,
    be_away,
    hand_over,
    send_to,
    withdraw,
)
from bumen.documents.history import broken_histories
from bumen.documents.movements import movements_of
from bumen.errors import BusinessError
from bumen.unit_of_work import session
from bumen.workflow import AllOf, AnyOf, AskPerson
from petitions.models import Petition
from tests.core.approvals.office import ABOVE, NOW, Office, latest, user
from tests.core.approvals.plain_model import PlainRequest, stages_of

PEOPLE = ("wang", "lin", "chen", "wu", "huang")
OLDEST_FIRST = (*PEOPLE, "boss", "admin")
"""Everybody in the order in which they came to the office."""
person = st.sampled_from(PEOPLE)
steps = st.lists(
    st.tuples(
        st.sampled_from(["all", "any"]), st.lists(person, min_size=1, max_size=3, unique=True)
    ),
    min_size=1,
    max_size=3,
)


class Petitioning(RuleBasedStateMachine):
    """One petition, from its rule to its end, in two offices on two databases."""

    offices: tuple[Office, ...] = ()

    @initialize(
        rule=steps,
        requester=person,
        author=person,
        away=st.dictionaries(person, person, max_size=3),
    )
    def submit(self, rule: Any, requester: str, author: str, away: dict[str, str]) -> None:
        """Give each office the same rule and the same absences, and submit a petition."""
        self.away = {name: other for name, other in away.items() if name != other}
        self.stages, self.requester, self.author = rule, requester, author
        self.decided: set[str] = set()
        asked = [_step(kind, names) for kind, names in rule]
        self.petitions = [self._begin(office, asked) for office in self.offices]
        self._expect()

    def _begin(self, office: Office, asked: list[Any]) -> int:
        with office.at_work():
            for model in (Absence, ApprovalRule):
                session().execute(delete(model).execution_options(unrecorded=True))
            for name, other in self.away.items():
                days = (NOW.date() - timedelta(days=9), NOW.date() + timedelta(days=9))
                ident = office.ids[other]
                be_away(user(name), substitute_id=ident, first_day=days[0], last_day=days[1])
        office.rule(*[step(office.ids) for step in asked])
        petition = office.petition(by=self.author)
        office.act("ask", petition, by=self.requester)
        return petition

    def _expect(self) -> None:
        whose = {"requester": self.requester, "author": self.author}
        stages = stages_of(self.stages, **whose, above=ABOVE)
        self.plain = PlainRequest(**whose, stages=stages, away=self.away, people=OLDEST_FIRST)

    @rule(name=person)
    def approve(self, name: str) -> None:
        """Say yes."""
        self._same(self.plain.approve(name), lambda office, one: office.say(one, by=name))

    @rule(name=person)
    def refuse(self, name: str) -> None:
        """Say no."""
        said = self.plain.refuse(name)
        self._same(said, lambda office, one: office.say(one, by=name, agrees=False))

    @rule(name=person, other=person, place=st.sampled_from(Place))
    def add(self, name: str, other: str, place: Place) -> None:
        """Add a signer."""
        done = self.plain.add(name, other, after=place is Place.AFTER)
        self._deed(done, add_signer, by=name, user_id=other, place=place)

    @rule(name=person, other=person)
    def hand(self, name: str, other: str) -> None:
        """Hand one's seat over."""
        self._deed(self.plain.hand_over(name, other), hand_over, by=name, user_id=other)

    @rule(name=person, stage=st.integers(-1, 3))
    def back(self, name: str, stage: int) -> None:
        """Send it back."""
        self._deed(self.plain.send_back(name, stage), send_to, by=name, stage=stage)

    @rule(name=person)
    def take_back(self, name: str) -> None:
        """Withdraw it."""
        self._deed(self.plain.withdraw(name), withdraw, by=name)

    @rule(name=person)
    def act(self, name: str) -> None:
        """Take the action itself: somebody's word, if it is one."""
        done = self.plain.approve(name)
        self._same(done, lambda office, one: office.act("grant", one, by=name, opinion="Yes."))

    @rule(name=person)
    def sneak(self, name: str) -> None:
        """Move it by a service that asks nobody: refused, whoever tries."""
        self._same(done=False, deed=lambda office, one: _sneak(office, one, name))

    @rule()
    def submit_again(self) -> None:
        """Submit what was refused or taken back; refused while it waits, or is granted."""
        again = self.plain.outcome in ("refused", "withdrawn")
        if again:
            self.decided |= self.plain.readers()
            self._expect()
        self._same(again, lambda office, one: office.act("ask", one, by=self.requester))

    def _deed(self, done: bool, deed: Callable[..., Any], *, by: str, **more: Any) -> None:
        def do(office: Office, petition: int) -> None:
            target = {"user_id": office.ids[more["user_id"]]} if "user_id" in more else {}
            office.do(deed, petition, by=by, **(more | target))

        self._same(done, do)

    def _same(self, done: bool, deed: Callable[[Office, int], None]) -> None:
        """Do it in each office: refused in both, or done in both, as the plain model says."""
        for office, petition in zip(self.offices, self.petitions, strict=True):
            where, refusal = office.host.database.engine.dialect.name, None
            try:
                deed(office, petition)
            except BusinessError as why:
                refusal = why
            assert (refusal is None) == done, f"{refusal} on {where}"

    @invariant()
    def everybody_waits_for_whom_the_model_says(self) -> None:
        """State, and who is asked, are the same everywhere."""
        states = {"": "asked", "granted": "granted", "refused": "draft", "withdrawn": "draft"}
        for office, petition in zip(self.offices, getattr(self, "petitions", ()), strict=False):
            assert office.state(petition) == states[self.plain.outcome]
            assert office.waiting(petition) == self.plain.waiting()
            assert office.granted(petition) == (self.plain.outcome == "granted")

    @invariant()
    def it_is_open_to_whom_the_model_says(self) -> None:
        """Being asked, now or until one decided, opens it; nothing else does."""
        for office, petition in zip(self.offices, getattr(self, "petitions", ()), strict=False):
            with office.at_work():
                found = asked_about("petitions.petitions", petition, on=NOW.date())
            names = {name for name, ident in office.ids.items() if ident in found}
            assert names == self.plain.readers() | self.decided

    def teardown(self) -> None:
        """Look back: nobody said yes twice, and the story is whole and the same everywhere."""
        if hasattr(self, "petitions"):
            pairs = zip(self.offices, self.petitions, strict=True)
            stories = [_story(office, petition) for office, petition in pairs]
            assert stories[0] == stories[1]
            for office in self.offices:
                signet = office.host.departments.signet
                with office.host.database.engine.connect() as connection:
                    assert not list(broken_histories(connection, signet))


def _step(kind: str, names: list[str]) -> Callable[[dict[str, int]], AllOf | AnyOf]:
    made = AnyOf if kind == "any" else AllOf
    return lambda ids: made(*(AskPerson(ids[name]) for name in names))


def _sneak(office: Office, petition: int, name: str) -> None:
    with office.at_work(name) as unit:
        record = unit.session.get(Petition, petition)
        record.move("grant", by=unit.user, opinion="By the back door.")


def _story(office: Office, petition: int) -> list[Any]:
    """Return what happened to a petition; asserts that nobody said yes twice in one round."""
    names = {ident: name for name, ident in office.ids.items()}
    with office.at_work():
        of_petition = select(Entry).where(Entry.record_id == petition).order_by(Entry.id)
        entries = list(session().scalars(of_petition))
        moves = session().scalars(movements_of("petitions.petitions", petition))
        moved = [(one.step, names[one.by_id], names.get(one.instead_of_id)) for one in moves]
        outcome = latest(petition).outcome
    agreed: set[int | None] = set()
    for entry in entries:
        if entry.happened in (Happened.ASKED, Happened.SENT_BACK):
            agreed = set()
        if entry.happened is Happened.APPROVED:
            assert entry.user_id not in agreed, "asked twice"
            agreed.add(entry.user_id)
    told = [(one.happened, names[one.user_id], names.get(one.for_id)) for one in entries]
    return [outcome, told, moved]


@pytest.mark.slow
def test_both_databases_do_what_the_model_says(offices: tuple[Office, ...]) -> None:
    machine = type("Both", (Petitioning,), {"offices": offices})
    chosen = settings(
        max_examples=25,
        stateful_step_count=14,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
