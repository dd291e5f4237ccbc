"""How a request for approval goes on: what each word, hand-over and addition does to the seats.

A seat is one person in one group of one stage. All of this works on any objects that look like
seats, and needs no database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Protocol, TypeVar

from bumen.approvals.codes import Standing

OPEN = frozenset({Standing.LATER, Standing.ASKED})
"""Where a seat stands that has not said anything and may still be asked."""
AGREED = frozenset({Standing.APPROVED, Standing.COUNTED})
StandIns = Mapping[int, Set[int]]
"""Who decides for somebody on the day, by the id of who is away."""


class SeatLike(Protocol):
    """A seat, as far as it matters who comes next."""

    stage: int
    group: int
    user_id: int
    standing: Standing
    decided_by_id: int | None
    escalated_to_id: int | None
    escalated_at: datetime | None


S = TypeVar("S", bound=SeatLike)


def advance(seats: Sequence[S]) -> int | None:
    """Ask whoever is next; return the stage that is asked now, None when all have agreed.

    Who has agreed before, for oneself or for another, is not asked again: it counts.
    """
    agreed = {one for seat in seats if seat.standing is Standing.APPROVED for one in heads(seat)}
    for stage in sorted({seat.stage for seat in seats}):
        unsettled = [group for group in groups(seats, stage) if not _settled(group, agreed)]
        for seat in (seat for group in unsettled for seat in group):
            seat.standing = Standing.ASKED
        if unsettled:
            return stage
    return None


def agree(seats: Sequence[S], *, by: int, stand_ins: StandIns) -> list[S]:
    """Let somebody agree in every group in which that person is asked; return the seats.

    In each group that is one seat: one's own, or that of one person who is away.
    """
    return _said(seats, Standing.APPROVED, by=by, stand_ins=stand_ins)


def refuse(seats: Sequence[S], *, by: int, stand_ins: StandIns) -> list[S]:
    """Let somebody refuse; nobody else is asked any more."""
    said = _said(seats, Standing.REFUSED, by=by, stand_ins=stand_ins)
    if said:
        spare(seats)
    return said


def spare(seats: Iterable[SeatLike]) -> None:
    """Ask nobody any more."""
    for seat in seats:
        if seat.standing in OPEN:
            seat.standing = Standing.SPARED


def asked_of(seats: Iterable[S], *, by: int, stand_ins: StandIns) -> list[S]:
    """Return the seats in which somebody is asked now, for oneself or for another."""
    return [
        seat
        for seat in seats
        if seat.standing is Standing.ASKED and by in deciders(seat, stand_ins=stand_ins)
    ]


def deciders(seat: SeatLike, *, stand_ins: StandIns) -> set[int]:
    """Return everybody who may decide in a seat."""
    heads = {seat.user_id} | ({seat.escalated_to_id} - {None})
    return {*heads, *(one for head in heads if head for one in stand_ins.get(head, ()))}  # type: ignore[arg-type]  # None is no head


def send_back(seats: Iterable[SeatLike], *, stage: int) -> None:
    """Begin again at an earlier stage: what was said there and since counts no more."""
    for seat in seats:
        if seat.stage >= stage:
            seat.standing, seat.decided_by_id = Standing.LATER, None
            seat.escalated_at = seat.escalated_to_id = None


def make_room(seats: Iterable[SeatLike], *, stage: int) -> None:
    """Put a stage and all after it one later; who is asked there waits again."""
    for seat in seats:
        if seat.stage >= stage:
            seat.stage += 1
            if seat.standing is Standing.ASKED:
                seat.standing = Standing.LATER


def takes_part(seats: Iterable[SeatLike], *, user_id: int) -> bool:
    """Whether somebody is or will be asked, or has decided."""
    return any(seat.standing is not Standing.SPARED and user_id in heads(seat) for seat in seats)


def stand_ins_of(away: Mapping[int, int], *, never: Collection[int | None] = ()) -> StandIns:
    """Return who decides for whom, from who is away and the substitute of each.

    A substitute who is away as well passes it on; `never` are those who may not decide this, nor
    pass it on: they would choose who does.
    """
    found: dict[int, Set[int]] = {}
    for person in away:
        passed, next_ = [person], away[person]
        while next_ not in passed and next_ not in never:
            passed.append(next_)
            next_ = away.get(next_, next_)
        found[person] = set(passed[1:])
    return found


def heads(seat: SeatLike) -> set[int]:
    """Return whose word a seat carries: the person's it belongs to, and who said it."""
    said = seat.decided_by_id
    return {seat.user_id} if said is None else {seat.user_id, said}


def groups(seats: Iterable[S], stage: int) -> Iterator[list[S]]:
    """Yield the seats of a stage, group by group."""
    found: dict[int, list[S]] = {}
    for seat in seats:
        if seat.stage == stage:
            found.setdefault(seat.group, []).append(seat)
    yield from (found[group] for group in sorted(found))


def _one_a_group(seats: Iterable[S], by: int) -> list[S]:
    """Return the seats in which somebody speaks: of those in a group the own, or the first."""
    ordered = sorted(seats, key=lambda seat: (seat.user_id != by, seat.user_id))
    first: dict[tuple[int, int], S] = {}
    for seat in ordered:
        first.setdefault((seat.stage, seat.group), seat)
    return list(first.values())


def _settled(group: Sequence[SeatLike], agreed: Collection[int | None]) -> bool:
    """Whether a group has agreed; then nobody else of it is asked."""
    for seat in group:
        if seat.standing in OPEN and seat.user_id in agreed:
            seat.standing = Standing.COUNTED
    if not any(seat.standing in AGREED for seat in group):
        return False
    spare(group)
    return True


def _said(seats: Sequence[S], standing: Standing, *, by: int, stand_ins: StandIns) -> list[S]:
    said = _one_a_group(asked_of(seats, by=by, stand_ins=stand_ins), by)
    for seat in said:
        seat.standing, seat.decided_by_id = standing, by
    return said
