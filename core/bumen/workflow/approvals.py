"""Who decides before a document goes on: declared beside the model, changed by each company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bumen.i18n import Text
from bumen.values import Choice
from bumen.workflow.deadlines import Due


@dataclass(frozen=True)
class AskPerson:
    """One person, by the id of the user."""

    user_id: int


@dataclass(frozen=True)
class AskRole:
    """Whoever holds a role: one of them is enough, unless `everybody` is asked."""

    role: str
    everybody: bool = False


@dataclass(frozen=True)
class AskManager:
    """Who manages the department of the person who submits the document."""


@dataclass(frozen=True)
class AskSuperior:
    """The superior of the person who submits: so many levels up, or as far as there are any."""

    levels: int = 1


@dataclass(frozen=True)
class AskField:
    """Whom a field of the document names: a user, an employee, or the id of a user.

    With `where_named` nobody is asked in their place where the field is empty.
    """

    name: str
    where_named: bool = field(default=False, kw_only=True)


Asker = AskPerson | AskRole | AskManager | AskSuperior | AskField
"""A way to find the people who are asked."""


@dataclass(frozen=True, init=False)
class _Askers:
    """Several ways to find people, asked at the same time."""

    askers: tuple[Asker, ...]
    due: Due | None

    def __init__(self, *askers: Asker, due: Due | None = None) -> None:
        object.__setattr__(self, "askers", askers)
        object.__setattr__(self, "due", due)


class AllOf(_Askers):
    """All of these must agree: for a role, one who holds it; `due` is how long they may take."""


class AnyOf(_Askers):
    """One of all these is enough."""


Asked = Asker | AllOf | AnyOf
"""One step of an approval: who is asked at the same time."""


@dataclass(frozen=True, kw_only=True)
class Approval:
    """An approval is a state in which a document waits until others have decided.

    The step `approve` is taken by the last who agrees, `refuse` by the first who does not.
    `withdraw` is the step by which who submitted the document takes it back. `default` says who is
    asked, one after another, where the company has no rule of its own. `asked_by` are the
    actions that may lead here, where they are not steps to the state themselves: who takes them
    is shown beforehand who will be asked. `tells` are the fields that say why, shown in the inbox
    beside what is asked. A company's rules may look at the amount in one of
    `amounts`, which are fields of the document.
    """

    state: Choice
    approve: str
    refuse: str
    title: Text
    default: Sequence[Asked]
    withdraw: str = ""
    asked_by: Sequence[str] = ()
    amounts: Sequence[str] = ()
    tells: Sequence[str] = ()

    def led_to_by(self, workflow: Any) -> frozenset[str]:
        """Return the actions by which a document of a flow may come to wait here."""
        steps = workflow.transitions.values()
        return frozenset(self.asked_by).union(one.name for one in steps if one.target == self.state)

    def step_to(self, workflow: Any, *, action: str = "") -> Any:
        """Return the step by which a document comes to wait here, when an action is taken.

        None where several lead here and the action is none of them: nobody knows before.
        """
        steps = {one.name: one for one in workflow.transitions.values() if one.target == self.state}
        only = next(iter(steps.values())) if len(steps) == 1 else None
        return steps.get(action, only)

    @property
    def stages(self) -> tuple[AllOf | AnyOf, ...]:
        """Who is asked by default, one after another."""
        return tuple(one if isinstance(one, _Askers) else AllOf(one) for one in self.default)
