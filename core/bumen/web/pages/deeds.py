"""What may be done with a record now, as buttons and the dialogs behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bumen.i18n import Text
from bumen.resource import Action
from bumen.values import Tone
from bumen.web.forms import ArgumentsForm
from bumen.workflow import Approval, Transition

_FORWARD = {Tone.ACTIVE, Tone.GOOD}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed is an action that may be done now, and how its button looks.

    `is_grave` is what leads to a bad end; `is_first` is what people most likely came to do.
    """

    form: ArgumentsForm
    is_grave: bool
    is_first: bool
    foresees: bool = False
    """Whether others will have to decide first, as far as is known: its dialog says who and why."""
    sends_by: Transition | None = None
    """The step by which it is sent for approval, where the record says that it will be."""

    @property
    def action(self) -> Action:
        """What is done."""
        return self.form.action

    @property
    def step(self) -> str:
        """The step of the flow that is taken, whose clauses stand beside it."""
        return self.sends_by.name if self.sends_by else self.action.name

    @property
    def called(self) -> Text:
        """What will be done: that it is sent for approval, where others decide first."""
        return self.sends_by.label if self.sends_by else self.action.label

    @property
    def asks(self) -> bool:
        """Whether a dialog comes before it: for its arguments, or for a yes."""
        return bool(self.form.boxes) or self.action.confirm is not None or self.foresees

    @property
    def was_refused(self) -> bool:
        """Whether it has just been tried, and its dialog says why it was refused."""
        return self.asks and self.form.was_sent


def deeds_of(
    record: Any, actions: Iterable[Action], *, typed: ArgumentsForm | None = None
) -> list[Deed]:
    """Return the deeds of a record; the one that was refused with its form as it was typed."""
    return [
        Deed(
            form=typed if typed is not None and typed.action is action else ArgumentsForm(action),
            is_grave=_tone(record, action) is Tone.BAD,
            is_first=place == 0 and _leads_on(record, action),
            foresees=any(_foreseen(record, action)),
            sends_by=_sent_by(record, action),
        )
        for place, action in enumerate(actions)
    ]


def _foreseen(record: Any, action: Action) -> Iterator[Approval]:
    """Yield the approvals an action may lead to, unless the record says that it will not."""
    flow = _flow(record)
    for one in flow.approvals.values() if flow is not None else ():
        if action.name in one.led_to_by(flow) and (not one.tells or _is_told(record, one.tells)):
            yield one


def _sent_by(record: Any, action: Action) -> Transition | None:
    """Return the step that sends a record for approval, where it is known that it will be sent."""
    steps = (one.step_to(_flow(record), action=action.name) for one in _foreseen(record, action))
    known = (one for one in steps if one is not None)
    told = any(one.tells for one in _foreseen(record, action))
    return next((one for one in known if told or one.name == action.name), None)


def _flow(record: Any) -> Any:
    return getattr(type(record), "workflow", None)


def _is_told(record: Any, names: Iterable[str]) -> bool:
    """Whether the record says by itself that others will have to decide."""
    return any(getattr(record, name) is not None for name in names)


def _leads_on(record: Any, action: Action) -> bool:
    """Whether an action leads forward in the flow, or stands outside it."""
    tone = _tone(record, action)
    return tone is None or tone in _FORWARD


def _tone(record: Any, action: Action) -> Tone | None:
    """Return the tone of the state a step of the flow leads to; None for what is no step."""
    workflow = _flow(record)
    step = workflow.transitions.get(action.name) if workflow is not None else None
    return None if step is None else step.target.tone or Tone.PLAIN
