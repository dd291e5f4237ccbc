"""Refusals a person can understand.

A refusal is a type with a code for programs and a whole sentence for people. Whatever is not a
`BusinessError` is a fault: it is logged with the request's id and shown to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, ClassVar

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState

from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

Fields = Mapping[str, Sequence[Text | str]]


def listed(some: Sequence[Text | str]) -> Text | str:
    """Name some things behind each other, the way the reader's language does."""
    return reduce(lambda so_far, next_: _("%(some)s, %(next)s", some=so_far, next=next_), some)


def _in_words(said: Any) -> Any:
    """Call the records that a sentence names by their names: a refusal outlives them."""
    if isinstance(said, Text):
        return said.told_with(_in_words)
    return str(said) if isinstance(inspect(said, raiseerr=False), InstanceState) else said


class BusinessError(Exception):
    """A refusal by a rule: nothing was changed, and the message says why and what to do.

    `field` or `fields` place the message at what was typed; lines are named by their place,
    as in `lines.0.quantity`.
    """

    status: ClassVar[int] = 422
    code: ClassVar[str] = "refused"
    retry_after: ClassVar[int | None] = None
    """Seconds after which it may be tried again, where waiting is all it takes."""

    def __init_subclass__(cls) -> None:
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(
        self, message: Text | str, *, field: str | None = None, fields: Fields | None = None
    ) -> None:
        self.message = _in_words(message)
        self.fields: dict[str, list[Text | str]] = {
            name: [_in_words(one) for one in said] for name, said in (fields or {}).items()
        }
        if field is not None:
            self.fields.setdefault(field, []).append(self.message)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(BusinessError):
    """The refusal of values that do not fit their fields."""

    code = "invalid"

    def __init__(self, fields: Fields) -> None:
        super().__init__(_("Please correct the marked fields."), fields=fields)

    def __str__(self) -> str:
        marks = (f"{name}: {' '.join(map(str, said))}" for name, said in self.fields.items())
        return f"{self.message} ({'; '.join(marks)})"


class Malformed(BusinessError):
    """The refusal of a request that cannot be read at all."""

    status, code = 400, "malformed"


class NotSignedIn(BusinessError):
    """The refusal to serve somebody unknown."""

    status, code = 401, "not_signed_in"

    def __init__(self) -> None:
        super().__init__(_("Please sign in first."))


class Forbidden(BusinessError):
    """The refusal to let this person do that."""

    status, code = 403, "forbidden"

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message or _("You are not allowed to do this."))


class NotFound(BusinessError):
    """What was asked for does not exist, or does not exist for this company."""

    status, code = 404, "not_found"

    def __init__(self, message: Text | None = None, *, field: str | None = None) -> None:
        super().__init__(message or _("This does not exist."), field=field)


class Conflict(BusinessError):
    """The refusal of a change that came too late or clashes with another."""

    status, code = 409, "conflict"


class StaleVersion(Conflict):
    """The refusal to overwrite what somebody else has changed in the meantime."""

    code = "stale_version"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has changed this record in the meantime. Please look at it again."),
            field="version",
        )


class Doubtful(Conflict):
    """The wish that people look at something before it is kept; who asks again is not stopped."""

    def __init__(self, doubts: Sequence[Text]) -> None:
        super().__init__(_("Please look at this first. To keep it all the same, save again."))
        self.doubts = tuple(doubts)


class NotPossibleNow(BusinessError):
    """The refusal of what makes no sense with the record as it is."""

    def __init__(self, *, step: Text | str) -> None:
        super().__init__(_("“%(step)s” is not possible with this record now.", step=step))


class IllegalTransition(Conflict):
    """The refusal of a step that is not possible from the present state."""

    status = 422
    code = "illegal_transition"

    def __init__(
        self, *, step: Text | str, state: Text | str, allowed: Sequence[Text] = ()
    ) -> None:
        said = _("“%(step)s” is not possible in the state “%(state)s”.", step=step, state=state)
        if allowed:
            said = _(
                "“%(step)s” is not possible in the state “%(state)s”, only in: %(allowed)s.",
                step=step,
                state=state,
                allowed=listed(allowed),
            )
        super().__init__(said)
