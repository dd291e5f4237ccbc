"""Steps of an approval as JSON values, the way rules keep them and programs send them.

[{"ask": "all", "of": [{"role": "sales.manager"}, {"superior": 2}], "due": "hours:8"}]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bumen.errors import BusinessError
from bumen.i18n import Text, translator
from bumen.values import is_account_id
from bumen.workflow import (
    AllOf,
    AnyOf,
    Asker,
    AskField,
    AskManager,
    AskPerson,
    AskRole,
    AskSuperior,
    Due,
    WorkingDays,
    WorkingHours,
)

_ = translator(__file__, "bumen")

ALL, ANY = "all", "any"
MOST_STAGES, MOST_ASKERS, MOST_LEVELS = 12, 20, 9
LONGEST_ROLE = 120
_DUE = re.compile(r"(hours|days):([1-9]\d{0,2})")
_NAME = re.compile(r"[a-z_][a-z0-9_.]{0,119}")


class StepsAreMalformed(BusinessError):
    """The refusal of steps that cannot be understood; says which one and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why, field="steps")


def read_steps(written: Any) -> tuple[AllOf | AnyOf, ...]:
    """Return the steps that JSON values mean; `StepsAreMalformed` for what they do not."""
    if not isinstance(written, list) or not 0 < len(written) <= MOST_STAGES:
        raise StepsAreMalformed(
            _(
                "Please say in at least one line who is asked. A rule has at most %(most)s steps.",
                most=MOST_STAGES,
            )
        )
    return tuple(_step(one, number) for number, one in enumerate(written, start=1))


def written_steps(steps: Iterable[AllOf | AnyOf]) -> list[dict[str, Any]]:
    """Return steps as JSON values."""
    return [
        {
            "ask": ANY if isinstance(step, AnyOf) else ALL,
            "of": [written_asker(one) for one in step.askers],
            "due": written_due(step.due),
        }
        for step in steps
    ]


def written_asker(asker: Asker) -> dict[str, Any]:
    """Return one way to find people as JSON values."""
    if isinstance(asker, AskRole):
        return {"role": asker.role, **({"everybody": True} if asker.everybody else {})}
    if isinstance(asker, AskPerson):
        return {"person": asker.user_id}
    if isinstance(asker, AskSuperior):
        return {"superior": asker.levels}
    if isinstance(asker, AskField):
        return {"field": asker.name, **({"where_named": True} if asker.where_named else {})}
    return {"manager": True}


def written_due(due: Due | None) -> str | None:
    """Return how long something may take as a word: `hours:8`, `days:2`."""
    if due is None:
        return None
    return f"{'hours' if isinstance(due, WorkingHours) else 'days'}:{due.amount}"


def read_due(written: str | None) -> Due | None:
    """Return how long something may take; ValueError for what is not written so."""
    if not written:
        return None
    found = _DUE.fullmatch(written)
    if found is None:
        raise ValueError(written)
    amount = int(found[2])
    return WorkingHours(amount) if found[1] == "hours" else WorkingDays(amount)


def _step(written: Any, number: int) -> AllOf | AnyOf:
    malformed = StepsAreMalformed(_("Step %(number)s cannot be understood.", number=number))
    if not isinstance(written, Mapping) or written.get("ask", ALL) not in (ALL, ANY):
        raise malformed
    askers: Any = written.get("of")
    if not isinstance(askers, Sequence) or not 0 < len(askers) <= MOST_ASKERS:
        raise StepsAreMalformed(_("Step %(number)s asks nobody.", number=number))
    try:
        due = read_due(written.get("due"))
        found = [_asker(one) for one in askers]
    except (ValueError, TypeError):
        raise malformed from None
    return (AnyOf if written.get("ask") == ANY else AllOf)(*found, due=due)


def _is_role(name: str) -> bool:
    """Whether a text may name a role; a company's own are called as people please."""
    return 0 < len(name) <= LONGEST_ROLE and name.isprintable() and name == name.strip()


def _asker(written: Any) -> Asker:
    """Return one way to find people; ValueError for what is none."""
    match written:
        case {"role": str(name)} if _is_role(name):
            return AskRole(name, everybody=written.get("everybody") is True)
        case {"person": int(ident)} if not isinstance(ident, bool) and is_account_id(ident):
            return AskPerson(ident)
        case {"superior": int(levels)} if 0 < levels <= MOST_LEVELS:
            return AskSuperior(levels)
        case {"field": str(name)} if _NAME.fullmatch(name):
            return AskField(name, where_named=written.get("where_named") is True)
        case {"manager": True}:
            return AskManager()
        case _:
            raise ValueError(written)
