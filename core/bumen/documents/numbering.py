"""Numbers of documents: without duplicates, and without gaps where the kind says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Select, String, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bumen.documents.patterns import Pattern
from bumen.i18n import Text, translator
from bumen.model import CompanyModel, Model, field, unique
from bumen.together import at_the_end, is_together, shared
from bumen.unit_of_work import company_now, current

_ = translator(__file__, "bumen")

LONGEST_KIND = 60


@dataclass(frozen=True, eq=False)
class Numbering:
    """A numbering is how one kind of document is numbered: `Numbering("sales.order", …)`.

    `pattern` is what companies begin with; each may have its own. A `gapless` kind lets nobody take
    the next number before the last one is settled. `model` is the document, whose numbers
    `bumen check` then looks over for gaps. `given` is the column of numbers that people may give
    themselves: those that exist are passed over, and the page of numbers says which comes next.
    """

    kind: str
    title: Text
    pattern: str
    gapless: bool = False
    model: type[Any] | None = None
    given: Any = None


class Sequence(Model):
    """The last number given to one kind of document in one period.

    Up to `gaps_until` a missing number is nobody's fault: it was given while nobody kept count, as
    every number is of a kind that may have gaps. A kind that loses that right later begins there.
    """

    __tablename__ = "core_sequence"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("core_company.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(LONGEST_KIND), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    last: Mapped[int]
    gaps_until: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class CompanyNumbering(CompanyModel):
    """A company numbering is how a company has its documents numbered, where it decided that."""

    __tablename__ = "core_numbering"
    __table_args__ = (unique("kind"),)
    named_by = ("kind",)

    kind: Mapped[str] = field(String(LONGEST_KIND), label=_("Kind"))
    pattern: Mapped[str] = field(String(60), label=_("Pattern"))
    gapless: Mapped[bool] = field(label=_("Without gaps"), default=False)


@dataclass(kw_only=True)
class _Held:
    """A counter that waits for no one: its row is locked, so it is counted on without asking."""

    kind: str
    period: str
    last: int
    loosely: bool

    def let_go(self) -> None:
        """Write down how far it was counted."""
        counted = update(Sequence).where(*_this(self.kind, self.period))
        missed = {"gaps_until": self.last} if self.loosely else {}
        counted = counted.values(last=self.last, **missed)
        with current().session.no_autoflush:
            current().session.execute(counted.execution_options(synchronize_session=False))


def numbering_of(kind: str) -> Select[CompanyNumbering]:
    """Select what the company has decided about a kind; nothing where it never did."""
    return select(CompanyNumbering).where(CompanyNumbering.kind == kind)


def counted_from_now(kind: str) -> Any:
    """Let no number of a kind that was given so far be missed; a statement to be executed."""
    mine = (Sequence.company_id == company_now().id, Sequence.kind == kind)
    return (
        update(Sequence)
        .where(*mine)
        .values(gaps_until=Sequence.last)
        .execution_options(synchronize_session=False)
    )


def next_number(pattern: str | None = None, *, kind: str, on: date) -> str:
    """Take the next number of a kind: `next_number(kind="sales.order", on=day)`.

    It looks as the company decided, else as the plugin declares it among its `numbers`, or as the
    `pattern` that is given here says (`Pattern` tells how it is read). Of a gapless kind the row
    stays locked until the unit of work ends, and a unit that is rolled back gives its number back:
    no duplicates, no gaps, however many work at once. Who only tries something is told the number
    that would come next, and keeps nobody waiting.
    """
    declared: Numbering | None = current().neighbours.numbering(kind)
    if declared is not None:
        return _declared(declared, on=on)
    if pattern is None:
        raise LookupError(f"Nobody declares how numbers of {kind} look.")
    there = Pattern(pattern)
    period = there.period(on)
    return there.number(_next(kind, period), on=on)


def _declared(declared: Numbering, *, on: date) -> str:
    """Take a number of a declared kind; most companies have no pattern of their own."""
    kind, pattern = declared.kind, Pattern(declared.pattern)
    if declared.gapless and current().tried is None and not is_together():
        count = _raised(kind, pattern.period(on), unless_like=pattern)
        if count is not None:
            return pattern.number(count, on=on)
    with current().session.no_autoflush:
        own = shared(("own", kind), lambda: current().session.scalar(numbering_of(kind)))
    if own is not None:
        pattern = Pattern(own.pattern)
    period = pattern.period(on)
    if declared.gapless or (own is not None and own.gapless):
        return pattern.number(_next(kind, period), on=on)
    return pattern.number(_next_at_once(kind, period), on=on)


def _next(kind: str, period: str, *, loosely: bool = False) -> int:
    """Raise the counter; what else waits to be written is not written for that."""
    if (tried := current().tried) is not None:
        tried[kind, period] = tried.get((kind, period)) or _last(kind, period) or 0
        tried[kind, period] += 1
        return tried[kind, period]
    if (count := _raised(kind, period, loosely=loosely)) is not None:
        return count
    session = current().session
    with session.no_autoflush:
        with suppress(IntegrityError), session.begin_nested():  # whoever is first makes the row
            session.execute(insert(Sequence.__table__).values(**_key(kind, period), last=0))
        return int(session.execute(_raising(kind, period, loosely=loosely)).scalar_one())


def _raised(
    kind: str, period: str, *, loosely: bool = False, unless_like: Pattern | None = None
) -> int | None:
    """Raise the counter and return it; None where there is none yet, or the pattern is another.

    For records that are made together it is held with the first number, and set after the last.
    """
    counters: dict[tuple[str, str], _Held] = shared("counters", dict)
    if held := counters.get((kind, period)):
        held.last += 1
        return held.last
    raising = _raising(kind, period, loosely=loosely)
    if unless_like is not None:
        own = (CompanyNumbering.company_id == company_now().id, CompanyNumbering.kind == kind)
        another = select(CompanyNumbering.id).where(
            *own, CompanyNumbering.pattern != unless_like.text
        )
        raising = raising.where(~another.exists())
    with current().session.no_autoflush:
        count: int | None = current().session.scalar(raising)
    if count is not None and is_together():
        counters[kind, period] = held = _Held(kind=kind, period=period, last=count, loosely=loosely)
        at_the_end(held.let_go)
    return count


def _next_at_once(kind: str, period: str) -> int:
    """Take a number that is settled at once: nobody waits, and what is undone leaves a gap.

    SQLite has one writer at a time anyway: there it is settled with everything else. So it is for a
    company that is only being made: nobody else can know it yet, nor count for it.
    """
    session = current().session
    engine = session.get_bind().engine
    if current().tried is not None or engine.dialect.name == "sqlite":
        return _next(kind, period, loosely=True)
    if _last(kind, period) is None:
        with suppress(IntegrityError), engine.begin() as aside:
            aside.execute(insert(Sequence.__table__).values(**_key(kind, period), last=0))
    with engine.begin() as aside:
        count: int | None = aside.execute(_raising(kind, period, loosely=True)).scalar()
    return _next(kind, period, loosely=True) if count is None else count


def _raising(kind: str, period: str, *, loosely: bool) -> Any:
    """Count one more; `loosely` lets nobody ever ask where it has gone."""
    missed = {"gaps_until": Sequence.last + 1} if loosely else {}
    return (
        update(Sequence)
        .where(*_this(kind, period))
        .values(last=Sequence.last + 1, **missed)
        .returning(Sequence.last)
        .execution_options(synchronize_session=False)
    )


def _last(kind: str, period: str) -> int | None:
    """Return the last number given; None when there was none yet."""
    with current().session.no_autoflush:
        return current().session.scalar(select(Sequence.last).where(*_this(kind, period)))


def _this(kind: str, period: str) -> Iterator[Any]:
    return (getattr(Sequence, name) == value for name, value in _key(kind, period).items())


def _key(kind: str, period: str) -> Mapping[str, Any]:
    return {"company_id": company_now().id, "kind": kind, "period": period}
