"""Who is asked, one after another: worked out from declared steps, without a database.

Every step comes to the same form: groups of people, of which each group must agree, by one of
them. “All of” makes a group for each way to find people, “any of” makes a single one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bumen.approvals.codes import Why
from bumen.workflow import AllOf, AnyOf, Asker, AskField, AskRole, Due


class People(Protocol):
    """Who works in the company, as seen from a document that somebody submits: ids of users."""

    def found(self, asker: Asker) -> Sequence[int]:
        """Return whom a way to find people finds, the requester perhaps among them."""

    def superiors(self) -> Iterable[int]:
        """Return who stands above the requester, nearest first."""

    def administrators(self) -> Sequence[int]:
        """Return who administers the company."""


@dataclass(frozen=True)
class Group:
    """People of whom one must agree; `why` says why they are asked instead of others."""

    people: tuple[int, ...]
    why: Why | None = None


@dataclass(frozen=True)
class Stage:
    """A stage is one step of an approval: each of its groups must agree."""

    groups: tuple[Group, ...]
    due: Due | None = None


def route(
    steps: Iterable[AllOf | AnyOf], *, owners: Collection[int], people: People
) -> tuple[Stage, ...]:
    """Return who is asked for a document of its `owners`: who wrote it, who submits it.

    Nobody is asked about their own document: then the superior is, or the next. A place that
    nobody holds falls to the administrators, and so does the whole where nobody is left. Empty
    when there are no others at all.
    """
    others = _Others(owners, people)
    stages = [Stage(groups, one.due) for one in steps if (groups := others.groups_of(one))]
    if stages:
        return tuple(stages)
    administrators = others.without(people.administrators())
    return (Stage((Group(administrators, Why.NOBODY),)),) if administrators else ()


@dataclass(frozen=True)
class _Others:
    """The people who may be asked: everybody but the owners."""

    owners: Collection[int]
    people: People

    def without(self, found: Iterable[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one for one in found if one not in self.owners))

    def groups_of(self, step: AllOf | AnyOf) -> tuple[Group, ...]:
        found = [group for asker in step.askers for group in self._groups(asker)]
        if not isinstance(step, AnyOf) or not found:
            return tuple(found)
        best = [group for group in found if group.why is None] or found[:1]
        together = dict.fromkeys(one for group in best for one in group.people)
        return (Group(tuple(together), best[0].why),)

    def _groups(self, asker: Asker) -> Iterator[Group]:
        found = tuple(self.people.found(asker))
        others = self.without(found)
        if others and isinstance(asker, AskRole) and asker.everybody:
            yield from (Group((one,)) for one in others)
        elif others:
            yield Group(others)
        elif found:
            yield from self._above()
        elif isinstance(asker, AskField) and asker.where_named:
            return
        elif administrators := self.without(self.people.administrators()):
            yield Group(administrators, Why.VACANT)

    def _above(self) -> Iterator[Group]:
        """Yield the superior in place of the requester, if there is one."""
        nearest = next(iter(self.without(self.people.superiors())), None)
        if nearest is not None:
            yield Group((nearest,), Why.OWN)
