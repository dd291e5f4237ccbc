"""What a company decides about its numbers: how they look, and whether they may have gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bumen.documents.numbering import (
    CompanyNumbering,
    Numbering,
    Sequence,
    counted_from_now,
    numbering_of,
)
from bumen.documents.patterns import Pattern
from bumen.errors import Conflict, StaleVersion
from bumen.i18n import Text, translator
from bumen.unit_of_work import company_now, session

_ = translator(__file__, "bumen")

_AT_ONCE = 100
"""So many numbers are looked up at once."""


class GapsAreNotAllowed(Conflict):
    """The refusal of gaps in numbers that the department wants without."""

    def __init__(self, title: Text) -> None:
        said = _("%(kind)s are numbered without gaps, in every company.", kind=title)
        super().__init__(said, field="gapless")


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How a kind is numbered in a company; `own` is what the company decided, if it did."""

    declared: Numbering
    own: CompanyNumbering | None
    last: Mapping[str, int]
    """The last number given in each period."""

    @property
    def pattern(self) -> Pattern:
        """How the numbers look."""
        return Pattern(self.own.pattern if self.own else self.declared.pattern)

    @property
    def gapless(self) -> bool:
        """Whether there are no gaps."""
        return self.declared.gapless or bool(self.own and self.own.gapless)

    @property
    def version(self) -> int:
        """The version of what the company decided; 0 for nothing yet."""
        return self.own.version if self.own else 0

    def next(self, *, on: date, pattern: Pattern | None = None) -> str:
        """Return the number that comes next on a day, by this pattern or another.

        What people gave themselves is passed over, as it will be.
        """
        looks = pattern or self.pattern
        count = self.last.get(looks.period(on), 0) + 1
        if self.declared.given is None:
            return looks.number(count, on=on)
        return _first_free(self.declared.given, looks, count, on=on)

    def consequences(self, pattern: Pattern, *, on: date) -> list[Text]:
        """Return what people should know before another pattern counts."""
        if pattern == self.pattern or not self.last:
            return []
        said = [
            _(
                "The next number will be %(next)s, not %(before)s. Numbers that were given stay.",
                next=self.next(on=on, pattern=pattern),
                before=self.next(on=on),
            )
        ]
        if pattern.period(on) != self.pattern.period(on):
            said.append(
                _("Counting goes by other periods from now on, and begins anew in this one.")
            )
        return said


def settled(kinds: Iterable[Numbering]) -> list[Settled]:
    """Return how kinds are numbered in the company, with two statements."""
    declared = {one.kind: one for one in kinds}
    own = select(CompanyNumbering).where(CompanyNumbering.kind.in_(declared))
    decided = {one.kind: one for one in session().scalars(own)}
    given = select(Sequence.kind, Sequence.period, Sequence.last).where(
        Sequence.company_id == company_now().id, Sequence.kind.in_(declared)
    )
    last: dict[str, dict[str, int]] = {}
    for kind, period, count in session().execute(given):
        last.setdefault(kind, {})[period] = count
    return [
        Settled(declared=one, own=decided.get(kind), last=last.get(kind, {}))
        for kind, one in declared.items()
    ]


def settle_numbering(
    declared: Numbering, *, pattern: str, gapless: bool, version: int
) -> CompanyNumbering:
    """Let a kind be numbered like this from now on; `version` is what was seen, 0 for nothing.

    `PatternIsWrong`, `GapsAreNotAllowed`, or `StaleVersion` when somebody else was faster.
    """
    looks = Pattern.checked(pattern)
    if declared.gapless and not gapless:
        raise GapsAreNotAllowed(declared.title)
    own = _as_seen(declared, version) or CompanyNumbering(kind=declared.kind, gapless=False)
    begins = gapless and not (declared.gapless or own.gapless)
    own.pattern, own.gapless = looks.text, gapless
    try:
        session().add(own)
        session().flush()
    except (IntegrityError, StaleDataError):
        raise StaleVersion from None
    if begins:
        session().execute(counted_from_now(declared.kind))
    return own


def unsettle_numbering(declared: Numbering, *, version: int) -> None:
    """Let a kind be numbered as the department declares it again; `StaleVersion` as above."""
    own = _as_seen(declared, version)
    if own is not None:
        session().delete(own)
        session().flush()


def _first_free(given: Any, looks: Pattern, count: int, *, on: date) -> str:
    """Return the first number from a count on that no record has."""
    while True:
        some = [looks.number(one, on=on) for one in range(count, count + _AT_ONCE)]
        taken = set(session().scalars(select(given).where(given.in_(some))))
        if free := next((one for one in some if one not in taken), ""):
            return free
        count += _AT_ONCE


def _as_seen(declared: Numbering, version: int) -> CompanyNumbering | None:
    own = session().scalar(numbering_of(declared.kind))
    if (own.version if own else 0) != version:
        raise StaleVersion
    return own
