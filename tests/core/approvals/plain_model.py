"""Approvals as a few lines of sets: what must come out, whatever people do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Group = frozenset[str]


@dataclass
class Word:
    """A yes: at which stage it was said, and for whom it counts."""

    stage: int
    heads: frozenset[str]


@dataclass
class PlainRequest:
    """A request by `requester` about what `author` wrote: stages of groups, each of which needs a
    yes of one of its own."""

    requester: str
    author: str
    stages: list[list[Group]]
    away: Mapping[str, str]
    people: Sequence[str] = ()
    words: list[Word] = field(default_factory=list)
    refused_by: set[str] = field(default_factory=set)
    outcome: str = ""

    def stage(self) -> int | None:
        """Return which stage is asked now; None when all have agreed."""
        unmet = (number for number, groups in enumerate(self.stages) if self._unmet(groups))
        return next(unmet, None)

    def waiting(self) -> set[str]:
        """Return whose seats are asked now."""
        stage = self.stage()
        if self.outcome or stage is None:
            return set()
        return set().union(*self._unmet(self.stages[stage]))

    def owners(self) -> set[str]:
        """Return who says nothing, because it is theirs."""
        return {self.requester, self.author}

    def seats_of(self, name: str) -> set[str]:
        """Return in whose seats somebody may speak now."""
        if name in self.owners():
            return set()
        return {one for one in self.waiting() if one == name or name in self.substitutes(one)}

    def substitutes(self, name: str) -> set[str]:
        """Return who decides for somebody who is away."""
        found: list[str] = []
        while name in self.away and self.away[name] not in {*found, *self.owners()}:
            name = self.away[name]
            found.append(name)
        return set(found)

    def takes_part(self, name: str, *, beside: set[str] = frozenset()) -> bool:  # type: ignore[assignment]
        """Whether somebody is or will be asked, or has said yes."""
        stage = self.stage() or 0
        said = any(name in word.heads for word in self.words)
        later = {one for groups in self.stages[stage + 1 :] for group in groups for one in group}
        return said or name in later or name in self.waiting() - beside

    def approve(self, name: str) -> bool:
        """Say yes, if one is asked."""
        seats, stage = self.seats_of(name), self.stage()
        if not seats or stage is None:
            return False
        self.words.append(Word(stage, frozenset({*self._signed(seats, name, stage), name})))
        if self.stage() is None:
            self.outcome = "granted"
        return True

    def refuse(self, name: str) -> bool:
        """Say no, if one is asked."""
        seats, stage = self.seats_of(name), self.stage()
        if not seats or stage is None:
            return False
        self.refused_by = {*self._signed(seats, name, stage), name}
        self.outcome = "refused"
        return True

    def withdraw(self, name: str) -> bool:
        """Take it back, if it is one's own."""
        if self.outcome or name != self.requester:
            return False
        self.outcome = "withdrawn"
        return True

    def add(self, name: str, target: str, *, after: bool) -> bool:
        """Let somebody else decide as well."""
        if not self.seats_of(name) or target in self.owners() or self.takes_part(target):
            return False
        place = (self.stage() or 0) + after
        self.stages.insert(place, [frozenset({target})])
        for word in self.words:
            word.stage += word.stage >= place
        return True

    def hand_over(self, name: str, target: str) -> bool:
        """Let somebody else decide instead."""
        seats, stage = self.seats_of(name), self.stage()
        if not seats or stage is None or target in self.owners():
            return False
        if self.takes_part(target, beside=seats):
            return False
        self.stages[stage] = [
            frozenset(target if one in seats else one for one in group)
            if self._is_unmet(group)
            else group
            for group in self.stages[stage]
        ]
        return True

    def send_back(self, name: str, stage: int) -> bool:
        """Begin again at an earlier stage."""
        now = self.stage()
        if not self.seats_of(name) or now is None or not 0 <= stage < now:
            return False
        self.words = [word for word in self.words if word.stage < stage]
        return True

    def _signed(self, seats: set[str], name: str, stage: int) -> set[str]:
        """Return the seats somebody signs: one in each group, the own before another's."""
        groups = [seats & group for group in self._unmet(self.stages[stage])]
        rank = self.people.index
        return {name if name in group else min(group, key=rank) for group in groups if group}

    def readers(self) -> set[str]:
        """Return who may read it because of being asked: whose word is asked, or was said."""
        if self.outcome == "withdrawn":
            return set()
        asked = {one for seat in self.waiting() for one in ({seat} | self.substitutes(seat))}
        said = {one for word in self.words for one in word.heads}
        return asked | said | self.refused_by

    def _unmet(self, groups: Sequence[Group]) -> list[Group]:
        return [group for group in groups if self._is_unmet(group)]

    def _is_unmet(self, group: Group) -> bool:
        return not any(word.heads & group for word in self.words)


def stages_of(
    rule: Sequence[tuple[str, Sequence[str]]],
    *,
    requester: str,
    author: str,
    above: Mapping[str, str],
) -> list[list[Group]]:
    """Return whom a rule of persons asks: nobody about the own, the next above instead."""
    stages, owners = [], {requester, author}
    fallback = [one for one in _above(requester, above) if one not in owners][:1]
    for kind, names in rule:
        others = list(dict.fromkeys(one for one in names if one not in owners))
        if kind == "any":
            pool = others or fallback
            groups = [frozenset(pool)] if pool else []
        else:
            groups = [
                frozenset({one}) if one not in owners else frozenset(fallback) for one in names
            ]
        if groups := [group for group in groups if group]:
            stages.append(groups)
    return stages or [[frozenset({"admin"})]]


def _above(name: str, above: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    while name in above:
        name = above[name]
        found.append(name)
    return found
