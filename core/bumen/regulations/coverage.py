"""Which clauses something fulfils, and which nobody and nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bumen.fulfilment import Fulfilment
from bumen.i18n import translator
from bumen.registry import Registry
from bumen.regulations.models import Clause
from bumen.values import Choice, Tone

_ = translator(__file__, "bumen")

ByDemand = Mapping[str, Sequence[Fulfilment]]


class Cover(Choice):
    """How far a clause is covered."""

    FULL = "full", _("Covered"), Tone.GOOD
    PARTLY = "partly", _("Covered in part"), Tone.WARNING
    NONE = "none", _("Nothing fulfils it"), Tone.BAD
    BY_PEOPLE = "by_people", _("Left to people"), Tone.PLAIN


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A clause with what fulfils it; `missing` are the demands that nothing fulfils."""

    clause: Clause
    fulfilments: Sequence[Fulfilment]
    missing: Sequence[str]

    @property
    def cover(self) -> Cover:
        """How far it is covered; a clause without demands is left to people."""
        if not self.clause.demands:
            return Cover.BY_PEOPLE
        if not self.missing:
            return Cover.FULL
        return Cover.PARTLY if self.fulfilments else Cover.NONE


def fulfilments_on(registry: Registry, *, on: Collection[str]) -> ByDemand:
    """Return what the departments that are on have for each demand."""
    found: dict[str, list[Fulfilment]] = {}
    for name, installed in registry.plugins.items():
        for one in installed.plugin.fulfilments if name in on else ():
            for demand in one.clauses:
                found.setdefault(demand, []).append(one)
    return found


def coverage(clauses: Iterable[Clause], known: ByDemand) -> list[Covered]:
    """Return every clause with what fulfils it, each fulfilment once."""
    return [
        Covered(
            clause=clause,
            fulfilments=fulfilments_for(clause.demanded, known),
            missing=[demand for demand in clause.demanded if demand not in known],
        )
        for clause in clauses
    ]


def fulfilments_for(demands: Iterable[str], known: ByDemand) -> list[Fulfilment]:
    """Return what fulfils some demands, each once and in order."""
    return list(dict.fromkeys(chain.from_iterable(known.get(one, ()) for one in demands)))


def without_rule(clauses: Iterable[Clause], known: ByDemand) -> list[str]:
    """Return the demands that departments fulfil, and that no clause puts into the rules."""
    demanded = {demand for clause in clauses for demand in clause.demanded}
    return sorted(known.keys() - demanded)
