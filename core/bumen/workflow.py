"""States of a document and the steps between them, declared beside the model."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from bumen.errors import IllegalTransition
from bumen.i18n import Text
from bumen.values import Choice


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A step that takes a document from one of several states to another."""

    name: str
    sources: Set[Choice]
    target: Choice
    label: Text


def transition(name: str, sources: Set[Choice], target: Choice, *, label: Text) -> Transition:
    """Declare a step: `transition("confirm", {DRAFT}, CONFIRMED, label=_("Confirm"))`."""
    return Transition(name=name, sources=sources, target=target, label=label)


class Workflow:
    """The flow of one kind of document."""

    def __init__(self, *transitions: Transition) -> None:
        self.transitions: Mapping[str, Transition] = {step.name: step for step in transitions}

    def target(self, step: str, state: Choice) -> Choice:
        """Return where a step leads; `IllegalTransition` when it is not possible from here."""
        found = self.transitions[step]
        if state not in found.sources:
            raise IllegalTransition(step=found.label, state=state.label)
        return found.target

    def possible(self, state: Choice) -> tuple[Transition, ...]:
        """Return the steps that may be taken from a state."""
        return tuple(step for step in self.transitions.values() if state in step.sources)

    def is_final(self, state: Choice) -> bool:
        """Whether no step leads on from a state."""
        return not self.possible(state)
