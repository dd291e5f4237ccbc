"""States of a document and the steps between them, declared beside the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

from bumen.errors import BusinessError, IllegalTransition
from bumen.i18n import Text
from bumen.values import Choice
from bumen.workflow.deadlines import Deadline, Due

Objection = Text | BusinessError | None
"""Why a step may not be taken: a sentence or a whole refusal; None when nothing speaks against."""
Guard = Callable[[Any], Objection]
"""Asks a record whether a step makes sense: `(record) -> why not, or None`."""
Who = Callable[..., Objection]
"""Asks whether somebody may take a step with a record: `(record, *, by) -> why not, or None`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Transition:
    """A step that takes a document from one of several states to another."""

    name: str
    sources: Set[Choice]
    target: Choice
    label: Text
    opinion: bool = False
    arguments: Sequence[Any] = ()
    guard: Guard | None = None
    who: Who | None = None
    due: Due | None = None
    clauses: Sequence[str] = ()
    confirm: Text | None = None


def transition(
    name: str,
    sources: Set[Choice],
    target: Choice,
    *,
    label: Text,
    opinion: bool = False,
    arguments: Sequence[Any] = (),
    guard: Guard | None = None,
    who: Who | None = None,
    due: Due | None = None,
    clauses: Sequence[str] = (),
    confirm: Text | None = None,
) -> Transition:
    """Declare a step: `transition("confirm", {DRAFT}, CONFIRMED, label=_("Confirm"))`.

    With `opinion` people must say what they think. `arguments` are what else is asked for, and
    `confirm` is the question they answer first. `guard(record)` says what of the record speaks
    against the step, `who(record, by=…)` why somebody may not take it; both say None when nothing
    does. `due` is how long the document may wait for the step, `clauses` are the demands of
    regulations that the step fulfils.
    """
    return Transition(
        name=name,
        sources=sources,
        target=target,
        label=label,
        opinion=opinion,
        arguments=tuple(arguments),
        guard=guard,
        who=who,
        due=due,
        clauses=tuple(clauses),
        confirm=confirm,
    )


class Waiting(Protocol):
    """A state in which a document waits until others have decided; see `Approval`."""

    @property
    def state(self) -> Choice:
        """The state it waits in."""

    @property
    def approve(self) -> str:
        """The step that is taken when they agree."""

    @property
    def refuse(self) -> str:
        """The step that is taken when they do not."""


class Workflow:
    """The flow of one kind of document.

    `deadlines` say how long it may stay in a state, `approvals` in which states others decide.
    """

    def __init__(
        self,
        *transitions: Transition,
        deadlines: Sequence[Deadline] = (),
        approvals: Sequence[Waiting] = (),
    ) -> None:
        self.transitions: Mapping[str, Transition] = {step.name: step for step in transitions}
        if len(self.transitions) != len(transitions):
            raise ValueError("Two steps of a flow have the same name.")
        self.deadlines: Mapping[Choice, Due] = {one.state: one.due for one in deadlines}
        self.approvals: Mapping[Choice, Waiting] = {one.state: one for one in approvals}

    def target(self, step: str, state: Choice) -> Choice:
        """Return where a step leads; `IllegalTransition` when it is not possible from here."""
        found = self.transitions[step]
        if state not in found.sources:
            raise self.illegal(found, state)
        return found.target

    def illegal(self, step: Transition, state: Choice) -> IllegalTransition:
        """Return the refusal of a step that does not lead on from a state."""
        allowed = [one.label for one in type(state) if one in step.sources]
        return IllegalTransition(step=step.label, state=state.label, allowed=allowed)

    def possible(self, state: Choice) -> tuple[Transition, ...]:
        """Return the steps that may be taken from a state."""
        return tuple(step for step in self.transitions.values() if state in step.sources)

    def due(self, state: Choice) -> Due | None:
        """Return how long a document may stay in a state: its deadline, or the shortest step's."""
        if state in self.deadlines:
            return self.deadlines[state]
        dues = [step.due for step in self.possible(state) if step.due is not None]
        return min(dues, key=lambda due: due.roughly, default=None)

    def is_final(self, state: Choice) -> bool:
        """Whether no step leads on from a state."""
        return not self.possible(state)

    def reached(self, start: Choice, *, without: Choice | None = None) -> set[Choice]:
        """Return the states one can come to from a state, itself included, by ways around one."""
        found, ahead = {start}, [start]
        while ahead:
            targets = {step.target for step in self.possible(ahead.pop())}
            fresh = targets - found - {without}
            found |= fresh
            ahead.extend(fresh)
        return found

    def flaws(self, states: Sequence[Choice], *, start: Choice) -> Iterator[str]:
        """Yield what is wrong with the flow of records that begin in a state, for programmers."""
        reached = self.reached(start)
        yield from (f"nothing leads to the state {one.value}" for one in set(states) - reached)
        for step in self.transitions.values():
            known = {*step.sources, step.target} <= set(states)
            if not known or not step.sources:
                yield f"the step {step.name} leads from or to no state of these records"
        for state, waiting in self.approvals.items():
            possible = {step.name for step in self.possible(state)}
            for name in {waiting.approve, waiting.refuse} - possible:
                yield f"{state.value} waits for {name}, which does not lead on from there"
        for state in self.deadlines:
            if self.is_final(state):
                yield f"{state.value} has a deadline, but nothing leads on from there"


def waits(record: Any) -> bool:
    """Whether a record is in a state in which others decide about it."""
    workflow = getattr(type(record), "workflow", None)
    return workflow is not None and record.state in workflow.approvals


def moving(name: str) -> Callable[..., None]:
    """Return a service that takes a step of a document's flow and does nothing else."""

    def move(record: Any, *, by: Any, **said: Any) -> None:
        record.move(name, by=by, **said)

    return move
